/** One concluded run as a baseline keeps it: every metric with its distribution, and what a run must share to be compared with it. */

import { type MetricValue, type Readable, readMetric } from '../analysis/judge/metric-value.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { AUDIT_MEASURES } from '../config/audit-measures.ts';
import { isDriftName } from '../config/run-figure.ts';
import { parseMetric } from '../config/threshold-metric.ts';
import type { Verdict } from '../measure/run/run.ts';
import type { Unit } from '../measure/run/units.ts';
import type { Conclusion } from './conclusion.ts';
import { type Likeness, likenessOf } from './likeness.ts';
import { isExact } from './scale.ts';

/** Quantiles that are kept of each distribution, in this order. */
export const KEPT = ['min', 'p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

/** `quantiles`: as KEPT; null: no values. */
export interface Sketch {
  n: number;
  mean: number | null;
  quantiles: Array<number | null>;
}

export interface MetricSketch extends Sketch {
  unit: Unit;
  attempts: number;
  errors: number;
  /** A second. */
  rate?: number;
  /** With those that had not ended, each with its age. Absent: all had. */
  withUnended?: Sketch & { unended: number };
}

export interface RunFigures {
  id: string;
  /** ISO 8601, UTC. */
  start: string;
  verdict: Verdict;
  /** Of the suite. */
  commit?: string;
  targetVersion?: string;
  note?: string;
  /** In which it differs from the first run of its baseline, where it was added by force. */
  forced?: string[];
  like: Likeness;
  /** Figures that decide, as `config/thresholds.yml` calls them; `<profile>: <figure>` in a run of several profiles. */
  primary: Array<{ metric: string; value: number | null; unit: Unit; n: number }>;
  shares: Summary['shares'];
  findings: Record<string, { value: number | null; unit: Unit; n: number; missing?: string }>;
  counters: Array<{ name: string; n: number; times: number; rate: number }>;
  /** By key of `summary.metrics`. */
  metrics: Record<string, MetricSketch>;
  /** Absent: in a baseline, or an older suite added it. */
  conclusion?: Conclusion;
}

/** Digits that are kept: far more than two runs of one thing have in common. */
const DIGITS = 5;

/** @param schema that the samples were recorded in */
export function runFigures(summary: Summary, schema: number, note?: string): RunFigures {
  const { id, run, verdict, primary, shares, findings, counters, metrics } = summary;
  const decides = new Set(primary.map(({ metric }) => metric));
  return {
    id,
    start: run.start,
    verdict,
    commit: run.suite.commit && `${run.suite.commit}${run.suite.dirty ? ', changed' : ''}`,
    targetVersion: run.target.version,
    note,
    like: likenessOf(run, schema),
    primary: primary.map(({ metric, value, unit, n }) => ({ metric, value: short(value), unit, n })),
    shares: Object.fromEntries(
      Object.entries(shares).map(([name, { value, n }]) => [name, { value: short(value), n }]),
    ),
    // A drift belongs to its own run: over a short one it is mostly chance, and there is one for each step.
    findings: Object.fromEntries(
      Object.entries(findings)
        .filter(([name]) => !isDriftName(name) || decides.has(name))
        .map(([name, { value, unit, n, missing }]) => [name, { value: short(value), unit, n, missing }]),
    ),
    counters: counters.map(({ name, n, times, rate }) => ({ name, n, times, rate: short(rate) })),
    metrics: Object.fromEntries(Object.entries(metrics).map(([key, figures]) => [key, sketchOf(figures)])),
  };
}

function sketchOf(figures: Summary['metrics'][string]): MetricSketch {
  const { unit, attempts, errors, rate, withUnended } = figures;
  const sketch = (of: Readonly<Record<(typeof KEPT)[number] | 'mean', number | null>> & { n: number }) => ({
    n: of.n,
    mean: short(of.mean),
    quantiles: KEPT.map((name) => short(of[name])),
  });
  return {
    unit,
    ...sketch(figures),
    attempts,
    errors,
    ...(rate !== undefined && { rate: short(rate) }),
    ...(withUnended && { withUnended: { unended: withUnended.unended, ...sketch(withUnended) } }),
  };
}

function short<T extends number | null>(value: T): T {
  return (value === null ? null : Number(value.toPrecision(DIGITS))) as T;
}

/** As limits read a run. */
function readable({ metrics, shares, findings, counters }: RunFigures): Readable {
  const quantiles = ({ n, mean, quantiles: values }: Sketch) => {
    const by = Object.fromEntries(KEPT.map((name, index) => [name, values[index] ?? null]));
    return { n, mean, ...(by as Record<(typeof KEPT)[number], number | null>) };
  };
  return {
    shares,
    findings,
    counters,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([key, { unit, attempts, errors, rate, withUnended, ...sketch }]) => [
        key,
        {
          ...quantiles(sketch),
          unit,
          attempts,
          errors,
          rate,
          ...(withUnended && {
            withUnended: { unended: withUnended.unended, ...quantiles(withUnended) },
          }),
        },
      ]),
    ),
  };
}

