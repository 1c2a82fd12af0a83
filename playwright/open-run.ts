/** Playwright's global set-up: opens a run before the first perf test, and ends it after the last. */
import { notWritten } from '../analysis/outputs.ts';
import { readEnvironment, signInsPerMinute } from '../config/environment.ts';
import { ConfigError, TargetUnreachable } from '../config/errors.ts';
import { isElsewhere } from '../measure/browser/hidden-answers.ts';
import type { RunEnd } from '../measure/run/run.ts';
import { endRun } from '../runner/conclude-run.ts';
import { NotBegun, type OpenRun, openRun } from '../runner/open-run.ts';
import { RunEnding } from '../runner/run-ending.ts';
import { isProjectAskedFor } from './asked-for.ts';
import { handDownPerfRun } from './perf-run.ts';

let opened: OpenRun | undefined;
let hasJudge = false;

/** The suite's reporter is there, and concludes the run after its tests. */
export function judgeIsHere(): void {
  hasJudge = true;
}

/** The run of this process, which is Playwright's first; undefined where no perf tests were asked for. */
export function openedRun(): OpenRun | undefined {
  return opened;
}

export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (!isProjectAskedFor('perf')) return undefined;
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof TargetUnreachable || error instanceof NotBegun))
      throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}

async function open(): Promise<() => Promise<void>> {
  const { repeat } = readEnvironment();
  const run = await openRun({
    runner: 'playwright',
    profiles: ['perf'],
    accounts: {
      // Which tests will run is not known here: what the file holds is checked, a missing role is known by its test.
      // Each repetition of a test takes the next account.
      uses: (accounts) => new Map(accounts.map(({ role }) => [role, repeat])),
    },
    hasBrowser: true,
    pointsAtLatest: true,
    ending: new RunEnding({ stop: endTests }),
  });
  opened = run;
  const { runDir, runId, target, accounts, environment } = run;
  handDownPerfRun({
    runDir,
    runId,
    baseUrl: target.url,
    isApiElsewhere: isElsewhere(target),
    accounts,
    mayChange: environment.mayChange,
    signInsPerMinute: signInsPerMinute(environment),
    targetPid: target.pid,
  });
  return async () => {
    await endRun(run).catch((error: unknown) => console.error(notWritten(runDir, error)));
    // The reporter comes after this.
    if (!hasJudge)
      throw new Error(
        "no verdict: no test ran, or the suite's reporter did not. Name a journey of docs/journeys.md by --grep " +
          `(\`npx loadtest try\` has the nearest names), or judge by \`npx loadtest report ${runDir}\`.`,
      );
  };
}

let isEnding = false;

/** Playwright ends its tests in order at SIGINT, and at nothing else. Two within a moment are one for it. */
function endTests(how: RunEnd): void {
  // Each journey says by itself that the target is gone.
  if (isEnding || how === 'target-died') return;
  isEnding = true;
  process.kill(process.pid, 'SIGINT');
}
