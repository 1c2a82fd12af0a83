import { ascending, percentile } from '../../analysis/statistics/percentile.ts';

/**
 * Of as many values as it takes, any two samples of five from one distribution: the least and the greatest of the first hold the median of the
 * second in 5 of 6 cases, whatever the distribution is. Outside it lies where the three smallest (or greatest) of all ten are of the
 * second: C(7, 2) of C(10, 5) orders each, 2 · 21 / 252 (Gibbons and Chakraborti, Nonparametric Statistical Inference, section 6.4).
 */
export const PREDICTED_SHARE = 5 / 6;
/** Of each of the two. */
export const SAMPLE = 5;

export interface Prediction {
  least: number;
  greatest: number;
  /** Of the next five. */
  median: number;
  holds: boolean;
}

/** @param values in the order in which they were measured; undefined where there are not ten */
export function predictionOf(values: readonly number[]): Prediction | undefined {
  if (values.length < 2 * SAMPLE) return undefined;
  const first = values.slice(0, SAMPLE);
  const median = percentile(ascending(values.slice(SAMPLE, 2 * SAMPLE)), 0.5) as number;
  const [least, greatest] = [Math.min(...first), Math.max(...first)];
  return { least, greatest, median, holds: median >= least && median <= greatest };
}