export type Value = Pick<MetricValue, 'value' | 'unit' | 'n'>;

/** Expressions that inform, of each kind of metric: `*` finds each name. Primary figures come beside them. */
const INFORMING = [
  ...['step', 'request', 'class', 'journey'].flatMap((kind) => [
    `${kind}.*.p50`,
    `${kind}.*.p95`,
    `${kind}.*.errors`,
  ]),
  'step.*.p50 cold',
  'step.*.p95 cold',
  'request.*.p95 from due',
  'class.*.p95 from due',
  'session.p50',
  'server.*.p50',
  'server.*.p95',
  'target.*.p50',
  'count.*.rate',
  'vital.*.p75',
  'vital.*.p75 cold',
  'vital.*.p75 page *',
  'vital.*.p75 page * cold',
  'view.*.p50 page *',
  'view.*.p50 page * cold',
  'stepCalls.*.p50',
  'stepBytes.*.p50',
  'journeyCalls.*.p50',
  'journeyBytes.*.p50',
  ...AUDIT_MEASURES.map((measure) => `audit.*.${measure}.p50`),
];

/** Expressions of everything in a run that is compared, beside its primary figures. */
export function sideBySide({ shares, findings }: Pick<Summary, 'shares'> & { findings: object }): string[] {
  const whole = Object.keys(findings).filter((name) => !isDriftName(name));
  return [...INFORMING, ...Object.keys(shares), ...whole];
}

/** Values behind a percentile: with fewer it is one user's luck. An audit is a whole measurement. */
const ENOUGH: Readonly<Record<string, number>> = { p50: 6, p75: 6, p95: 20 };

/** By the typical run: one that has a value less must not make the metric a missing one. */
export function isEnough(metric: string, all: readonly Value[]): boolean {
  if (isExact(metric)) return true;
  const [, figure = ''] = /\.(p\d+)\b/.exec(metric) ?? [];
  const numbers = all.map(({ n }) => n).sort((a, b) => a - b);
  const enough = metric.startsWith('audit.') ? 1 : (ENOUGH[figure] ?? 1);
  return (numbers[Math.floor(numbers.length / 2)] ?? 0) >= enough;
}

/**
 * Every value of a run that is compared, by its expression; those that decide come first.
 * @param deciding expressions of other runs: that it kept the metric is enough
 */
export function valuesOf(run: RunFigures, deciding: Iterable<string> = []): Map<string, Value> {
  const seen = readable(run);
  const values = new Map<string, Value>();
  for (const { metric, ...value } of run.primary)
    if (value.n > 0 && value.value !== null) values.set(metric, value);
  const add = ({ name, value, unit, n }: MetricValue) => {
    if (value !== null && !values.has(name)) values.set(name, { value, unit, n });
  };
  const expressions = [...deciding, ...sideBySide(run)];
  for (const expression of expressions) {
    const parsed = parseMetric(expression);
    if (typeof parsed !== 'string') for (const one of readMetric(parsed, seen)) add(one);
  }
  return values;
}
