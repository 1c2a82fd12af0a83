/** Statuses of HTTP that the suite acts on. */

/**
 * The target refuses because it was asked too often (RFC 6585 §4). Only the status tells of a rate limit: this API sends
 * `Retry-After` with ordinary answers too.
 */
export const TOO_MANY_REQUESTS = 429;
