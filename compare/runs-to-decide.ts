import type { Interval } from '../measure/run/units.ts';
import { isBeyond, type Scale } from './scale.ts';

/** More than anybody makes. */
const MOST = 100;

/**
 * Runs on each side with which an unclear metric would probably be decided, if change and spread stay as they are: an interval
 * is as wide as one through the square root of the number of runs. Then it leaves 0 out (worse, better), or reaches no further
 * than the limit (same).
 *
 * @param interval of `difference`, both on the scale
 * @returns undefined: not known, or more than 100
 */
export function runsToDecide(
  scale: Pick<Scale, 'kind'>,
  [low, high]: Interval,
  difference: number | null,
  { threshold, runs }: { threshold: number; runs: { baseline: number; current: number } },
): number | undefined {
  if (low === null || high === null || difference === null) return undefined;
  const half = (high - low) / 2;
  const limit = scale.kind === 'difference' ? threshold : Math.log1p(threshold);
  const room = isBeyond(scale, difference, threshold) ? Math.abs(difference) : limit - Math.abs(difference);
  if (room <= 0) return undefined;
  const { baseline, current } = runs;
  // Of unequal groups the harmonic mean counts; below three on a side an interval says next to nothing of the spread.
  const size = 2 / (1 / baseline + 1 / current);
  const needed = Math.max(5, Math.ceil(size * (half / room) ** 2));
  return needed > MOST ? undefined : needed;
}
