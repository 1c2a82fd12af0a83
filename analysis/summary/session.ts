/** One simulated user of a run, from its start to its end; ms since the epoch. */
import type { Via } from '../../measure/run/samples.ts';

export interface Session {
  started: number;
  /** Absent: still under way when the run ended. */
  ended?: number;
  interrupted?: boolean;
  via: Via;
  scenario: string;
  phase: string;
  /** No account was free for it. */
  couldNotBegin?: true;
  /** Of a looping user, who is there from one session to the next. */
  place?: number;
}
