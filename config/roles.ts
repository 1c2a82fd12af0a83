/** Who uses the scheduler. */

/** Roles that an account has, the one that sees most first. */
export const ACCOUNT_ROLES = ['admin', 'coordinator', 'faculty', 'resident'] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** Roles of users; a `visitor` does not sign in. */
export const ROLES = [...ACCOUNT_ROLES, 'visitor'] as const;
export type Role = (typeof ROLES)[number];
