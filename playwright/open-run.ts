/** Playwright's global set-up: opens the target and a run directory before the first perf test, closes them after. */
import { rmSync } from 'node:fs';
import { findBrowser } from '../config/browser.ts';
import { type Environment, readEnvironment, signInsPerMinute } from '../config/environment.ts';
import { ConfigError, TargetUnreachable } from '../config/errors.ts';
import { loadKnownDefects } from '../config/known-defects.ts';
import { guarded } from '../config/production-guard.ts';
import { loadThresholds } from '../config/thresholds.ts';
import { type Account, loadAccounts } from '../fixtures/accounts.ts';
import { createRunDirectory } from '../measure/run/directory.ts';
import { Recorder } from '../measure/run/recorder.ts';
import { MetricsWatch } from '../measure/target/metrics/watch.ts';
import { openTarget, type Target } from '../measure/target/target.ts';
import { beginRun, runIdOf } from '../runner/begin-run.ts';
import { endRun } from '../runner/end-run.ts';
import { checkBeforeRun } from '../runner/preflight/before-run.ts';
import { isProjectAskedFor } from './asked-for.ts';
import { handDownPerfRun } from './perf-run.ts';

export default async function openRun(): Promise<(() => Promise<void>) | undefined> {
  if (!isProjectAskedFor('perf')) return undefined;
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof TargetUnreachable)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}

async function open(): Promise<() => Promise<void>> {
  const environment = await guarded(readEnvironment());
  // What only the end needs is read now: a mistake in it is not to cost a run.
  loadThresholds();
  loadKnownDefects();
  const accountsOfFile = environment.accountsFile ? loadAccounts(environment.accountsFile) : undefined;
  const runDir = createRunDirectory(environment.reportsDir, 'perf', environment.label);
  const target = await openCheckedTarget(environment, accountsOfFile).catch((error) => {
    rmSync(runDir, { recursive: true, force: true }); // nothing was run: nothing half-written
    throw error;
  });
  const browser = findBrowser(environment).kind;
  beginRun(runDir, environment, { runner: 'playwright', profile: 'perf', target: target.facts, browser });
  const recorder = new Recorder(runDir);
  let ended: 'finished' | 'target-died' = 'finished';
  target.watch((how) => {
    ended = 'target-died';
    recorder.write({ t: Date.now(), kind: 'event', name: 'target-died', data: { how } });
  });
  const metrics = new MetricsWatch(recorder, environment.metrics, {
    apiUrl: target.apiUrl,
    insecureTls: environment.insecureTls,
  });
  handDownPerfRun({
    runDir,
    runId: runIdOf(runDir, environment),
    baseUrl: target.url,
    accounts: accountsOfFile ?? target.accounts ?? [],
    mayChange: environment.mayChange,
    signInsPerMinute: signInsPerMinute(environment),
    targetPid: target.pid,
  });
  return async () => {
    await metrics.stop();
    recorder.close();
    await target.close();
    endRun(runDir, ended);
  };
}

async function openCheckedTarget(environment: Environment, accounts: Account[] | undefined): Promise<Target> {
  const target = await openTarget(environment);
  // Which tests will run is not known here: what the file holds is checked, a missing role is told by its test.
  // Each repetition of a test takes the next account.
  const uses = new Map(accounts?.map(({ role }) => [role, environment.repeat] as const));
  const { accountsFile: file = '' } = environment;
  try {
    await checkBeforeRun(environment, target, accounts && { file, accounts, uses });
  } catch (error) {
    await target.close();
    throw error;
  }
  return target;
}
