/** `run.json`: the facts of a run, written by runners. */

import type { LoadSettings } from '../../config/load-settings.ts';
import type { ThinkTimes } from '../../config/think.ts';
import type { Throttle } from '../../config/throttle.ts';
import type { Verdict } from '../../config/verdicts.ts';
import type { DataSize } from './data-size.ts';
import type { BrowserEntries } from './events.ts';
import type { PlannedPhase, PlannedScenario } from './plan.ts';
import type { EndpointFacts } from './target-figures.ts';
import type { WriterProcess } from './writer-process.ts';

export type { Verdict };

/** Of run.json and samples.ndjson. 2: events, ends and failures have codes; 1: their texts were read. */
export const SCHEMA = 2;

/** How a run ended. */
export type RunEnd =
  | 'finished'
  | 'interrupted'
  | 'target-died'
  | 'target-unresponsive'
  | 'recording-failed'
  | 'stopped-by-threshold'
  | 'profile-lost'
  | 'worker-lost';

export interface RunJson {
  schema: typeof SCHEMA;
  id: string;
  profiles: string[];
  runner: 'artillery' | 'playwright' | 'bench' | 'audit' | 'try';
  label?: string;
  /** ISO 8601, UTC. */
  start: string;
  end?: string;
  target: {
    url: string;
    apiUrl: string;
    environment: string;
    kind: 'embedded' | 'deployment';
    /** Size of the embedded data set, or what the deployment says of itself. */
    data?: string;
    version?: string;
    /** Whether its rate limits are on, as far as the environment's entry tells. */
    rateLimits?: boolean;
    /** Said when they were taken unchecked. */
    certificates?: string;
  };
  /** Size of the data of the target before the run and after it. Absent: an older suite, or a command that reads none. */
  dataSize?: { before: DataSize; after?: DataSize };
  /** Prometheus endpoints that were read. Absent: none is named, or an older suite. */
  metrics?: EndpointFacts[];
  /** What its browsers were slowed down by. Absent: nothing. */
  throttle?: Throttle;
  suite: { version: string; commit?: string; dirty?: boolean };
  host: {
    os: string;
    cpuModel: string;
    cores: number;
    memoryMiB: number;
    node: string;
    /** Kind: headless shell or full. */
    browser?: string;
    /** What it says of its version. Absent: an older suite, or no browser takes part. */
    browserBuild?: string;
    /** What its container is allowed. Absent: no limit is known, or an older suite. */
    container?: { cores?: number; memoryMiB?: number };
    /** Written when the run is concluded. Absent: no page was opened in a browser. */
    browserEntries?: BrowserEntries;
    /** Median time of a fixed piece of work (measure/health/machine/cpu-benchmark.ts) before the load and after it, ms. */
    cpuBenchmarkMs?: number;
    cpuBenchmarkEndMs?: number;
    /** Of the work: times of two versions say nothing of each other. */
    cpuBenchmarkVersion?: number;
  };
  /** What shaped its load beside the plan, as variables set it or left it. Absent: an older suite. */
  settings?: LoadSettings;
  /** `think`: of each role, before THINK multiplies it. Absent: an older suite. */
  plan: { phases: PlannedPhase[]; mix: PlannedScenario[]; seed: number; think?: ThinkTimes };
  /** The process that makes the run. Absent in older runs and where it is unknown (measure/run/writer-process.ts). */
  process?: WriterProcess;
  /** Browser sessions under load that were traced, which slows them. Absent: none. */
  traced?: 'sample' | 'all';
  /** Set when the run ends. Absent while it goes on, and in a run that was killed. */
  ended?: RunEnd;
  /** Of an interrupted run: why, e.g. `a signal`. Of one that lost a profile or a worker: which, and how. */
  interruptedBy?: string;
  verdict?: Verdict;
  reasons?: string[];
}
