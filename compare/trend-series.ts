/** Every figure of a series of runs, on the scale on which it is compared. */
import { ConfigError } from '../config/errors.ts';
import { metricMatcher } from '../config/metric-key.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { isEnough, type RunFigures, valuesOf } from './run-figures.ts';
import { expressionOf, type Scale, scaleOf } from './scale.ts';
import type { Level, TrendChange, TrendMetric } from './trend.ts';

/**
 * Runs that it takes: of fewer, no order is rare enough. Of five and five with a spread of 5 %, +50 % is always found and +20 %
 * in three of five histories; of four and four, never anything.
 */
export const ENOUGH_RUNS = 10;
export type Series = Omit<TrendMetric, 'worse' | 'scale' | 'levels'> & { scale: Scale };
export function seriesOf(runs: readonly RunFigures[]): Series[] {
  const primary = new Set(runs.at(-1)?.primary.map(({ metric }) => metric));
  const valued = runs.map((run) => valuesOf(run, primary));
  const names = new Set([...primary, ...valued.flatMap((values) => [...values.keys()])]);
  return [...names].flatMap((metric): Series[] => {
    const all = valued.flatMap((values) => values.get(metric) ?? []);
    const decides = primary.has(metric);
    const [first] = all;
    if (!first || (!decides && !isEnough(metric, all))) return [];
    const values = valued.map((one) => one.get(metric)?.value ?? null);
    const scale = scaleOf(
      metric,
      first.unit,
      values.filter((value) => value !== null),
    );
    return [{ metric, unit: first.unit, decides, values, scale }];
  });
}

export function chosenSeries(series: readonly Series[], only: readonly string[] = []): Series[] {
  if (only.length === 0) return [...series];
  const isAbout = (pattern: string, { metric }: Series) =>
    metricMatcher(pattern)(metric) || metricMatcher(pattern)(expressionOf(metric));
  for (const pattern of only)
    if (!series.some((one) => isAbout(pattern, one))) {
      const near = didYouMean(
        pattern,
        series.map(({ metric }) => metric),
      );
      throw new ConfigError(
        `--metric: no run has ${pattern}${near || '.'} Write one as config/thresholds.yml calls it; \`npx loadtest trend --json\` lists all.`,
      );
    }
  return series.filter((one) => only.some((pattern) => isAbout(pattern, one)));
}

/** Values on the scale, of the runs that have one, with the indices of these. */
export function onScale({ values, scale }: Series): Array<{ run: number; value: number }> {
  return values.flatMap((value, run) => (value === null ? [] : [{ run, value: scale.to(value) }]));
}

export function levelsOf(series: Series, changes: readonly TrendChange[]): Level[] {
  const there = onScale(series);
  if (there.length < ENOUGH_RUNS) return [];
  const starts = changes
    .filter(({ metric }) => metric === series.metric)
    .map(({ between: [, first] }) => first)
    .sort((a, b) => a - b);
  return [0, ...starts].map((start, index) => {
    const end = starts[index] ?? series.values.length;
    const own = there.filter(({ run }) => run >= start && run < end);
    const values = own.map(({ run }) => series.values[run] as number);
    return {
      from: (own[0] as { run: number }).run,
      to: (own.at(-1) as { run: number }).run,
      n: own.length,
      mean: series.scale.back(mean(own.map(numberOf))),
      min: Math.min(...values),
      max: Math.max(...values),
    };
  });
}

export function numberOf({ value }: { value: number }): number {
  return value;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
