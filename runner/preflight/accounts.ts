import type { ApiClient } from '../../api/client/api-client.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import * as auth from '../../api/operations/auth.ts';
import type { Environment } from '../../config/environment.ts';
import { type RateLimits, STOCK_LIMITS } from '../../config/environments.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { isCommon } from '../../measure/run/mask.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { cookieLoss, type SetCookie, variableOf } from '../../measure/target/sign-in-cookie.ts';
import type { Target } from '../../measure/target/target.ts';
import { noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import type { Check } from './check.ts';
import { signInPatiently } from './sign-in-patiently.ts';
import { unrecordedClient } from './unrecorded-client.ts';

export type Clients = Partial<Record<AccountRole, ApiClient>>;

/**
 * Signs in with each account, or with one of each role where the target counts sign-ins; keeps one client a role signed in for the checks of data.
 * @param every also where they are counted: waits for the next minute as often as needed
 */
export async function accountChecks(
  target: Target,
  environment: Environment,
  accounts: readonly Account[],
  every: boolean,
): Promise<{ checks: Check[]; clients: Clients }> {
  const clients: Clients = {};
  const wrong: Check[] = [];
  const expected = environment.rateLimits ?? STOCK_LIMITS;
  let isCounted = false;
  let loss: string | undefined;
  let tried = 0;
  for (const account of accounts) {
    if (isCounted && !every && clients[account.role]) continue;
    tried += 1;
    const api = unrecordedClient('doctor', account.role, {
      apiUrl: target.apiUrl,
      insecureTls: environment.insecureTls,
    });
    const check = await signIn(api, account, {
      limit: () => {
        isCounted = true;
      },
      cookies: (cookies) => {
        loss ??= cookieLoss(cookies, target.apiUrl, variableOf(target.apiUrl, target.url));
      },
    });
    noteSignIn(target.apiUrl, environment.cacheDir);
    if (check) wrong.push(check);
    if (!check && !clients[account.role]) clients[account.role] = api;
    else {
      if (!check) await api.signOut();
      await api.close();
    }
  }
  const good = tried - wrong.length;
  const counts = Object.entries(Object.groupBy(accounts, ({ role }) => role)).map(
    ([role, list]) => `${list?.length} ${role}`,
  );
  return {
    clients,
    checks: [
      limitsCheck(isCounted ? expected : undefined, environment.paceSignIns),
      ...(loss ? [{ what: 'sign-in', state: 'fail' as const, seen: loss }] : []),
      ...wrong,
      ...weakPasswords(accounts),
      {
        what: 'accounts',
        state: good > 0 ? 'ok' : 'fail',
        seen: `${good} of ${tried} tried sign in with their role (${counts.join(', ')})`,
      },
    ],
  };
}

/** What a sign-in shows besides its success. */
interface Seen {
  limit(): void;
  cookies(cookies: SetCookie): void;
}

/** Evidence hides a password wherever it stands, but for one that would take words and numbers out of every text. */
export function weakPasswords(accounts: readonly Account[]): Check[] {
  const weak = accounts.filter(({ password }) => isCommon(password));
  const [first] = weak;
  if (!first) return [];
  const seen = `${weak.length} of ${accounts.length} are under 6 characters, a number or a plain word (that of ${first.username})`;
  const mend =
    'give test accounts longer ones: evidence of failures hides these only in quotes, or after a word like password';
  return [{ what: 'passwords', state: 'warn', seen, mend }];
}

async function signIn(api: ApiClient, account: Account, seen: Seen): Promise<Check | undefined> {
  const what = `account ${account.username}`;
  try {
    const headers = await signInPatiently(api, account, seen.limit);
    seen.cookies(headers['set-cookie']);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const mend =
      error.status === TOO_MANY_REQUESTS
        ? 'wrong passwords have locked it, or others sign in from this address: wait, or have an admin unlock it'
        : 'fix its name or password in the accounts file, or have an admin unlock it';
    return { what, state: 'fail', seen: `sign-in refused (answer ${error.status})`, mend };
  }
  const { data, headers } = await api.request(auth.me);
  if (headers['x-ratelimit-limit'] !== undefined) seen.limit();
  return data.role === account.role
    ? undefined
    : {
        what,
        state: 'fail',
        seen: `is ${data.role}, not ${account.role}`,
        mend: 'fix its role in the accounts file',
      };
}

/** @param limit what the target allows; undefined: it counts nothing */
export function limitsCheck(limit: RateLimits | undefined, isPaced: boolean): Check {
  const what = 'rate limits';
  if (limit === undefined) return { what, state: 'ok', seen: 'none met' };
  const { signInsPerMinute, refreshesPerMinute } = limit;
  const seen = `${signInsPerMinute} sign-ins and ${refreshesPerMinute} refreshes a minute from this address, as expected there: that carries ${signInsPerMinute} new users a minute`;
  return isPaced
    ? { what, state: 'ok', seen: `${seen}; sign-ins are paced to that` }
    : {
        what,
        state: 'warn',
        seen,
        mend: 'on a test deployment set RATE_LIMIT_ENABLED=false on the target, else set PACE_SIGN_INS=true: users then wait for their turn, and a profile is as long as that takes',
      };
}
