import { normalTail } from './normal.ts';
import { ranks } from './ranks.ts';

export interface MannWhitney {
  /** Number of pairs in which the value of `b` is the larger one; equal pairs count half. */
  u: number;
  /** Two-sided: how likely U is as far from its mean, or farther, if both come from one distribution. */
  p: number;
}

/** Up to this many pairs without ties the distribution of U is counted out. */
const MOST_PAIRS = 400;

/**
 * Mann & Whitney, Ann. Math. Statist. 18 (1947) 50–60 (https://doi.org/10.1214/aoms/1177730491): do the values of one sample tend
 * to be larger? Exact for few pairs without ties; else by the normal distribution with the variance for ties and a correction
 * for continuity (Lehmann, Nonparametrics, 1975, §1.4). Where all values are equal p is 1.
 *
 * @returns null: one sample is empty
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney | null {
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0) return null;
  const { ranks: all, tied } = ranks([...a, ...b]);
  const sum = all.slice(m).reduce((total, rank) => total + rank, 0);
  const u = sum - (n * (n + 1)) / 2;
  const far = Math.max(u, m * n - u);
  if (m * n <= MOST_PAIRS && tied.every((count) => count === 1)) {
    const ways = distribution(m, n);
    const total = ways.reduce((all, count) => all + count, 0);
    const tail = ways.slice(far).reduce((all, count) => all + count, 0);
    return { u, p: Math.min(1, (2 * tail) / total) };
  }
  const ties = tied.reduce((total, count) => total + count ** 3 - count, 0);
  const variance = ((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  if (!(variance > 0)) return { u, p: 1 };
  return { u, p: Math.min(1, 2 * normalTail((far - (m * n) / 2 - 0.5) / Math.sqrt(variance))) };
}

/** In how many orders of m and n values U is 0, 1, …, m·n: the coefficients of a Gaussian binomial. */
function distribution(m: number, n: number): Float64Array {
  const ways = new Float64Array(m * n + 1);
  ways[0] = 1;
  for (let k = 1; k <= n; k += 1) {
    // Times 1 − q^(m + k) …
    for (let u = m * n; u >= m + k; u -= 1) ways[u]! -= ways[u - m - k] as number;
    // … divided by 1 − q^k.
    for (let u = k; u <= m * n; u += 1) ways[u]! += ways[u - k] as number;
  }
  return ways;
}
