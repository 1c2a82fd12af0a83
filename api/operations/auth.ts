import { z } from 'zod';
import { operation } from '../operation.ts';
import { ADMIN, message, moment, uuid } from './shapes.ts';

const tokenPair = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  token_type: z.string(),
});
export type TokenPair = z.infer<typeof tokenPair>;

const user = z.looseObject({
  id: uuid,
  username: z.string(),
  email: z.string(),
  role: z.string(),
  is_active: z.boolean(),
});

/** The form, as the login page sends it. */
export const login = operation({
  name: 'auth.login',
  class: 'auth',
  method: 'POST',
  path: '/auth/login',
  roles: 'public',
  anonymous: true,
  encoding: 'form',
  body: z.object({ username: z.string(), password: z.string() }),
  response: tokenPair,
});

export const loginJson = operation({
  name: 'auth.login json',
  class: 'auth',
  method: 'POST',
  path: '/auth/login/json',
  roles: 'public',
  anonymous: true,
  body: z.object({ username: z.string(), password: z.string() }),
  response: tokenPair,
});

export const refresh = operation({
  name: 'auth.refresh',
  class: 'auth',
  method: 'POST',
  path: '/auth/refresh',
  roles: 'public',
  anonymous: true,
  body: z.object({ refresh_token: z.string() }),
  response: tokenPair,
});

export const logout = operation({
  name: 'auth.logout',
  class: 'auth',
  method: 'POST',
  path: '/auth/logout',
  response: message,
});

/**
 * Only for an admin, three a minute (docs/contract/api.md §2.1). It makes no person: `people.create` does.
 */
export const register = operation({
  name: 'auth.register',
  class: 'auth',
  method: 'POST',
  path: '/auth/register',
  roles: ADMIN,
  body: z.object({
    username: z.string().min(3).max(50),
    email: z.email(),
    password: z.string().min(12).max(128),
    role: z.enum(['admin', 'coordinator', 'faculty', 'resident']),
  }),
  response: user,
});

/** Everybody, in one answer. */
export const users = operation({
  name: 'auth.users',
  class: 'auth',
  method: 'GET',
  path: '/auth/users',
  roles: ADMIN,
  response: z.array(user),
});

export const me = operation({
  name: 'auth.me',
  class: 'auth',
  method: 'GET',
  path: '/auth/me',
  response: user,
});

export const impersonationStatus = operation({
  name: 'auth.impersonation status',
  class: 'auth',
  method: 'GET',
  path: '/auth/impersonation-status',
  roles: 'public',
  response: z.looseObject({ is_impersonating: z.boolean() }),
});

export const impersonate = operation({
  name: 'auth.impersonate',
  class: 'auth',
  method: 'POST',
  path: '/auth/impersonate',
  roles: ADMIN,
  body: z.object({ target_user_id: uuid }),
  response: z.looseObject({ impersonation_token: z.string().min(1), target_user: user, expires_at: moment }),
});

export const endImpersonation = operation({
  name: 'auth.end impersonation',
  class: 'auth',
  method: 'POST',
  path: '/auth/end-impersonation',
});
