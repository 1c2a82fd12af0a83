import { Z_95 } from './normal.ts';
import { ascending, percentile } from './percentile.ts';

export interface Slope {
  /** Change of y for one of x: the median of the slopes between all pairs of points. */
  slope: number;
  /** Its 95 % interval; null with fewer than four points. */
  interval: [low: number, high: number] | null;
}

/**
 * Theil–Sen estimate of a slope: a few wild points do not move it. Interval from the distribution of Kendall's S, with
 * ties taken from its variance (Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968) 1379–1389).
 * @param inflation how much more S varies than of independent values (mann-kendall.ts): the interval widens by its root
 * @returns null with fewer than two different x
 */
export function theilSen(
  points: ReadonlyArray<readonly [x: number, y: number]>,
  inflation = 1,
): Slope | null {
  const slopes: number[] = [];
  for (const [at, [x, y]] of points.entries())
    for (const [laterX, laterY] of points.slice(at + 1))
      if (laterX !== x) slopes.push((laterY - y) / (laterX - x));
  const slope = percentile(ascending(slopes), 0.5);
  if (slope === null) return null;
  const tied = tiesOf(points.map(([x]) => x)) + tiesOf(points.map(([, y]) => y));
  const width = Z_95 * Math.sqrt((inflation * (pairsTerm(points.length) - tied)) / 18);
  const sorted = ascending(slopes);
  const lower = Math.round((sorted.length - width) / 2);
  const upper = Math.round((sorted.length + width) / 2);
  const isOpen = lower < 1 || upper >= sorted.length;
  return { slope, interval: isOpen ? null : [sorted[lower - 1] as number, sorted[upper] as number] };
}

function pairsTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

function tiesOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + pairsTerm(count), 0);
}
