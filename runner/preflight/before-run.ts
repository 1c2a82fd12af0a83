/** The doctor's short form, with which every run begins. */
import { ApiFailure } from '../../api/client/failure.ts';
import type { Environment } from '../../config/environment.ts';
import { STOCK_LIMITS } from '../../config/environments.ts';
import { ConfigError } from '../../config/errors.ts';
import { visible } from '../../config/visible-text.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { type AccountCheck, checkAccounts } from '../../measure/target/check-accounts.ts';
import type { Target } from '../../measure/target/target.ts';
import { limitsCheck } from './accounts.ts';
import type { Check } from './check.ts';
import { dataChecks } from './data.ts';
import { machineChecks } from './machine.ts';
import { metricsChecks } from './metrics.ts';
import { targetChecks } from './target.ts';
import { unrecordedClient } from './unrecorded-client.ts';

export interface AccountsOfFile {
  file: string;
  accounts: readonly Account[];
  /** How many of each role the run can use at most. */
  uses: ReadonlyMap<AccountRole, number>;
}

/**
 * Makes sure that a run is worth its time: machine, target, accounts and the data that journeys need. Says in a line
 * each what may get in its way. Where the target counts sign-ins, only one account is tried and no data are looked at:
 * the run needs the others.
 * @param hasBrowser browsers take part
 * @throws {ConfigError} a line for each check that fails, with its fix
 */
export async function checkBeforeRun(
  environment: Environment,
  target: Target,
  own: AccountsOfFile | undefined,
  hasBrowser = true,
  signedIn?: AccountCheck['signedIn'],
): Promise<void> {
  hold([
    ...(await machineChecks(environment)),
    ...(await targetChecks(target, environment, hasBrowser)),
    ...(await metricsChecks(environment, target)),
  ]);
  if (!own) return;
  const { insecureTls, paceSignIns } = environment;
  const { accounts, uses, file: source } = own;
  const isCounted = await checkAccounts({
    apiUrl: target.apiUrl,
    accounts,
    uses,
    source,
    insecureTls,
    pages: hasBrowser ? target.url : undefined,
    onlyOne: paceSignIns,
    cacheDir: environment.cacheDir,
    signedIn,
  });
  if (!isCounted) hold(await dataOf(environment, target, own));
  const { rateLimits = STOCK_LIMITS } = environment;
  const users = [...uses.values()].reduce((sum, count) => sum + count, 0);
  if (isCounted && !paceSignIns && users > rateLimits.signInsPerMinute)
    hold([limitsCheck(rateLimits, paceSignIns)]);
}

function hold(checks: readonly Check[]): void {
  const line = ({ what, seen, mend }: Check) => visible(`${what}: ${seen}${mend ? `; ${mend}` : ''}`);
  for (const check of checks) if (check.state === 'warn') console.log(`before the run: ${line(check)}`);
  const failed = checks.filter(({ state }) => state === 'fail').map(line);
  if (failed.length > 0)
    throw new ConfigError(`${failed.join('\n')} (\`npx loadtest doctor\` checks all of it again)`);
}

/** Looked at by a faculty member, who has weeks to swap, or by anybody the run has. */
async function dataOf(environment: Environment, target: Target, own: AccountsOfFile): Promise<Check[]> {
  const mine = own.accounts.filter(({ role }) => own.uses.has(role));
  const account = mine.find(({ role }) => role === 'faculty') ?? mine[0];
  if (!account) return [];
  const api = unrecordedClient('before the run', account.role, {
    apiUrl: target.apiUrl,
    insecureTls: environment.insecureTls,
  });
  try {
    await api.signIn(account.username, account.password);
    const checks = await dataChecks({ [account.role]: api });
    await api.signOut();
    return checks;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return [{ what: 'data', state: 'warn', seen: `could not be looked at: ${error.message}` }];
  } finally {
    await api.close();
  }
}
