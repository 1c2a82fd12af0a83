/**
 * Confidence interval of a quantile from order statistics, free of any assumption about the distribution
 * (Conover, Practical Nonparametric Statistics, 3rd ed., §3.2; Hahn & Meeker, Statistical Intervals, §5.2).
 *
 * Of n values the number below the true p-quantile is binomial(n, p). The lower limit is the largest order
 * statistic l with P(B < l) ≤ α/2, the upper one the smallest u with P(B ≥ u) ≤ α/2. Where n is too small for
 * such an order statistic to exist, that end is open: null. For a p95 at 95 % the upper end needs n ≥ 72.
 */
export function quantileInterval(
  sorted: ArrayLike<number>,
  p: number,
  confidence = 0.95,
): [number | null, number | null] {
  const { lower, upper } = intervalRanks(sorted.length, p, confidence);
  return [
    lower === null ? null : (sorted[lower - 1] as number),
    upper === null ? null : (sorted[upper - 1] as number),
  ];
}

/** 1-based ranks of the two order statistics, null where the interval is open. */
export function intervalRanks(
  n: number,
  p: number,
  confidence = 0.95,
): { lower: number | null; upper: number | null } {
  if (n === 0) return { lower: null, upper: null };
  const tail = (1 - confidence) / 2;
  const { first, mass } = binomial(n, p);
  let below = 0; // P(B < k)
  let lower: number | null = null;
  for (let k = first; k <= n; k += 1) {
    if (below > tail) break;
    if (k >= 1) lower = k;
    below += mass[k - first] ?? 0;
  }
  let above = 0; // P(B ≥ k)
  let upper: number | null = null;
  for (let k = Math.min(n, first + mass.length); k >= 1; k -= 1) {
    above += mass[k - first] ?? 0;
    if (above > tail) break;
    upper = k;
  }
  return { lower, upper };
}

/**
 * The binomial's probabilities from `first` on, without factorials: ratios of neighbours from the mode outwards
 * until they no longer count, then scaled to a sum of 1. Exact to rounding for n of millions.
 */
function binomial(n: number, p: number): { first: number; mass: Float64Array } {
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const up: number[] = [];
  for (let k = mode, m = 1; k < n && m > 1e-25; k += 1) {
    m *= ((n - k) / (k + 1)) * odds;
    up.push(m);
  }
  const down: number[] = [];
  for (let k = mode, m = 1; k > 0 && m > 1e-25; k -= 1) {
    m *= k / ((n - k + 1) * odds);
    down.push(m);
  }
  const mass = Float64Array.from([...down.reverse(), 1, ...up]);
  const total = mass.reduce((sum, m) => sum + m, 0);
  return { first: mode - down.length, mass: mass.map((m) => m / total) };
}
