import { ascending, percentile } from '../analysis/statistics/percentile.ts';
import { quantileInterval } from '../analysis/statistics/quantile-interval.ts';
import type { BenchmarkEnd } from '../measure/run/events.ts';

/** When a benchmark has gone on for long enough. */
export interface Limits {
  /** Rounds before those that count. */
  warmup: number;
  least: number;
  most: number;
  /** Of one benchmark, its warm-up and clean-up included. */
  seconds: number;
  /** Half the width of the median's 95 % interval, as a share of the median. Absent: it is not waited for. */
  narrow?: number;
}

export const USUAL: Limits = { warmup: 3, least: 10, most: 300, seconds: 10, narrow: 0.05 };
/** Does it work at all? Six rounds are the fewest whose median has an interval. */
export const QUICK: Limits = { warmup: 1, least: 6, most: 6, seconds: 5 };

/** However slow it is, that many rounds are done: fewer have no middle. */
const FEWEST = 3;

/** Why a benchmark ended: a code, and one line for people. */
export interface Ended {
  reason: BenchmarkEnd;
  why: string;
}

/** Why to stop after these rounds, ms each; undefined: go on. */
export function reasonToStop(times: readonly number[], seconds: number, limits: Limits): Ended | undefined {
  if (times.length >= FEWEST && seconds >= limits.seconds)
    return { reason: 'time-over', why: `time (${limits.seconds} s)` };
  if (times.length >= limits.least && isNarrow(times, limits.narrow))
    return {
      reason: 'narrow-interval',
      why: `interval within ±${Math.round((limits.narrow as number) * 100)} %`,
    };
  return times.length >= limits.most ? { reason: 'enough-rounds', why: `${limits.most} rounds` } : undefined;
}

function isNarrow(times: readonly number[], narrow: number | undefined): boolean {
  if (narrow === undefined) return false;
  const sorted = ascending(times);
  const [low, high] = quantileInterval(sorted, 0.5);
  const median = percentile(sorted, 0.5);
  if (low === null || high === null || !median) return false;
  return (high - low) / 2 <= narrow * median;
}
