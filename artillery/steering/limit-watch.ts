/** Limits held against figures of a stretch of the run. */
import type { MetricValue } from '../../analysis/judge/metric-value.ts';
import { isAtLeast } from '../../config/metric-expression.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { LevelLimit } from '../../measure/run/findings.ts';
import type { LiveFigures } from './live-figures.ts';

/** Below that a p95 is the maximum by another name, and a share of errors chance; design §5.7, "too few". */
const FEWEST = 20;
const FEWEST_OF: Partial<Record<NonNullable<MetricValue['figure']>, number>> = {
  p99: 100,
  p50: 5,
  p75: 5,
  mean: 5,
};

/** One for each metric that the threshold finds; one of `too few` where there is none. */
export function limitsIn(figures: LiveFigures, threshold: Threshold, from: number, to: number): LevelLimit[] {
  const found = figures.read(threshold.metric, from, to).map((value) => heldAgainst(threshold, value));
  if (found.length > 0) return found;
  const { expression: metric, limit } = threshold;
  return [{ metric, limit, observed: null, unit: '1', n: 0, verdict: 'too few' }];
}

function heldAgainst(threshold: Threshold, { name, figure, value, unit, n }: MetricValue): LevelLimit {
  const { limit } = threshold;
  const about = { metric: name, limit, observed: value, unit, n };
  const fewest = (figure && FEWEST_OF[figure]) ?? FEWEST;
  if (value === null || n < fewest) return { ...about, verdict: 'too few' };
  return { ...about, verdict: isBeyond(threshold, value) ? 'broken' : 'held' };
}

function isBeyond({ metric, limit }: Threshold, value: number): boolean {
  return isAtLeast(metric) ? value < limit : value > limit;
}

/** How near a figure is to its limit: 1 at it, more beyond it. */
export function limitUtilization(
  limits: readonly LevelLimit[],
  thresholds: readonly Threshold[],
): number | undefined {
  const loads = limits.flatMap(({ metric, limit, observed, verdict }) => {
    if (verdict === 'too few' || observed === null) return [];
    const isMin = thresholds.some((one) => one.expression === metric && isAtLeast(one.metric));
    // Of an availability: the share that is missing.
    const [value, most] = isMin ? [1 - observed, 1 - limit] : [observed, limit];
    if (most > 0) return [value / most];
    return [value > 0 ? Number.POSITIVE_INFINITY : 0];
  });
  return loads.length === 0 ? undefined : Math.max(...loads);
}

/** What has been beyond its limit for as long as its threshold lets it. */
export interface Broken {
  threshold: Threshold;
  limit: LevelLimit;
}

/** A limit counts as broken for a time when it was in each of so many equal parts of it. */
const PARTS = 5;

/**
 * Of thresholds with `abort`: the first whose metric has been beyond its limit for so long. It is when its figure over that
 * time is, of enough samples, and in each fifth of it that has samples at all: a burst of failures does not end a run.
 * @param since samples from before do not count; ms since the epoch
 */
export function brokenFor(
  figures: LiveFigures,
  thresholds: readonly Threshold[],
  now: number,
  since: number,
): Broken | undefined {
  for (const threshold of thresholds) {
    const ms = (threshold.abortAfter ?? 0) * 1000;
    const from = now - ms;
    if (from < since) continue;
    for (const limit of limitsIn(figures, threshold, from, now)) {
      if (limit.verdict !== 'broken') continue;
      const isSo = Array.from({ length: PARTS }, (_, part) => {
        const begins = from + (part * ms) / PARTS;
        const values = figures.read(threshold.metric, begins, begins + ms / PARTS);
        const here = values.find(({ name }) => name === limit.metric);
        return here === undefined || here.value === null || isBeyond(threshold, here.value);
      });
      if (isSo.every(Boolean)) return { threshold, limit };
    }
  }
  return undefined;
}
