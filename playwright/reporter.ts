/** Playwright reporter of perf runs: turns the run directory into a verdict and a report at the end. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestResult,
} from '@playwright/test/reporter';
import { readEnvironment, secretsOf, setProcessEnv } from '../config/environment.ts';
import { INTERRUPTED, INVALID, PASSED } from '../config/exit-codes.ts';
import { isWorkerGone, kindOfText } from '../measure/errors/foreign-texts.ts';
import { copyMasked } from '../measure/evidence/masked-trace.ts';
import { Heartbeat } from '../measure/health/heartbeat.ts';
import { pointLatestAt } from '../measure/run/directory.ts';
import { masker } from '../measure/run/mask.ts';
import { Recorder } from '../measure/run/recorder.ts';
import { concludeRun } from '../runner/conclude-run.ts';
import { judgeIsHere, openedRun } from './open-run.ts';
import { FAILED_CHECK, FAILED_STEP, perfRun, RECORDING_FAILED } from './perf-run.ts';
import { journeyOf, skippedJourneys } from './skipped-journeys.ts';

/**
 * Playwright's worker ends a test that takes too long by itself, and its fixtures have as long again to be taken down: one
 * that says nothing for longer than both together hangs. In timeouts of the test.
 */
const HUNG_AFTER_TIMEOUTS = 2.5;
/** Playwright waits five minutes for a worker that it has asked to stop; this is how long for one that hangs, ms. */
const LEFT_TO_HUNG_WORKER_MS = 10_000;

export default class PerfReporter implements Reporter {
  #notes: Array<(recorder: Recorder, runDir: string) => void> = [];
  #tests: TestCase[] = [];
  /** Of the worker that runs a test; the perf project has one at a time. */
  #heartbeat: Heartbeat | undefined;

  /** Only now it is known which tests are run: the global set-up comes before they are chosen. */
  onBegin(_config: FullConfig, suite: Suite): void {
    judgeIsHere();
    const run = perfRun();
    this.#tests = suite.allTests().filter(isPerf);
    if (run && this.#tests.length > 0) pointLatestAt(run.runDir);
  }

  onTestBegin(test: TestCase): void {
    if (!isPerf(test) || test.timeout === 0) return;
    this.#heartbeat = new Heartbeat((silentMs) => {
      setProcessEnv({ PWTEST_CHILD_PROCESS_TIMEOUT: String(LEFT_TO_HUNG_WORKER_MS) });
      openedRun()?.ending.workerLost({ worker: 'playwright', silentMs });
    }, test.timeout * HUNG_AFTER_TIMEOUTS);
    this.#heartbeat.beat();
  }

  onStepBegin(): void {
    this.#heartbeat?.beat();
  }

  onStepEnd(): void {
    this.#heartbeat?.beat();
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#heartbeat?.stop();
    const { status, annotations } = result;
    const failure = annotations.find(({ type }) => type === RECORDING_FAILED);
    if (failure) openedRun()?.ending.recordingFailed(failure.description ?? '');
    if (status === 'passed' || status === 'skipped' || status === 'interrupted' || !isPerf(test)) return;
    const t = Date.now();
    const message = result.error?.message?.split('\n')[0] ?? status;
    if (isWorkerGone(message)) openedRun()?.ending.workerLost({ worker: 'playwright', why: message });
    const step = annotations.find(({ type }) => type === FAILED_STEP)?.description;
    // A test that failed in a step or by a check has said so in the sample of that; any other failure is said here.
    const isWritten = annotations.some(({ type }) => type === FAILED_STEP || type === FAILED_CHECK);
    if (!isWritten) {
      this.#notes.push((recorder) =>
        recorder.write({
          t,
          kind: 'error',
          name: 'test failed',
          error: message,
          errorKind: kindOfText(message),
          journey: journeyOf(test),
        }),
      );
    }
    const secrets = secretsOfRun();
    const trace = result.attachments.find(({ name }) => name === 'trace')?.path;
    if (!trace) return;
    const file = join(
      'artifacts',
      `${journeyOf(test).replace(/[^a-z0-9]+/gi, '-')}-trace-${test.repeatEachIndex + 1}${result.retry > 0 ? `-retry${result.retry}` : ''}.zip`,
    );
    this.#notes.push((recorder, runDir) => {
      mkdirSync(join(runDir, 'artifacts'), { recursive: true });
      copyMasked(trace, join(runDir, file), masker(secrets));
      // Playwright's own holds the password, and reporters have printed how to open it.
      copyFileSync(join(runDir, file), trace);
      recorder.write({
        t,
        kind: 'event',
        name: 'trace-kept',
        journey: journeyOf(test),
        data: { file, step },
      });
    });
  }

  async onEnd(): Promise<{ status?: FullResult['status'] } | undefined> {
    const run = openedRun();
    if (!run) return undefined;
    if (this.#tests.length === 0) {
      rmSync(run.runDir, { recursive: true, force: true }); // a run of nothing
      return undefined;
    }
    const exitCode = await concludeRun(run, { writeMore: () => this.#writeNotes(run.runDir) });
    if (exitCode === PASSED) return undefined;
    if (exitCode === INTERRUPTED) return { status: 'interrupted' };
    // Playwright knows 0, 1 and 130 only; an invalid run is distinguished from a failed one (docs/ci.md, "Exit
    // codes").
    if (exitCode === INVALID) process.once('exit', () => (process.exitCode = exitCode));
    return { status: 'failed' };
  }

  #writeNotes(runDir: string): void {
    const recorder = new Recorder(runDir);
    for (const secret of secretsOfRun()) recorder.hide(secret);
    for (const note of this.#notes) note(recorder, runDir);
    for (const { journey, why } of skippedJourneys(this.#tests))
      recorder.write({ t: Date.now(), kind: 'event', name: 'journey-skipped', data: { journey, why } });
    recorder.close();
  }
}

function secretsOfRun(): string[] {
  const passwords = perfRun()?.accounts.map(({ password }) => password) ?? [];
  return [...passwords, ...secretsOf(readEnvironment())];
}

function isPerf(test: TestCase): boolean {
  return test.parent.project()?.name === 'perf';
}
