/** A run of benchmarks: target, run directory, one signed-in client, verdict and table. */
import { rmSync } from 'node:fs';
import { conclude } from '../analysis/conclude.ts';
import { notWritten } from '../analysis/outputs.ts';
import { benchmarkTable } from '../analysis/text/benchmark-table.ts';
import { verdictLine } from '../analysis/text/verdict-line.ts';
import type { Benchmark } from '../api/benchmark.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { INVALID } from '../config/exit-codes.ts';
import { loadKnownDefects } from '../config/known-defects.ts';
import { guarded } from '../config/production-guard.ts';
import { loadThresholds } from '../config/thresholds.ts';
import { type Account, loadAccounts } from '../fixtures/accounts.ts';
import { GeneratorHealth } from '../measure/health/generator.ts';
import { createRunDirectory, pointLatestAt } from '../measure/run/directory.ts';
import { Recorder } from '../measure/run/recorder.ts';
import type { RunJson } from '../measure/run/run.ts';
import type { AccountRole } from '../measure/run/samples.ts';
import { MetricsWatch } from '../measure/target/metrics/watch.ts';
import { openTarget, type Target } from '../measure/target/target.ts';
import { beginRun } from '../runner/begin-run.ts';
import { endRun } from '../runner/end-run.ts';
import type { Limits } from './limits.ts';
import { type BenchRun, benchSession, PROFILE } from './session.ts';

/** Those that may do the most come first. */
const ROLES: readonly AccountRole[] = ['admin', 'coordinator'];

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function runBenchmarks(chosen: readonly Benchmark[], limits: Limits): Promise<number> {
  const environment = await guarded(readEnvironment());
  // What only the end needs is read now: a mistake in it is not to cost a run.
  loadThresholds();
  const defects = loadKnownDefects();
  const ofFile = environment.accountsFile ? loadAccounts(environment.accountsFile) : undefined;
  const runDir = createRunDirectory(environment.reportsDir, PROFILE, environment.label);
  let target: Target;
  let account: Account;
  try {
    target = await openTarget(environment);
    account = accountOf(ofFile ?? target.accounts ?? [], environment);
  } catch (error) {
    rmSync(runDir, { recursive: true, force: true }); // nothing was run: nothing half-written
    throw error;
  }
  beginRun(runDir, environment, { runner: 'bench', profile: PROFILE, target: target.facts });
  pointLatestAt(runDir);
  const ended = await measured({ runDir, environment, target, account, chosen, limits, defects }).finally(
    () => target.close(),
  );
  try {
    endRun(runDir, ended);
    const { summary, reportPath, exitCode, notes } = await conclude(runDir);
    console.log(`\n${benchmarkTable(summary.benchmarks)}\n\nTimes in ms.\n`);
    console.log(verdictLine(summary, reportPath));
    for (const note of notes) console.error(note);
    return exitCode;
  } catch (error) {
    console.error(notWritten(runDir, error));
    return INVALID;
  }
}

function accountOf(accounts: readonly Account[], { accountsFile }: Environment): Account {
  const account = ROLES.map((role) => accounts.find((one) => one.role === role)).find(Boolean);
  if (account) return account;
  throw new ConfigError(
    `loadtest bench: needs an account of role admin or coordinator; add one to ${accountsFile ?? 'ACCOUNTS_FILE'}`,
  );
}

/** Does the benchmarks; gives how the run ended. */
async function measured(run: BenchRun): Promise<RunJson['ended']> {
  const { runDir, environment, target } = run;
  const stopping = new AbortController();
  let ended: RunJson['ended'] = 'finished';
  const end = (how: RunJson['ended']) => {
    ended = how;
    stopping.abort();
  };
  const recorder = new Recorder(runDir, { onTrouble: () => end('recording-failed') });
  const interrupted = () => {
    recorder.write({ t: Date.now(), kind: 'event', name: 'interrupted', data: { why: 'a signal' } });
    end('interrupted');
  };
  process.once('SIGINT', interrupted);
  target.watch((how) => {
    recorder.write({ t: Date.now(), kind: 'event', name: 'target-died', data: { how } });
    end('target-died');
  });
  const metrics = new MetricsWatch(recorder, environment.metrics, {
    apiUrl: target.apiUrl,
    insecureTls: environment.insecureTls,
  });
  const presence = () => ({ users: 1, browserUsers: 0, apiUsers: 1 });
  const health = new GeneratorHealth(recorder, { target: target.pid, presence });
  try {
    await benchSession(run, recorder, stopping.signal);
  } finally {
    process.off('SIGINT', interrupted);
    health.stop();
    await metrics.stop();
    recorder.close();
  }
  return ended;
}
