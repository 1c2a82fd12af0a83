import { ascending, percentile } from '../analysis/statistics/percentile.ts';
import { quantileInterval } from '../analysis/statistics/quantile-interval.ts';
import type { BenchmarkEnd } from '../measure/run/events.ts';

/** When a benchmark has gone on for long enough. */
export interface StopRules {
  /** Rounds before those that count. */
  warmup: number;
  least: number;
  most: number;
  /** Of one benchmark, its warm-up and clean-up included. */
  seconds: number;
  /** Half the width of the median's 95 % interval, as a share of the median. Absent: it is not waited for. */
  narrow?: number;
}

export const USUAL: StopRules = { warmup: 3, least: 10, most: 300, seconds: 10, narrow: 0.05 };
/** Does it work at all? Six rounds are the fewest whose median has an interval. */
export const QUICK: StopRules = { warmup: 1, least: 6, most: 6, seconds: 5 };

/** However slow it is, that many rounds are done: fewer have no middle. */
const FEWEST = 3;

/** Why a benchmark ended: a code, and one line for people. */
export interface Ended {
  reason: BenchmarkEnd;
  why: string;
}

/** Why to stop after these rounds, ms each; undefined: go on. */
export function reasonToStop(times: readonly number[], seconds: number, rules: StopRules): Ended | undefined {
  if (times.length >= FEWEST && seconds >= rules.seconds)
    return { reason: 'time-over', why: `time (${rules.seconds} s)` };
  if (times.length >= rules.least && isNarrow(times, rules.narrow))
    return {
      reason: 'narrow-interval',
      why: `interval within ±${Math.round((rules.narrow as number) * 100)} %`,
    };
  return times.length >= rules.most ? { reason: 'enough-rounds', why: `${rules.most} rounds` } : undefined;
}

function isNarrow(times: readonly number[], narrow: number | undefined): boolean {
  if (narrow === undefined) return false;
  const sorted = ascending(times);
  const [low, high] = quantileInterval(sorted, 0.5);
  const median = percentile(sorted, 0.5);
  if (low === null || high === null || !median) return false;
  return (high - low) / 2 <= narrow * median;
}
