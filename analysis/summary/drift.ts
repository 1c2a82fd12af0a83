/** How much a figure changes in an hour: the slope through its values over time. */
import type { Drift } from '../../measure/run/target-figures.ts';
import { inflation } from '../statistics/mann-kendall.ts';
import { type RatePart, rateSlope } from '../statistics/rate-slope.ts';
import { theilSen } from '../statistics/theil-sen.ts';
import type { Finding } from './summary.ts';

/** A shorter run shows its own ups and downs, not where they lead; s. */
export const MIN_DRIFT_SECONDS = 600;
export const MIN_DRIFT_POINTS = 20;
/**
 * Slopes are of all pairs, so that more points cost their square. What neighbours share (a heap that fills until it is swept)
 * makes the interval wider.
 */
export const MAX_DRIFT_POINTS = 240;
const HOUR_S = 3600;

export type Point = [s: number, value: number];

/** @returns null where there are too few points, or they lie too near to each other */
export function driftOf(points: readonly Point[]): Drift | null {
  if (!isEnough(points.map(([s]) => s))) return null;
  // 241 points need not lose half of them.
  const every = Math.max(1, Math.round(points.length / MAX_DRIFT_POINTS));
  const kept = points.filter((_, index) => index % every === 0);
  const found = theilSen(kept, inflation(kept.map(([, value]) => value)));
  if (!found?.interval) return null;
  return byTheHour(found.slope, found.interval);
}

/**
 * The same of a share of failures.
 * @param parts `t` in s
 */
export function rateDriftOf(parts: readonly RatePart[]): Drift | null {
  if (!isEnough(parts.map(({ t }) => t))) return null;
  const found = rateSlope(parts);
  if (!found) return null;
  const { slope, interval } = found;
  const wider = Math.sqrt(inflation(parts.map(({ tried, failed }) => failed / Math.max(1, tried))));
  const [low, high] = interval.map((end) => slope + (end - slope) * wider) as [number, number];
  return byTheHour(slope, [low, high]);
}

/** Of a drift by the hour the one over all of the run that counts; what has no value stays without. */
export function totalDrift(drift: Finding): Finding {
  const { value, ci, seconds = 0 } = drift;
  const over = <T extends number | null>(perHour: T) =>
    (perHour === null ? null : (perHour * seconds) / HOUR_S) as T;
  return { ...drift, value: over(value), ci: ci && [over(ci[0]), over(ci[1])] };
}

/** @param slope by the second, as its interval */
function byTheHour(slope: number, [low, high]: readonly [number, number]): Drift {
  return { perHour: slope * HOUR_S, ci: [low * HOUR_S, high * HOUR_S] };
}

function isEnough(seconds: readonly number[]): boolean {
  const [first, last] = [seconds[0], seconds.at(-1)];
  if (first === undefined || last === undefined) return false;
  return seconds.length >= MIN_DRIFT_POINTS && last - first >= MIN_DRIFT_SECONDS;
}
