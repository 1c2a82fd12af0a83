/**
 * The published limits of the Web Vitals, held at p75: up to the first *good*, up to the second *needs
 * improvement*, above it *poor*. ms; CLS has no unit.
 * Sources: https://web.dev/articles/lcp, …/cls, …/inp, …/fcp, …/ttfb
 */
import type { VitalName } from './samples.ts';

export type Rating = 'good' | 'needs-improvement' | 'poor';

export const VITAL_LIMITS: Record<VitalName, readonly [good: number, poor: number]> = {
  LCP: [2500, 4000],
  CLS: [0.1, 0.25],
  INP: [200, 500],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
};

export const VITAL_NAMES = Object.keys(VITAL_LIMITS) as VitalName[];

export function rateVital(name: VitalName, value: number): Rating;
export function rateVital(name: VitalName, value: number | null): Rating | null;
export function rateVital(name: VitalName, value: number | null): Rating | null {
  if (value === null) return null;
  const [good, poor] = VITAL_LIMITS[name];
  if (value <= good) return 'good';
  return value <= poor ? 'needs-improvement' : 'poor';
}
