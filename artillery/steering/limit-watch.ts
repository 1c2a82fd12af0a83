/** Limits judged by figures of a stretch of the run. */
import { judgeLimit, LIVE_POLICY } from '../../analysis/judge/judge-limit.ts';
import { isBeyond, limitOf } from '../../analysis/judge/limit.ts';
import type { MetricValue } from '../../analysis/judge/metric-value.ts';
import { isAtLeast } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { LevelLimit } from '../../measure/run/findings.ts';
import type { LiveFigures } from './live-figures.ts';

/** One for each metric that the threshold finds; an inconclusive one where there is none. */
export function limitsIn(figures: LiveFigures, threshold: Threshold, from: number, to: number): LevelLimit[] {
  const found = figures.read(threshold.metric, from, to).map((value) => judged(threshold, value));
  if (found.length > 0) return found;
  const { expression: metric, limit } = threshold;
  return [{ metric, limit, observed: null, unit: '1', n: 0, verdict: 'inconclusive' }];
}

function judged(threshold: Threshold, value: MetricValue): LevelLimit {
  const { name: metric, value: observed, unit, n, unended } = value;
  const { outcome } = judgeLimit(limitOf(threshold), value, LIVE_POLICY);
  return { metric, limit: threshold.limit, observed, unit, n, verdict: outcome, ...(unended && { unended }) };
}

/** How near a figure is to its limit: 1 at it, more beyond it. */
export function limitUtilization(
  limits: readonly LevelLimit[],
  thresholds: readonly Threshold[],
): number | undefined {
  const loads = limits.flatMap(({ metric, limit, observed, verdict }) => {
    if (verdict === 'inconclusive' || observed === null) return [];
    const isMin = thresholds.some((one) => one.expression === metric && isAtLeast(one.metric));
    // Of an availability: the share that is missing.
    const [value, most] = isMin ? [1 - observed, 1 - limit] : [observed, limit];
    if (most > 0) return [value / most];
    return [value > 0 ? Number.POSITIVE_INFINITY : 0];
  });
  return loads.length === 0 ? undefined : Math.max(...loads);
}

/** What has been beyond its limit for as long as its threshold lets it. */
export interface FailedLimit {
  threshold: Threshold;
  limit: LevelLimit;
}

/** A limit has failed for a time when its figure was beyond it in each of these equal parts of it. */
const PARTS = 5;

/**
 * The first threshold with `abort` whose metric has been beyond its limit for that time: its figure over all of it fails, and
 * each fifth of it that has samples at all is beyond the limit, so that a burst of failures does not end a run. A rate that
 * the verdict would call inconclusive ends none either.
 * @param since samples from before do not count; ms since the epoch
 */
export function failedFor(
  figures: LiveFigures,
  thresholds: readonly Threshold[],
  now: number,
  since: number,
): FailedLimit | undefined {
  for (const threshold of thresholds) {
    const ms = (threshold.abortAfter ?? 0) * 1000;
    const from = now - ms;
    if (from < since) continue;
    for (const limit of limitsIn(figures, threshold, from, now)) {
      if (limit.verdict !== 'failed') continue;
      const isSo = Array.from({ length: PARTS }, (_, part) => {
        const begins = from + (part * ms) / PARTS;
        const values = figures.read(threshold.metric, begins, begins + ms / PARTS);
        const here = values.find(({ name }) => name === limit.metric);
        return here === undefined || here.value === null || isBeyond(limitOf(threshold), here.value);
      });
      if (isSo.every(Boolean)) return { threshold, limit };
    }
  }
  return undefined;
}
