/** The Web Vitals, and beside them TBT, what blocks the main thread: docs/measuring.md. */
export const VITAL_NAMES = ['LCP', 'CLS', 'INP', 'FCP', 'TTFB', 'TBT'] as const;
export type VitalName = (typeof VITAL_NAMES)[number];
