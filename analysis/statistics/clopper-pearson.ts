import { betaQuantile } from './beta-distribution.ts';

/**
 * Exact interval of a share (Clopper & Pearson, Biometrika 26 (1934) 404–413, https://doi.org/10.1093/biomet/26.4.404): its
 * ends are quantiles of beta distributions, and neither end misses the true share more often than (1 − confidence) ÷ 2,
 * however few the hits are. Intervals that are exact on the average only (Wilson's) miss it far more often at few hits.
 *
 * @returns shares, 0–1; null when n is 0
 */
export function clopperPearson(hits: number, n: number, confidence = 0.95): [number, number] | null {
  if (n === 0) return null;
  const tail = (1 - confidence) / 2;
  // The upper end is the lower one of what did not hit.
  return [lowerEnd(hits, n, tail), 1 - lowerEnd(n - hits, n, tail)];
}

/** The share at which this many hits, or more, have just the probability `tail`. */
function lowerEnd(hits: number, n: number, tail: number): number {
  if (hits === 0) return 0;
  if (hits === n) return tail ** (1 / n);
  return betaQuantile(tail, hits, n - hits + 1);
}
