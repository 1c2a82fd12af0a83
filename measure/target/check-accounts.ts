import { type Dispatcher, request } from 'undici';
import { ConfigError } from '../../config/errors.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { ACCOUNT_ROLES, type AccountRole } from '../../config/roles.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { dispatcherFor } from './connection.ts';
import { cookieLoss, type SetCookie, variableOf } from './sign-in-cookie.ts';
import { noteSignIn } from './unpaced-sign-ins.ts';

const ANSWER_LIMIT_MS = 15_000;
/**
 * A sign-in costs the target a quarter of a second in which it does nothing else (docs/contract/api.md §1.7).
 */
const CHECK_LIMIT_MS = 15_000;
const AT_A_TIME = 4;
/** The answers that mean: not with this name and password. 423: the account is locked. */
const REFUSALS = [400, 401, 403, 422, 423];

/** Tokens of an account. */
export interface SignedIn {
  access_token: string;
  refresh_token: string;
}

export interface AccountCheck {
  apiUrl: string;
  accounts: readonly Account[];
  /** How many accounts of each role the run can use at most. */
  uses: ReadonlyMap<AccountRole, number>;
  /** The accounts file, for messages. */
  source: string;
  insecureTls?: boolean;
  /** The target's pages, where browsers take part: they must keep the cookie of a sign-in. */
  pages?: string;
  /** Only the first is tried: the target is known to count sign-ins. */
  onlyOne?: boolean;
  /** Where sign-ins are noted for a paced run that follows (CACHE_DIR). Absent: nowhere. */
  cacheDir?: string;
  /** Called with the tokens of the first account that was tried, before it signs out. */
  signedIn?(role: AccountRole, tokens: SignedIn): Promise<void>;
  /** After this long no further sign-in is begun, ms. One of each role is always tried. */
  limitMs?: number;
}

/**
 * Signs in with the accounts that the run can use, asks who each is, and out again: a wrong password or role is reported
 * before the run, not by each of its sessions. Where the target counts sign-ins, one is tried: the run needs the others.
 * Says nothing when the target is too busy to tell (429, 5xx): the run will show that.
 * @returns whether sign-ins are counted
 * @throws {ConfigError} naming role, user and file, never the password
 */
export async function checkAccounts(check: AccountCheck): Promise<boolean> {
  const { accounts, uses, source, onlyOne } = check;
  // Who sees most comes first: the first session counts the target's data.
  const inOrder = [...uses].sort(
    ([one], [other]) => ACCOUNT_ROLES.indexOf(one) - ACCOUNT_ROLES.indexOf(other),
  );
  const ofRoles = inOrder.map(([role, count]) => {
    const ofRole = accounts.filter((account) => account.role === role);
    if (ofRole.length > 0) return ofRole.slice(0, Math.max(1, count));
    throw new ConfigError(
      `Accounts file ${source}: no account of role ${role}, and the run needs one; add it`,
    );
  });
  const until = performance.now() + (check.limitMs ?? CHECK_LIMIT_MS);
  let { signedIn } = check;
  for (const [first] of ofRoles) {
    if ((await tryOut(first as Account, { ...check, signedIn })).limited || onlyOne) return true;
    signedIn = undefined;
  }
  const others = ofRoles.flatMap((ofRole) => ofRole.slice(1));
  while (others.length > 0 && performance.now() < until) {
    const tried = await Promise.allSettled(
      others.splice(0, AT_A_TIME).map((account) => tryOut(account, { ...check, signedIn })),
    );
    for (const one of tried) if (one.status === 'rejected') throw one.reason;
    if (tried.some((one) => one.status === 'fulfilled' && one.value.limited)) return true;
  }
  return false;
}

/** Whether the target counts sign-ins. @throws {ConfigError} when the account is not what the file says. */
async function tryOut(
  { role, username, password }: Account,
  { apiUrl, source, insecureTls = false, onlyOne, cacheDir, pages, signedIn }: AccountCheck,
): Promise<{ limited: boolean }> {
  const dispatcher = dispatcherFor(insecureTls);
  if (!onlyOne && cacheDir) noteSignIn(apiUrl, cacheDir);
  const answer = await send(`${apiUrl}/auth/login`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username, password }).toString(),
  });
  const refused = answer && refusal(answer);
  if (refused) throw new ConfigError(`Accounts file ${source}: ${role} ${username}: ${refused}`);
  const loss = pages && answer && cookieLoss(answer.cookies, apiUrl, variableOf(apiUrl, pages));
  if (loss) throw new ConfigError(`sign-in: ${loss}`);
  const token = answer?.status === 200 && textOf(answer.text, 'access_token');
  if (token) {
    const headers = { authorization: `Bearer ${token}` };
    const me = await send(`${apiUrl}/auth/me`, { method: 'GET', dispatcher, headers });
    const refresh = textOf(answer.text, 'refresh_token') ?? '';
    await signedIn?.(role, { access_token: token, refresh_token: refresh });
    await send(`${apiUrl}/auth/logout`, { method: 'POST', dispatcher, headers });
    const actual = me?.status === 200 && textOf(me.text, 'role');
    if (actual && actual !== role) {
      throw new ConfigError(
        `Accounts file ${source}: ${username} is ${actual} on the target, and the file says ${role}; fix its role there, or name another account`,
      );
    }
  }
  // Five a minute (docs/contract/api.md §2). Its headers come with ordinary answers too; without them, the
  // refusal tells.
  return { limited: answer !== undefined && (answer.limited || answer.status === TOO_MANY_REQUESTS) };
}

/** Why this account cannot be used, with the fix; undefined: the answer does not say that. */
function refusal({ status, text }: { status: number; text: string }): string | undefined {
  // A lock after five wrong passwords is a 429 of its own (docs/contract/api.md §2.2).
  const seconds = status === TOO_MANY_REQUESTS && /"lockout_seconds"\s*:\s*(\d+)/.exec(text)?.[1];
  if (seconds) {
    return `locked for ${seconds} s after wrong passwords (answer 429); fix its password there, and wait that long`;
  }
  if (!REFUSALS.includes(status)) return undefined;
  if (status === 423) return 'locked (answer 423); unlock it on the target, or name another account';
  if (/is inactive/i.test(textOf(text, 'detail') ?? '')) {
    return `inactive on the target (answer ${status}); an admin must activate or unlock it there, or name another account`;
  }
  return `sign-in refused (answer ${status}); fix its name or password there`;
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
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
    const { statusCode, headers, body } = await request(url, { reset: true, signal, ...options });
    const cookies: SetCookie = headers['set-cookie'];
    return { status: statusCode, limited: 'x-ratelimit-limit' in headers, cookies, text: await body.text() };
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
