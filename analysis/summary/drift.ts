/** How much a figure changes in an hour: the slope through its values over time. */
import type { Drift } from '../../measure/run/target-figures.ts';
import { type RatePart, rateSlope } from '../statistics/rate-slope.ts';
import { theilSen } from '../statistics/theil-sen.ts';

/** A shorter run shows its own ups and downs, not where they lead; s. */
export const MIN_DRIFT_SECONDS = 600;
export const MIN_DRIFT_POINTS = 20;
/**
 * Slopes are of all pairs, so that more points cost their square; and what neighbours share (a heap that fills until it is
 * swept) makes the interval too narrow: points farther apart share less.
 */
export const MAX_DRIFT_POINTS = 240;
const HOUR_S = 3600;

export type Point = [s: number, value: number];

/** @returns null where there are too few points, or they lie too near to each other */
export function driftOf(points: readonly Point[]): Drift | null {
  if (!isEnough(points.map(([s]) => s))) return null;
  const every = Math.ceil(points.length / MAX_DRIFT_POINTS);
  const found = theilSen(points.filter((_, index) => index % every === 0));
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
  return found ? byTheHour(found.slope, found.interval) : null;
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
