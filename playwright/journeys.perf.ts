/** One test a journey, generated from the registry: the same flows that run under load, one user at a time. */
import { test as base } from '@playwright/test';
import { nameRequest } from '../api/operations/name-request.ts';
import { isAllowed } from '../config/changes.ts';
import { readEnvironment, secretsOf } from '../config/environment.ts';
import { loadThinkTimes } from '../config/think.ts';
import { journeys } from '../flows/registry.ts';
import { runBrowserSession } from '../flows/session.ts';
import { GeneratorHealth, type Presence } from '../measure/health/generator.ts';
import { maskError } from '../measure/run/mask.ts';
import { Recorder } from '../measure/run/recorder.ts';
import { type SignInPace, signInPace } from '../measure/session/sign-in-pace.ts';
import { StepFailure } from '../measure/steps/failure.ts';
import { FAILED_CHECK, FAILED_STEP, type PerfRun, perfRun, RECORDING_FAILED } from './perf-run.ts';

const environment = readEnvironment();
const thinkTimes = loadThinkTimes();

interface Worker {
  run: PerfRun;
  recorder: Recorder;
  present: Presence;
  pace: SignInPace | undefined;
  /** Aborted when samples cannot be written; its reason: what the system said. */
  recordingFailed: AbortSignal;
}

/** A session under way in a test; ended as interrupted when the test is, e.g. by Ctrl+C. */
interface Under {
  readonly signal: AbortSignal;
  running?: Promise<unknown>;
}

/** A browser for each test; what playwright.config.ts says of contexts holds in it as well. */
const withBrowser = environment.browserPerUser
  ? base.extend({
      context: async ({ playwright }, use) => {
        const browser = await playwright.chromium.launch();
        const context = await browser.newContext();
        await use(context);
        await context.close();
        await browser.close();
      },
    })
  : base;

const test = withBrowser.extend<{ under: Under }, { worker: Worker }>({
  worker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on, none here
    async ({}, use) => {
      const run = perfRun();
      if (!run) throw new Error('no perf run is open: start with `npx playwright test --project=perf`');
      const failing = new AbortController();
      const recorder = new Recorder(run.runDir, { onTrouble: (why) => failing.abort(why) });
      const present: Presence = { users: 0, browserUsers: 0, httpUsers: 0 };
      const health = new GeneratorHealth(recorder, { target: run.targetPid, presence: () => present });
      // Each worker process begins again after a failed test: the first sign-in of one waits its turn as well.
      const pace = run.signInsPerMinute === undefined ? undefined : signInPace(run.signInsPerMinute);
      await use({ run, recorder, present, pace, recordingFailed: failing.signal });
      health.stop();
      recorder.close();
    },
    { scope: 'worker' },
  ],
  // It needs the page, so that it ends before the page does.
  under: async ({ page: _page, worker }, use, testInfo) => {
    const { recorder, recordingFailed } = worker;
    const stopping = new AbortController();
    const under: Under = { signal: AbortSignal.any([stopping.signal, recordingFailed]) };
    await use(under);
    stopping.abort();
    await under.running;
    recorder.flush();
    // The reporter ends the run.
    if (recordingFailed.aborted)
      testInfo.annotations.push({ type: RECORDING_FAILED, description: String(recordingFailed.reason) });
  },
  baseURL: async ({ worker }, use) => use(worker.run.baseUrl),
});

for (const [index, journey] of journeys.entries()) {
  test(
    `${journey.role}: ${journey.name}`,
    { tag: `@${journey.role}` },
    async ({ page, worker, under }, testInfo) => {
      const { run, recorder, present, pace } = worker;
      test.skip(
        !isAllowed(journey.changes, run.mayChange),
        `changes ${journey.changes.join(', ')}, which ${environment.environment} does not allow`,
      );
      const accounts = run.accounts.filter(({ role }) => role === journey.role);
      const account = accounts[testInfo.repeatEachIndex % accounts.length];
      if (!account && journey.role !== 'visitor')
        throw new Error(`ACCOUNTS_FILE: no account of role ${journey.role}; add one`);
      present.users = 1;
      present.browserUsers = 1;
      const failedChecks: string[] = [];
      const session = runBrowserSession({
        page,
        account,
        plan: {
          // An attempt of its own: what the one before saw stays as it was.
          id: `p${index + 1}-${testInfo.repeatEachIndex + 1}${testInfo.retry > 0 ? `-retry${testInfo.retry}` : ''}`,
          retry: testInfo.retry > 0 ? { journey: journey.name, attempt: testInfo.retry + 1 } : undefined,
          name: 'perf',
          role: journey.role,
          via: 'browser',
          journeys: 1,
          seed: environment.seed,
        },
        journeys: [journey],
        inOrder: true,
        recorder,
        secrets: secretsOf(environment),
        runDir: run.runDir,
        runId: run.runId,
        nameRequest,
        thinkTimes,
        thinkFactor: environment.think,
        throttle: environment.throttle,
        isApiElsewhere: run.isApiElsewhere,
        keep: environment.artifacts,
        signal: under.signal,
        pace,
        around: (name, work) => test.step(name, work),
        onFailedCheck: (what) => void failedChecks.push(what),
      });
      under.running = session.catch(() => undefined);
      const outcome = await session;
      present.users = 0;
      present.browserUsers = 0;
      const [failure] = outcome.failures;
      if (failure instanceof StepFailure)
        testInfo.annotations.push({ type: FAILED_STEP, description: failure.step });
      if (failure) throw maskError(failure, (text) => recorder.masked(text));
      if (failedChecks.length > 0) {
        testInfo.annotations.push({ type: FAILED_CHECK });
        throw new Error(`check failed: ${failedChecks.join('; ')}`);
      }
    },
  );
}
