/** A run of benchmarks: one signed-in client, verdict and table. */
import { benchmarkTable } from '../analysis/text/benchmark-table.ts';
import type { Benchmark } from '../api/benchmark.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import type { Account } from '../fixtures/accounts.ts';
import type { AccountRole } from '../measure/run/samples.ts';
import { concludeRun } from '../runner/conclude-run.ts';
import { openRun } from '../runner/open-run.ts';
import { RunEnding } from '../runner/run-ending.ts';
import { benchSession, PROFILE } from './session.ts';
import type { StopRules } from './stop-rules.ts';

/** Roles that may do the benchmarks; the one that may do all of them first. */
const ABLE_ROLES: readonly AccountRole[] = ['admin', 'coordinator'];

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function runBenchmarks(
  chosen: readonly Benchmark[],
  rules: StopRules,
  environment: Environment,
): Promise<number> {
  const stopping = new AbortController();
  const run = await openRun({
    runner: 'bench',
    profiles: [PROFILE],
    environment,
    accounts: {
      checkFile: (accounts, file) => void accountOf(accounts, file),
      checkEmbedded: (accounts) => void accountOf(accounts),
      uses: (accounts) => new Map([[accountOf(accounts).role, 1]]),
    },
    hasBrowser: false,
    presence: () => ({ users: 1, browserUsers: 0, httpUsers: 1 }),
    ending: new RunEnding({ stop: () => stopping.abort() }),
  });
  try {
    await benchSession(run, { account: accountOf(run.accounts), chosen, rules, signal: stopping.signal });
  } catch (error) {
    await run.close();
    run.ending.close();
    throw error;
  }
  return concludeRun(run, {
    printMore: ({ benchmarks }) => console.log(`\n${benchmarkTable(benchmarks)}\n\nTimes in ms.\n`),
  });
}

function accountOf(accounts: readonly Account[], file = 'ACCOUNTS_FILE'): Account {
  const account = ABLE_ROLES.map((role) => accounts.find((one) => one.role === role)).find(Boolean);
  if (account) return account;
  throw new ConfigError(`loadtest bench: needs an account of role admin or coordinator; add one to ${file}`);
}
