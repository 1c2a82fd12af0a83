/** What became of a comparison: the one object that terminal, Markdown and JSON print. */
import type { Interval, Unit } from '../measure/run/units.ts';
import type { ScaleKind } from './scale.ts';

/**
 * `worse`, `better`: p < α and a change beyond the practical limit. `same`: the whole interval is within the limit. `missing`: one
 * side has no value. Else `unclear`. A size or a count that is one number on each side needs no p, and is never `unclear`.
 */
export type MetricVerdict = 'worse' | 'missing' | 'unclear' | 'better' | 'same';

export interface ComparedMetric {
  /** As `config/thresholds.yml` calls it. */
  metric: string;
  unit: Unit;
  /** It is primary and decides; others inform. */
  decides: boolean;
  verdict: MetricVerdict;
  /** The way in which it gets worse. */
  worse: 'up' | 'down';
  scale: ScaleKind;
  /** Means on the scale (of a ratio: geometric), in `unit`; null: no run has a value. */
  baseline: number | null;
  current: number | null;
  /** Of each run that has one. */
  baselineValues: number[];
  currentValues: number[];
  /** Of a ratio: a share, 0.1 is 10 % more; else in `unit`. */
  change: number | null;
  /** 95 % interval of `change`; an open end is null. */
  interval: Interval;
  /** Of a metric that decides: adjusted for all that do. Of others: the false-discovery rate at which it would be found. */
  p: number | null;
  /** The practical limit, as `change`. */
  limit: number;
  /** All current values are beyond all of the baseline's, and the change is beyond the limit. */
  isOutside?: true;
  /** A size or a count that is one number in all runs of the baseline, and another in all current ones: no chance is in that. */
  isConstant?: true;
  /** Of `unclear`: runs on each side that would probably decide. Absent: not known, or more than 100. */
  runsToDecide?: number;
  /** Of `worse`: the slowdown is intended. */
  excusedBy?: AcceptedSlowdown;
}

/** An entry of `reports/accepted.yml`. */
export interface AcceptedSlowdown {
  /** As `config/thresholds.yml` calls it; `*` stands for any name. */
  metric: string;
  /** How much worse it may become: percent; of a share, points of a hundred; of another figure that starts at 0, in its unit. */
  limit: number;
  reason: string;
  /** Last day on which it is excused, UTC. */
  until: string;
}

export type AcceptedUse = AcceptedSlowdown & { outcome: 'excuses' | 'exceeded' | 'expired' | 'not needed' };

export interface ComparedRun {
  id: string;
  start: string;
  commit?: string;
  targetVersion?: string;
  note?: string;
}

export interface Comparison {
  /** Of this object. */
  schema: 1;
  verdict: MetricVerdict;
  exitCode: 0 | 1;
  /** One sentence. */
  headline: string;
  environment: string;
  profile: string;
  unit: 'run' | 'round';
  /** File of the baseline. Absent: of rounds. */
  file?: string;
  /** Address or command of both sides. Absent: of a baseline and runs. */
  sides?: { a: string; b: string };
  baseline: ComparedRun[];
  current: ComparedRun[];
  /** Share. */
  threshold: number;
  alpha: number;
  /** Enough runs on both sides, or enough rounds; else nothing but warnings. */
  canDecide: boolean;
  /** Unlike runs that were compared by force, each with what differs. */
  forced: string[];
  notes: string[];
  accepted: AcceptedUse[];
  /** Most worrying first. */
  metrics: ComparedMetric[];
}
