import type { LimitOutcome } from '../../measure/run/findings.ts';
import type { Interval, Unit } from '../../measure/run/units.ts';
import type { GateResult } from './gate-result.ts';

export type GoalOutcome = 'met' | 'missed' | 'undecided';

/** What became of a goal at the end of a run. It is in no verdict. */
export interface GoalResult {
  metric: string;
  outcome: GoalOutcome;
  /** In `unit`. */
  goal: number;
  side: GateResult['side'];
  observed: number | null;
  /** Of `observed`; a share is 0–1 and has the unit `%`. */
  unit: Unit;
  /** 95 % interval of `observed` where there is one; an open end is null. */
  ci?: Interval;
  n: number;
  /** Samples that could decide an undecided goal. Absent: no number of them is known to. */
  needed?: number;
  /** Of the gate of the same metric. Absent: the profile has no limit on it. */
  limit?: number;
  limitOutcome?: LimitOutcome;
  /** File and line where the goal was set. */
  where: string;
  why: string;
  /** All of it in one line for people. */
  message: string;
}

/** A goal whose sentence is still to be made. */
export type JudgedGoal = Omit<GoalResult, 'message'>;
