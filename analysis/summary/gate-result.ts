/** What became of a limit at the end of a run. */
import type { BudgetOwner } from '../../config/thresholds.ts';
import type { LimitOutcome } from '../../measure/run/findings.ts';
import type { Verdict } from '../../measure/run/run.ts';
import type { Interval, Unit } from '../../measure/run/units.ts';

/** Why it came to that. */
export type LimitReason =
  | 'within-limit'
  | 'above-limit'
  | 'below-limit'
  /** No metric that the limit names was measured. */
  | 'no-samples'
  /** The metric was measured, and has no value: `missing` says why. */
  | 'no-value'
  /** Within the limit, of fewer samples than it takes to pass it. */
  | 'too-few-samples'
  /** Beyond the limit, of fewer samples than it takes to fail it. */
  | 'too-few-to-fail'
  /** The limit lies within the 95 % interval of the rate, or of the drift. */
  | 'rate-unconfirmed'
  | 'drift-unconfirmed'
  /** A `breaking` limit that no level of users had enough samples for. */
  | 'no-level-judged'
  /** Journeys that were due never began, or were cut short each time: `lacking`. */
  | 'not-exercised';

export interface GateResult {
  metric: string;
  level: 'warn' | 'error';
  outcome: LimitOutcome;
  reason: LimitReason;
  /** For the run: a failed gate of level `warn` warns, and so does an inconclusive one, unless nothing speaks against its limit. */
  verdict: Verdict;
  /** In `unit`. */
  limit: number;
  side: 'at most' | 'at least';
  /** Limit and side for people. */
  expected: string;
  observed: number | null;
  /** Of `observed`; a share is 0–1 and has the unit `%`. */
  unit: Unit;
  /** 95 % interval of `observed` where there is one; an open end is null. */
  ci?: Interval;
  n: number;
  /** Of `n`: had not ended, so that `observed` is the least that it can be. Absent: all had. */
  unended?: number;
  /** What there are n of, in the singular. Absent: values, or attempts. */
  of?: string;
  /** Samples that decide an inconclusive gate; of a rate: attempts in all that confirm its limit, if no more fail. Absent: none is known to. */
  needed?: number;
  /** Of `no-value` and `no-level-judged`: why. */
  missing?: string;
  /** Of `not-exercised`: how often each was cut short, or interrupted. Absent there: it never began. */
  lacking?: Array<{ journey: string; cutShort?: number; interrupted?: number }>;
  /** It is about one of the many names that a `*` is for. */
  isOneOfMany?: true;
  /** It is a budget: whose. */
  budget?: BudgetOwner;
  /** File and line or path where the limit was set. */
  where: string;
  /** No file sets it: `where` says why it holds. */
  builtIn?: true;
  why?: string;
  /** All of it in one line for people. */
  message: string;
}

/** Whether one failure fails it: then its interval decides nothing. */
export function allowsNoFailure({ unit, limit, side }: Pick<GateResult, 'unit' | 'limit' | 'side'>): boolean {
  return unit === '%' && (side === 'at least' ? limit >= 1 : limit <= 0);
}

/** A gate whose sentence is still to be made. */
export type JudgedGate = Omit<GateResult, 'message'>;

export interface PrimaryFigure {
  /** As in `config/thresholds.yml`, e.g. `class.crud.p95`. */
  metric: string;
  value: number | null;
  unit: Unit;
  n: number;
  ci?: Interval;
  /** Of the gate on it, when there is one. */
  outcome?: LimitOutcome;
  verdict?: Verdict;
  expected?: string;
}

/** Nothing speaks against the limit, and the run is too short to prove it. */
export function isUnproved({ outcome, verdict }: Pick<GateResult, 'outcome' | 'verdict'>): boolean {
  return outcome === 'inconclusive' && verdict === 'pass';
}
