import { betaQuantile, incompleteBeta } from './beta-distribution.ts';

/** Student's distribution, by the beta distribution that it is made of (https://dlmf.nist.gov/8.17). */

/** Chance of |t| or more on both sides together; 1 at t = 0, also without a degree of freedom. */
export function bothTailsOfT(t: number, freedom: number): number {
  if (t === 0 || Number.isNaN(t) || freedom <= 0) return 1;
  return Number.isFinite(t) ? incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) : 0;
}

/** The t that is exceeded on one side with the chance `tail`, 0 < tail ≤ 0.5. */
export function quantileOfT(tail: number, freedom: number): number {
  const x = betaQuantile(2 * tail, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}

/** Interval of a normally distributed estimate with its standard error; both ends are open without a degree of freedom. */
export function interval(
  estimate: number,
  error: number,
  freedom: number,
  confidence: number,
): [low: number | null, high: number | null] {
  if (!Number.isFinite(estimate) || !(freedom > 0)) return [null, null];
  const half = quantileOfT((1 - confidence) / 2, freedom) * error;
  return [estimate - half, estimate + half];
}
