/** What the process that makes a run of several profiles and the processes that run them tell each other (Node's IPC). */
import type { WorkerLost } from '../../measure/run/events.ts';
import type { RunEndedEarly } from '../../measure/run/findings.ts';
import type { RunContext } from '../channel.ts';
import type { Plan } from '../profile/plan.ts';

export interface PartPlan {
  plan: Plan;
  /** It crosses the target's rate limits, which are the same for all. */
  crossesLimits: boolean;
  /** For the user: why it is longer than it is written. */
  note?: string;
}

export interface Progress {
  users: number;
  browserUsers: number;
  sessions: number;
  requests: number;
  failed: number;
}

/** The context holds passwords: it goes through the pipe between the two processes, and into no file. */
export type ToPart = { type: 'run'; context: RunContext } | { type: 'stop' } | { type: 'stop at once' };

export type FromPart =
  | ({ type: 'planned' } & PartPlan)
  | ({ type: 'progress' } & Progress)
  /** It answers; once a second. */
  | { type: 'alive' }
  /** A thread of its own is no more. */
  | { type: 'worker lost'; lost: WorkerLost }
  /** Samples cannot be written; `why`: what the system said. */
  | { type: 'recording failed'; why: string }
  /** A threshold of its profile stops the run. */
  | { type: 'end run'; early: RunEndedEarly }
  /** Its own time was over. */
  | { type: 'cut off'; why: string }
  /** All that it measured is written. `early`: before its plan's end. */
  | { type: 'ended'; early: boolean };
