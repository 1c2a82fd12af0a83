import { plural } from '../../analysis/format.ts';

/** How a run goes, in a line for the terminal. */
export function progressText(now: {
  users: number;
  browserUsers: number;
  sessions: number;
  requests: number;
  failed: number;
}): string {
  const { users, browserUsers, sessions, requests, failed } = now;
  return `  ${plural(users, 'concurrent user')} (${browserUsers} in browsers) · ${plural(sessions, 'session')} ended · ${plural(requests, 'API request')} · ${failed} failed`;
}
