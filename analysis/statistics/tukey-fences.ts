import { percentile } from './percentile.ts';

/** Fewer values have no quartiles worth the name. */
const MIN_VALUES = 4;

/**
 * Tukey's inner fences, 1.5 interquartile ranges beyond the quartiles (Tukey, Exploratory Data Analysis, 1977, §2C): of
 * normally distributed values 0.7 % lie beyond them. Quartiles by the same rule as every percentile here (type 7).
 *
 * @param sorted values in ascending order
 * @returns null with fewer than four values
 */
export function tukeyFences(sorted: ArrayLike<number>): [low: number, high: number] | null {
  if (sorted.length < MIN_VALUES) return null;
  const [q1, q3] = [percentile(sorted, 0.25) as number, percentile(sorted, 0.75) as number];
  const reach = 1.5 * (q3 - q1);
  return [q1 - reach, q3 + reach];
}
