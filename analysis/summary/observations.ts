import type { RunShare } from '../../config/run-figure.ts';
import type { RunEndedEarly, SearchEnded } from '../../measure/run/findings.ts';
import type { Interval } from '../../measure/run/units.ts';
import type { Summary } from './summary.ts';

/** A share of all that ended outside of warm-up, 0–1: what a limit on it reads. */
export interface Share {
  /** null: there was nothing to take a share of. */
  value: number | null;
  /** What it is a share of. */
  n: number;
  /** 95 % interval of a share that was counted. */
  ci?: Interval;
}

/** What was seen, before it is judged. */
export type Observations = Omit<
  Summary,
  'verdict' | 'reasons' | 'reasonDetails' | 'headline' | 'exitCode' | 'gates' | 'primary' | 'answers'
> & {
  shares: Partial<Record<RunShare, Share>>;
  /** What searches found, and why the run ended before its plan did. */
  searches: SearchEnded[];
  endedEarly?: RunEndedEarly;
  targetDied: boolean;
  /** It has not ended, and somebody is still writing it. */
  goingOn: boolean;
};
