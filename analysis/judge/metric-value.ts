/** What a metric expression of `thresholds.yml` reads from a run's observations. */

import type { FigureName } from '../../config/figure-name.ts';
import { metricMatcher, parseMetricKey, printMetricKey } from '../../config/metric-key.ts';
import { parseFindingKey, printFindingKey } from '../../config/run-figure.ts';
import { type MetricExpression, printMetric } from '../../config/threshold-metric.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { totalDrift } from '../summary/drift.ts';
import type { Observations } from '../summary/observations.ts';
import type { Finding, Summary } from '../summary/summary.ts';

export interface MetricValue extends Finding {
  /** As `thresholds.yml` would call it, e.g. `step.open absences.p95`, `vital.LCP.p75 page /people cold`. */
  name: string;
  metric?: string;
  figure?: FigureName;
  /** Of `n`: had not ended, so that the value is the least that it can be. */
  unended?: number;
}

type Figured = Summary['metrics'][string];

/** What of a run's observations a metric can be read from. */
export type Readable = Pick<Observations, 'metrics' | 'shares' | 'findings' | 'counters'>;

/** One value, or as many as the expression's `*` finds. Empty when there are no samples. */
export function readMetric(expression: MetricExpression, seen: Readable): MetricValue[] {
  if (expression.kind === 'share') {
    const share = seen.shares[expression.share];
    return share && share.n > 0 ? [{ name: expression.share, unit: '%', ...share }] : [];
  }
  if (expression.kind === 'finding') return readFindings(expression.key, seen);
  const { metric, figure, moreIsBetter } = expression;
  const fits = metricMatcher(metric);
  if (parseMetricKey(metric)?.kind === 'count') return readCounters(fits, figure, seen);
  return Object.entries(seen.metrics).flatMap(([key, figures]) => {
    if (!fits(key)) return [];
    const value = readFigure(key, figure, figures, moreIsBetter);
    return value.n > 0 ? [value] : [];
  });
}

/** `n` of the value: how often was counted, for a count of 0 is one too. */
function readCounters(
  fits: (key: string) => boolean,
  figure: FigureName,
  { counters }: Readable,
): MetricValue[] {
  return counters.flatMap(({ name, n, times, rate }) => {
    const key = { kind: 'count', name } as const;
    const metric = printMetricKey(key);
    if (!fits(metric)) return [];
    const [value, unit] = figure === 'rate' ? ([rate, '/s'] as const) : ([n, '1'] as const);
    return [{ name: printMetric(key, figure), metric, figure, value, unit, n: times }];
  });
}

/** A total drift is read from that by the hour. */
function readFindings(pattern: string, { findings }: Readable): MetricValue[] {
  const fits = metricMatcher(pattern);
  return Object.entries(findings).flatMap(([name, finding]) => {
    const key = parseFindingKey(name);
    const total = key?.kind === 'drift' ? printFindingKey({ ...key, total: true }) : name;
    if (total !== name && fits(total)) return [{ name: total, metric: total, ...totalDrift(finding) }];
    return fits(name) ? [{ name, metric: name, ...finding }] : [];
  });
}

function readFigure(key: string, figure: FigureName, figures: Figured, moreIsBetter = false): MetricValue {
  const parsed = parseMetricKey(key);
  const about = { name: parsed ? printMetric(parsed, figure) : key, metric: key, figure };
  if (figure === 'errors') {
    const { errors, attempts } = figures;
    const value = attempts > 0 ? errors / attempts : null;
    return { ...about, value, unit: '%', n: attempts, ci: clopperPearson(errors, attempts) ?? undefined };
  }
  if (figure === 'n') return { ...about, value: figures.n, unit: '1', n: figures.n };
  if (figure === 'rate') return { ...about, value: figures.rate ?? null, unit: '/s', n: figures.attempts };
  // A share of hits that falls becomes worse, as memory that grows does: a limit on a drift is always "at most".
  if (figure === 'drift') {
    const { perHour, ci } = figures.drift ?? {};
    const sign = moreIsBetter ? -1 : 1;
    const value = perHour === undefined ? null : sign * perHour;
    return {
      ...about,
      value,
      ...(value === null && { isTooShort: true as const }),
      unit: figures.unit,
      n: figures.n,
      ci: ci && (moreIsBetter ? [-ci[1], -ci[0]] : ci),
    };
  }
  const { withUnended } = figures;
  // Those that have only just begun say nothing: with them a figure counts where it is no better for it.
  const isWorse = withUnended && (withUnended[figure] ?? 0) > (figures[figure] ?? 0);
  const { [figure]: value, n, ...from } = isWorse ? withUnended : figures;
  const ci = isPercentile(figure) ? from[`${figure}ci`] : undefined;
  return { ...about, value, unit: figures.unit, n, ci, ...(isWorse && { unended: withUnended.unended }) };
}

function isPercentile(figure: FigureName): figure is 'p50' | 'p75' | 'p90' | 'p95' | 'p99' {
  return /^p\d+$/.test(figure);
}
