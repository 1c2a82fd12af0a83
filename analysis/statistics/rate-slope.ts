import { Z_95 } from './normal.ts';

/** How a share of failures changes over time. */

/** What happened in one part of the time: how often was tried, and how often that failed. */
export interface RatePart {
  /** Its middle; in any unit of time. */
  t: number;
  tried: number;
  failed: number;
}

/**
 * Slope of the line through all outcomes (0 or 1 each, at the middle of their part) by least squares, per unit of `t`, and its
 * 95 % interval by the sandwich estimator with the parts as clusters, so that failures which come in bursts make it wider
 * (Liang and Zeger 1986, https://doi.org/10.1093/biomet/73.1.13; times √(m ÷ (m − 2)) for few parts). A slope through the
 * medians of pairs would not do: most parts of a low rate have no failure at all, and it is 0 however the others grow.
 * undefined: fewer than three parts, or all at one moment.
 */
export function rateSlope(
  parts: readonly RatePart[],
): { slope: number; interval: [low: number, high: number] } | undefined {
  const counted = parts.filter(({ tried }) => tried > 0);
  const sum = (of: (part: RatePart) => number) => counted.reduce((total, part) => total + of(part), 0);
  const all = sum(({ tried }) => tried);
  if (counted.length < 3) return undefined;
  const middle = sum(({ t, tried }) => t * tried) / all;
  const mean = sum(({ failed }) => failed) / all;
  const spread = sum(({ t, tried }) => tried * (t - middle) ** 2);
  if (spread === 0) return undefined;
  const slope = sum(({ t, failed }) => (t - middle) * failed) / spread;
  const meat = sum(
    ({ t, tried, failed }) => ((t - middle) * (failed - tried * (mean + slope * (t - middle)))) ** 2,
  );
  const few = Math.sqrt(counted.length / (counted.length - 2));
  const half = (Z_95 * few * Math.sqrt(meat)) / spread;
  return { slope, interval: [slope - half, slope + half] };
}
