/**
 * The published limits of the Web Vitals, judged at p75: up to the first *good*, up to the second *needs
 * improvement*, above it *poor*. ms; CLS has no unit.
 * Sources: https://web.dev/articles/lcp, …/cls, …/inp, …/fcp, …/ttfb
 *
 * TBT is no Web Vital but stands beside them. Its limits are those of a lab's page load (good up to 200:
 * https://web.dev/articles/tbt; poor above 600:
 * https://developer.chrome.com/docs/lighthouse/performance/lighthouse-total-blocking-time).
 */
import { VITAL_NAMES, type VitalName } from '../../config/vitals.ts';

export type Rating = 'good' | 'needs-improvement' | 'poor';

export const VITAL_LIMITS: Record<VitalName, readonly [good: number, poor: number]> = {
  LCP: [2500, 4000],
  CLS: [0.1, 0.25],
  INP: [200, 500],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
  TBT: [200, 600],
};

/** Those that completeness is a share of. */
export const WEB_VITALS = VITAL_NAMES.filter((name) => name !== 'TBT');

export function rateVital(name: VitalName, value: number): Rating;
export function rateVital(name: VitalName, value: number | null): Rating | null;
export function rateVital(name: VitalName, value: number | null): Rating | null {
  if (value === null) return null;
  const [good, poor] = VITAL_LIMITS[name];
  if (value <= good) return 'good';
  return value <= poor ? 'needs-improvement' : 'poor';
}
