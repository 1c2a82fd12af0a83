import type { VitalName } from '../run/samples.ts';

/**
 * Limits of good and poor, in ms (CLS: no unit); a value equal to a limit is on its better side.
 * https://web.dev/articles/vitals#core-web-vitals, https://web.dev/articles/fcp, https://web.dev/articles/ttfb
 */
export const VITAL_LIMITS: Record<VitalName, readonly [good: number, poor: number]> = {
  LCP: [2500, 4000],
  CLS: [0.1, 0.25],
  INP: [200, 500],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
};

export function rateVital(name: VitalName, value: number): 'good' | 'needs-improvement' | 'poor' {
  const [good, poor] = VITAL_LIMITS[name];
  if (value <= good) return 'good';
  return value <= poor ? 'needs-improvement' : 'poor';
}
