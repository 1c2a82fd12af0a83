import { request } from 'undici';
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { Role } from '../run/samples.ts';

const LIMIT_MS = 15_000;
/** The answers that mean: not with this name and password. 423: the account is locked. */
const REFUSALS = [400, 401, 403, 422, 423];

/**
 * Signs in with one account of each role that the run uses, and out again: a wrong password is told before the run,
 * not by each of its sessions. Says nothing when the target is too busy to tell (429, 5xx): the run will show that.
 * @param source the accounts file, for the message
 * @throws {ConfigError} naming role, user and file, never the password
 */
export async function checkAccounts(
  apiUrl: string,
  accounts: readonly Account[],
  roles: Iterable<Role>,
  source: string,
): Promise<void> {
  for (const role of new Set(roles)) {
    const account = accounts.find((one) => one.role === role);
    if (!account) {
      throw new ConfigError(
        `Accounts file ${source}: no account of role ${role}, and the run needs one; add it`,
      );
    }
    const { username, password } = account;
    const answer = await post(`${apiUrl}/auth/login`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ username, password }).toString(),
    });
    if (answer && REFUSALS.includes(answer.status)) {
      throw new ConfigError(
        `Accounts file ${source}: sign-in refused for ${role} ${username} (answer ${answer.status}); mend its name or password there`,
      );
    }
    const token = answer?.status === 200 && tokenOf(answer.text);
    if (token) await post(`${apiUrl}/auth/logout`, { headers: { authorization: `Bearer ${token}` } });
    // A target that counts sign-ins (five a minute, contract api.md §2) has few to give: the run needs them.
    if (answer?.limited) return;
  }
}

/** Undefined: no answer in time. */
async function post(url: string, options: { headers: Record<string, string>; body?: string }) {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const { statusCode, headers, body } = await request(url, {
      method: 'POST',
      reset: true,
      signal,
      ...options,
    });
    return { status: statusCode, limited: 'x-ratelimit-limit' in headers, text: await body.text() };
  } catch {
    return undefined;
  }
}

function tokenOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { access_token?: string }).access_token;
  } catch {
    return undefined;
  }
}
