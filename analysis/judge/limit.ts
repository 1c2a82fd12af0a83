/** A limit of `config/thresholds.yml` as it is judged. */
import { isAtLeast } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { GateResult } from '../summary/gate-result.ts';

export interface Limit {
  /** In the metric's own unit: ms, a share 0–1, or none. */
  limit: number;
  side: GateResult['side'];
}

export function limitOf(threshold: Pick<Threshold, 'metric' | 'limit'>): Limit {
  const side = isAtLeast(threshold.metric) ? 'at least' : 'at most';
  return { limit: threshold.limit, side };
}

export function isPattern({ metric }: Pick<Threshold, 'metric'>): boolean {
  return expressionOf(metric).includes('*');
}

export function expressionOf(metric: Threshold['metric']): string {
  if (metric.kind === 'figure') return `${metric.metric}.${metric.figure}`;
  return metric.kind === 'share' ? metric.share : metric.key;
}

/** Whether a value is on the wrong side of it, however sure that is. */
export function isBeyond({ limit, side }: Pick<Limit, 'limit' | 'side'>, value: number): boolean {
  return side === 'at least' ? value < limit : value > limit;
}
