/** What Artillery's main thread and its worker thread tell each other about the run. */
import { BroadcastChannel } from 'node:worker_threads';
import type { MayChange } from '../config/changes.ts';
import type { CheckRateSetting } from '../config/check-rate.ts';
import type { Environment } from '../config/environment.ts';
import type { RateLimits } from '../config/environments.ts';
import type { Threshold } from '../config/thresholds.ts';
import type { Account } from '../fixtures/accounts.ts';
import type { WorkerLost } from '../measure/run/events.ts';
import type { RunEndedEarly } from '../measure/run/findings.ts';
import type { PlannedPhase } from '../measure/run/plan.ts';
import type { CapacityPlan } from './profile/plan.ts';

export interface SteeringContext {
  phases: PlannedPhase[];
  /** Limits that act: that may end the run, or that levels are compared with. */
  thresholds: Threshold[];
  capacity?: CapacityPlan;
  /** The target's rate limits are on. */
  rateLimits?: boolean;
}

/** All that a worker needs to run sessions. Holds passwords: it is handed over in memory, never written. */
export interface RunContext {
  runDir: string;
  runId: string;
  baseUrl: string;
  apiUrl: string;
  accounts: Account[];
  seed: number;
  thinkFactor: number;
  journeys: number;
  mayChange: MayChange;
  /** Sign-ins that may be sent in a minute. Absent: as many as there are users. */
  signInsPerMinute?: number;
  /** What the target allows in a minute. Absent: it has no limits. */
  rateLimits?: RateLimits;
  /** Certificates are taken unchecked. */
  insecureTls: boolean;
  /** Failures of each distinct error that are kept with evidence. */
  artifacts: number;
  /** Share of the answers that are compared with their schema. */
  checkRate: CheckRateSetting;
  /** Whose connections HTTP sessions send on. */
  connections: Environment['connections'];
  /** Of a process that makes a run together with others: its profile, and what the ids of its sessions begin with. */
  part?: { profile: string; sessions: string };
  /** Browser sessions that are traced; absent: none. */
  trace?: Environment['trace'];
  /** What is measured decides how the run goes on. Absent: nothing must be decided. */
  steering?: SteeringContext;
  /** The embedded target's process: not the generator's, and watched apart. */
  targetPid?: number;
}

export type Message =
  | { type: 'context-request' }
  | { type: 'run'; context: RunContext }
  | { type: 'stop' }
  /** All that is kept back must be written now. */
  | { type: 'flush' }
  | { type: 'flushed' }
  | { type: 'stopped' }
  /** Samples cannot be written; `why`: what the system said. */
  | { type: 'recording failed'; why: string }
  /** The worker thread answers; once a second. */
  | { type: 'alive' }
  /** Nothing runs in this thread any more. */
  | { type: 'worker lost'; lost: WorkerLost }
  /** What was measured ends the run before its plan does. */
  | { type: 'end run'; early: RunEndedEarly }
  | {
      type: 'progress';
      users: number;
      browserUsers: number;
      sessions: number;
      requests: number;
      failed: number;
    };

const NAME = 'residency-load-suite';

export class Channel {
  readonly #channel = new BroadcastChannel(NAME);

  constructor(hear: (message: Message) => void) {
    this.#channel.onmessage = (event: unknown) => hear((event as { data: Message }).data);
    this.#channel.unref();
  }

  tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  close(): void {
    this.#channel.close();
  }
}
