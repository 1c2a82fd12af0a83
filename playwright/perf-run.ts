import type { MayChange } from '../config/changes.ts';
import { processEnv, setProcessEnv } from '../config/environment.ts';
import type { Account } from '../fixtures/accounts.ts';

/** The run as Playwright's worker processes need it. Holds passwords: handed over in memory, never written. */
export interface PerfRun {
  runDir: string;
  runId: string;
  baseUrl: string;
  /** The API is on another origin than the pages. */
  isApiElsewhere: boolean;
  accounts: Account[];
  /** What journeys may change, after the production guard. */
  mayChange: MayChange;
  /** Sign-ins that may be sent in a minute. Absent: they are not paced. */
  signInsPerMinute?: number;
  /** The embedded target's process: not the generator's, and watched apart. */
  targetPid?: number;
}

/** Annotation of a test that failed in a step of its journey: the step's name. */
export const FAILED_STEP = 'failed step';

/** Annotation of a test that failed by checks of its journey, each of which has a sample of its own. */
export const FAILED_CHECK = 'failed check';

/** Annotation of a test whose samples could not be written; its description: what the system said. */
export const RECORDING_FAILED = 'recording failed';

const NAME = 'LOAD_SUITE_PERF_RUN';

export function handDownPerfRun(run: PerfRun | undefined): void {
  setProcessEnv({ [NAME]: run && JSON.stringify(run) });
}

/** Undefined outside of a perf run. */
export function perfRun(): PerfRun | undefined {
  const text = processEnv(NAME);
  return text ? (JSON.parse(text) as PerfRun) : undefined;
}
