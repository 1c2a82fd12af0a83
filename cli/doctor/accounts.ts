import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient } from '../../api/client/api-client.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import * as auth from '../../api/operations/auth.ts';
import type { Environment } from '../../config/environment.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { dispatcherFor } from '../../measure/target/connection.ts';
import type { Target } from '../../measure/target/target.ts';
import type { Check } from './check.ts';

/** Sign-ins that a stock target lets through from one address in a minute (contract api.md §2). */
const WINDOW_MS = 61_000;

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
  let limit: number | undefined;
  let tried = 0;
  for (const account of accounts) {
    if (limit !== undefined && !every && clients[account.role]) continue;
    tried += 1;
    const api = new ApiClient({
      apiUrl: target.apiUrl,
      recorder: { write: () => undefined },
      context: { session: 'doctor', role: account.role },
      dispatcher: dispatcherFor(environment.insecureTls),
    });
    const check = await signIn(api, account, (seen) => {
      limit ??= seen;
    });
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
      limits(limit),
      ...wrong,
      {
        what: 'accounts',
        state: good > 0 ? 'ok' : 'fail',
        seen: `${good} of ${tried} tried sign in with their role (${counts.join(', ')})`,
      },
    ],
  };
}

async function signIn(
  api: ApiClient,
  account: Account,
  seeLimit: (limit: number) => void,
): Promise<Check | undefined> {
  const what = `account ${account.username}`;
  for (;;) {
    try {
      await api.signIn(account.username, account.password);
      break;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (error.status === 429) {
        seeLimit(5);
        console.log(`      the target lets 5 sign-ins a minute through: waiting for the next minute`);
        await wait(WINDOW_MS);
        continue;
      }
      const mend = 'mend its name or password in the accounts file, or have an admin unlock it';
      return { what, state: 'fail', seen: `sign-in refused (answer ${error.status})`, mend };
    }
  }
  const { data, headers } = await api.request(auth.me);
  if (headers['x-ratelimit-limit'] !== undefined) seeLimit(5);
  return data.role === account.role
    ? undefined
    : {
        what,
        state: 'fail',
        seen: `is ${data.role}, not ${account.role}`,
        mend: 'mend its role in the accounts file',
      };
}

function limits(limit: number | undefined): Check {
  return limit === undefined
    ? { what: 'rate limits', state: 'ok', seen: 'none met' }
    : {
        what: 'rate limits',
        state: 'warn',
        seen: `${limit} sign-ins and 10 refreshes a minute from this address: that carries ${limit} new users a minute`,
        mend: 'on a test deployment set RATE_LIMIT_ENABLED=false (or DEBUG=true) on the target, else keep arrivals below that',
      };
}
