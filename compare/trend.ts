/** What became of a figure in the history of a profile's runs: the one object that terminal, Markdown, JSON and HTML show. */
import type { Interval, Unit } from '../measure/run/units.ts';
import type { LeftOut } from './alike-runs.ts';
import type { ComparedRun } from './comparison.ts';
import type { ScaleKind } from './scale.ts';
import type { SuiteCommits } from './suite-commits.ts';

/** Runs from one change point to the next. */
export interface Level {
  /** Indices of the first run and of the last one. */
  from: number;
  to: number;
  n: number;
  /** On the scale (of a ratio: geometric), in the metric's unit. */
  mean: number;
  min: number;
  max: number;
}

export interface TrendMetric {
  /** As `config/thresholds.yml` calls it. */
  metric: string;
  unit: Unit;
  /** A primary metric of the newest run. */
  decides: boolean;
  worse: 'up' | 'down';
  scale: ScaleKind;
  /** Of each run; null: it has none. */
  values: Array<number | null>;
  /** One, where nothing changed. Empty: too few runs have a value. */
  levels: Level[];
}

export interface TrendChange extends Pick<TrendMetric, 'metric' | 'unit' | 'decides' | 'scale'> {
  isWorse: boolean;
  /** Means of the runs since the change point before and up to the next one. */
  before: number;
  after: number;
  /** Of a ratio: a share, 0.1 is 10 % more; else in `unit`. */
  change: number;
  /** 95 % interval of `change`. */
  interval: Interval;
  /** Of a metric that decides: by permutation. Of others: the false-discovery rate at which it would be found. */
  p: number;
  /** Indices of the last run before and of the first one after it. */
  between: [last: number, first: number];
}

/** What is not the same before and after a change point. */
export interface TrendSpan {
  between: TrendChange['between'];
  suite: SuiteCommits;
  targetVersions: [before?: string, after?: string];
}

export interface Trend {
  /** Of this object. */
  schema: 1;
  /** One sentence. */
  headline: string;
  environment: string;
  profile: string;
  /** Oldest first. */
  runs: ComparedRun[];
  leftOut: LeftOut[];
  /** Runs that it takes, and whether there are as many. */
  needed: number;
  isEnough: boolean;
  /** For the worse first, those that decide before others, then by size. */
  changes: TrendChange[];
  spans: TrendSpan[];
  metrics: TrendMetric[];
}
