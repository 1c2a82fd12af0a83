/** Medians of what was measured in pairs: what drifts with time drifts in both halves of a pair, and falls out. */
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import { quantileInterval } from '../../analysis/statistics/quantile-interval.ts';

export interface Found {
  n: number;
  median: number;
  /** 95 % interval of the median; null where n is too small for an end of it. */
  interval: [number | null, number | null];
}

export function medianOf(values: readonly number[]): Found {
  const sorted = ascending(values);
  return {
    n: sorted.length,
    median: percentile(sorted, 0.5) ?? Number.NaN,
    interval: quantileInterval(sorted, 0.5),
  };
}

/** Interquartile range. */
export function spreadOf(values: readonly number[]): number {
  const sorted = ascending(values);
  return (percentile(sorted, 0.75) ?? Number.NaN) - (percentile(sorted, 0.25) ?? Number.NaN);
}

/** `200.4 ms (199.8–201.1)`: the median and, where n allows one, its 95 % interval. */
export function described({ median, interval: [low, high] }: Found, digits = 1, unit = ' ms'): string {
  if (Number.isNaN(median)) return 'nothing';
  const range = low === null || high === null ? '' : ` (${low.toFixed(digits)}–${high.toFixed(digits)})`;
  return `${median.toFixed(digits)}${unit}${range}`;
}

/** Whether a median lies that close to what was injected. */
export function isWithin({ median }: Found, injected: number, allowed: number): boolean {
  return Math.abs(median - injected) <= allowed;
}

/** `share` of what was injected, or `least` where that is more. */
export function tolerance(injected: number, share: number, least: number): number {
  return Math.max(share * injected, least);
}

/** How far a time may lie off, how much more above the truth, and how much more below: `± 20 ms`, `− 20 to + 220 ms`. */
export function allowedText(allowed: number, late: number, beside = 0): string {
  const text = (ms: number) => ms.toFixed(0);
  if (late === 0 && beside === 0) return `± ${text(allowed)} ms`;
  return `− ${text(allowed + beside)} to + ${text(allowed + late)} ms`;
}
