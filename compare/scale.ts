/** On which scale the values of a metric are compared, and which change of it counts. */
import { isAtLeast, parseMetric } from '../config/threshold-metric.ts';
import type { Unit } from '../measure/run/units.ts';

/** `ratio`: natural logarithms, a change is a share of the figure. `difference`: a change is in the figure's own unit. */
export type ScaleKind = 'ratio' | 'difference';

export interface Scale {
  kind: ScaleKind;
  worse: 'up' | 'down';
  /** A value as it is compared: on this scale 0.1 weighs as much as a tenth of a time does. */
  to(value: number): number;
  /** A difference on the scale as a share of the figure, or in its own unit. */
  change(difference: number): number;
  /** Mean of values on the scale, as a value. */
  back(mean: number): number;
}

/**
 * Figures that start at 0 (shares, layout shift) and those that can be 0 or below have no ratio. How much of them weighs as a
 * whole time does: a tenth of it is the practical limit at a threshold of 10 %. Shares: half a point of a hundred, half of what
 * `requests.errorRate` may be; CLS: 0.01, a tenth of what is good (https://web.dev/articles/cls).
 */
const REFERENCE: Readonly<Record<Unit, number>> = {
  '%': 0.05,
  '1': 0.1,
  ms: 100,
  MiB: 100,
  B: 10_000,
  '/s': 1,
  cores: 1,
};

/** @param values of all runs on both sides */
export function scaleOf(metric: string, unit: Unit, values: readonly number[]): Scale {
  const worse = worseWay(metric);
  const hasRatio =
    unit !== '%' &&
    !/^vital\.CLS\b|\.(drift|totalDrift)$/.test(expressionOf(metric)) &&
    values.every((value) => value > 0);
  if (hasRatio) return { kind: 'ratio', worse, to: Math.log, change: Math.expm1, back: Math.exp };
  const reference = REFERENCE[unit];
  const own = (scaled: number) => scaled * reference;
  return { kind: 'difference', worse, to: (value) => value / reference, change: own, back: own };
}

function worseWay(metric: string): 'up' | 'down' {
  const parsed = parseMetric(expressionOf(metric));
  return typeof parsed !== 'string' && isAtLeast(parsed) ? 'down' : 'up';
}

/** Kinds of metrics that count or weigh what was done, and figures of page views that depend on the machine. */
const AMOUNTS = /^(view|stepCalls|stepBytes|journeyCalls|journeyBytes)[.]/;
const OF_MACHINE = /^view[.]long.task/;

/** Whether it can be the same number in every run: sizes and counts of what one visit or one journey does. */
export function isExact(metric: string): boolean {
  const parsed = parseMetric(expressionOf(metric));
  return (
    typeof parsed !== 'string' &&
    parsed.kind === 'figure' &&
    AMOUNTS.test(parsed.metric) &&
    !OF_MACHINE.test(parsed.metric)
  );
}

/** Without the profile that a run of several puts before it. */
export function expressionOf(metric: string): string {
  return metric.replace(/^[\w+.-]+: /, '');
}

/**
 * Whether a difference on the scale is larger than the practical limit, whichever way it goes.
 * @param threshold share, e.g. 0.1: a figure that rises by a tenth, or falls by one
 */
export function isBeyond({ kind }: Pick<Scale, 'kind'>, difference: number, threshold: number): boolean {
  if (kind === 'difference') return Math.abs(difference) > threshold;
  return difference > Math.log1p(threshold) || difference < Math.log1p(-threshold);
}

/** The practical limit as {@link Scale.change} gives changes. */
export function limitOf({ change, kind }: Scale, threshold: number): number {
  return kind === 'ratio' ? threshold : change(threshold);
}
