/**
 * Percentile of raw values by linear interpolation between order statistics: type 7 of Hyndman & Fan,
 * "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996) 361–365. It is the default of
 * NumPy, R and spreadsheet programs, so that a reader can check a figure with the tool at hand.
 *
 * @param sorted values in ascending order
 * @param p share of the values below, 0–1
 * @returns null when there are no values
 */
export function percentile(sorted: ArrayLike<number>, p: number): number | null {
  const n = sorted.length;
  if (n === 0) return null;
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a percentile is asked for as a share from 0 to 1, not ${p}`);
  const position = (n - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, n - 1)] as number;
  return low + (position - below) * (high - low);
}

/** A copy in ascending order. A typed array sorts by number, and quicker than an array with a comparator. */
export function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}
