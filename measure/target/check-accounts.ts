import { type Dispatcher, request } from 'undici';
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { Role } from '../run/samples.ts';
import { dispatcherFor } from './connection.ts';

const LIMIT_MS = 15_000;
/** The answers that mean: not with this name and password. 423: the account is locked. */
const REFUSALS = [400, 401, 403, 422, 423];

/**
 * Signs in with one account of each role that the run uses, asks who that is, and out again: a wrong password or role
 * is told before the run, not by each of its sessions. Says nothing when the target is too busy to tell (429, 5xx):
 * the run will show that.
 * @param source the accounts file, for the message
 * @throws {ConfigError} naming role, user and file, never the password
 */
export async function checkAccounts(
  apiUrl: string,
  accounts: readonly Account[],
  roles: Iterable<Role>,
  source: string,
  insecureTls = false,
): Promise<void> {
  const dispatcher = dispatcherFor(insecureTls);
  for (const role of new Set(roles)) {
    const account = accounts.find((one) => one.role === role);
    if (!account) {
      throw new ConfigError(
        `Accounts file ${source}: no account of role ${role}, and the run needs one; add it`,
      );
    }
    const { username, password } = account;
    const answer = await send(`${apiUrl}/auth/login`, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ username, password }).toString(),
    });
    if (answer && REFUSALS.includes(answer.status)) {
      throw new ConfigError(
        `Accounts file ${source}: sign-in refused for ${role} ${username} (answer ${answer.status}); mend its name or password there`,
      );
    }
    const token = answer?.status === 200 && textOf(answer.text, 'access_token');
    if (token) {
      const headers = { authorization: `Bearer ${token}` };
      const me = await send(`${apiUrl}/auth/me`, { method: 'GET', dispatcher, headers });
      await send(`${apiUrl}/auth/logout`, { method: 'POST', dispatcher, headers });
      const actual = me?.status === 200 && textOf(me.text, 'role');
      if (actual && actual !== role) {
        throw new ConfigError(
          `Accounts file ${source}: ${username} is ${actual} on the target, and the file says ${role}; mend its role there, or name another account`,
        );
      }
    }
    // A target that counts sign-ins (five a minute, contract api.md §2) has few to give: the run needs them.
    if (answer?.limited) return;
  }
}

/** Undefined: no answer in time. A redirect is not followed. */
async function send(
  url: string,
  options: {
    method: 'GET' | 'POST';
    dispatcher: Dispatcher | undefined;
    headers: Record<string, string>;
    body?: string;
  },
) {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const { statusCode, headers, body } = await request(url, { reset: true, signal, ...options });
    return { status: statusCode, limited: 'x-ratelimit-limit' in headers, text: await body.text() };
  } catch {
    return undefined;
  }
}

/** A text field of a JSON object; undefined when there is none. */
function textOf(json: string, field: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json)?.[field];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
