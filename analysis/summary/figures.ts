/** Raw values of one metric as they come in, and its figures at the end. */

import { ascending, percentile } from '../statistics/percentile.ts';
import { quantileInterval } from '../statistics/quantile-interval.ts';
import type { Figures, Quantiles } from './summary.ts';

export interface Series {
  /** Of successes: what percentiles are taken from. */
  values: number[];
  /** Of successes on the first view of a lazily loaded page: kept apart. */
  cold: number[];
  /** The same, begun in the drain: used only where there are no others. */
  drained: { values: number[]; cold: number[]; attempts: number };
  attempts: number;
  errors: number;
  excused: number;
  /** Ages of what had not ended: the least that its time can be. */
  unended: number[];
}

export interface Observation {
  value: number;
  ok: boolean;
  cold?: boolean;
  /** Begun after the last phase. */
  drained?: boolean;
  excused?: boolean;
  /** A failure that is counted elsewhere (429): an attempt, but no error. */
  neutral?: boolean;
}

export function newSeries(): Series {
  const drained = { values: [], cold: [], attempts: 0 };
  return { values: [], cold: [], drained, attempts: 0, errors: 0, excused: 0, unended: [] };
}

/**
 * A failure's time says how long it was tried, not how long the thing takes: it counts, its value does not. Failures in
 * the drain count like any other.
 */
export function addObservation(series: Series, outcome: Observation): void {
  series.attempts += 1;
  if (outcome.drained) series.drained.attempts += 1;
  const { values, cold } = outcome.drained ? series.drained : series;
  if (outcome.ok) (outcome.cold ? cold : values).push(outcome.value);
  else if (outcome.excused) series.excused += 1;
  else if (!outcome.neutral) series.errors += 1;
}

/** The series of that name, made when it is asked for first. */
export function seriesIn(all: Map<string, Series>, name: string): Series {
  let series = all.get(name);
  if (!series) {
    series = newSeries();
    all.set(name, series);
  }
  return series;
}

/** Values that count: without those of the drain, unless there are no others. */
export function countedValues(series: Series): { values: number[]; cold: number[] } {
  return isOfDrain(series) ? series.drained : series;
}

function isOfDrain({ values, cold, drained }: Series): boolean {
  return values.length + cold.length === 0 && drained.values.length + drained.cold.length > 0;
}

/** Successes a second over the phases that count: what failed or was refused is not delivered. @param seconds their length */
export function rateOf({ values, cold }: Series, seconds: number): number {
  return (values.length + cold.length) / seconds;
}

export function figuresOf(series: Series): Figures {
  const { values } = countedValues(series);
  const { attempts, errors, excused, unended } = series;
  return {
    ...quantilesOf(ascending(values)),
    attempts,
    errors,
    ...(excused > 0 ? { excused } : {}),
    ...(isOfDrain(series) && { isOfDrain: true as const }),
    ...(unended.length > 0 && {
      withUnended: { ...quantilesOf(ascending([...values, ...unended])), unended: unended.length },
    }),
  };
}

function quantilesOf(sorted: Float64Array): Quantiles {
  const n = sorted.length;
  return {
    n,
    min: sorted[0] ?? null,
    mean: n > 0 ? sorted.reduce((sum, value) => sum + value, 0) / n : null,
    p50: percentile(sorted, 0.5),
    p75: percentile(sorted, 0.75),
    p90: percentile(sorted, 0.9),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted[n - 1] ?? null,
    p50ci: quantileInterval(sorted, 0.5),
    p75ci: quantileInterval(sorted, 0.75),
    p90ci: quantileInterval(sorted, 0.9),
    p95ci: quantileInterval(sorted, 0.95),
    p99ci: quantileInterval(sorted, 0.99),
  };
}

/** Figures of the cold values alone. Failures are not counted by cold: none here. */
export function coldFiguresOf(series: Series): Figures {
  const { cold } = countedValues(series);
  return figuresOf({ ...newSeries(), values: cold, attempts: cold.length });
}
