import { quantileOfT } from './student-t.ts';

export interface CliffsDelta {
  /** −1 to 1: how much more often a value of `b` is larger than one of `a` than the other way round. */
  delta: number;
  /** 95 %. */
  interval: [low: number, high: number] | null;
}

/**
 * Cliff's δ (Psychol. Bull. 114 (1993) 494–509, https://doi.org/10.1037/0033-2909.114.3.494): the size of a difference that no
 * unit and no outlier changes; from 0.15 on it is called small, from 0.33 medium, from 0.47 large (Romano et al. 2006).
 * Asymmetric interval by Feng & Cliff, J. Mod. Appl. Stat. Methods 3 (2004) 322–332 (https://doi.org/10.22237/jmasm/1099267560),
 * with Student's quantile. The variance is the unbiased one, at least
 * (1 − δ²) ÷ (m·n − 1).
 *
 * @returns null: one sample is empty; the interval is null with fewer than two values on a side
 */
export function cliffsDelta(a: readonly number[], b: readonly number[]): CliffsDelta | null {
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0) return null;
  const rows = a.map((x) => b.reduce((sum, y) => sum + Math.sign(y - x), 0) / n);
  const columns = b.map((y) => a.reduce((sum, x) => sum + Math.sign(y - x), 0) / m);
  const delta = rows.reduce((sum, row) => sum + row, 0) / m;
  if (m < 2 || n < 2) return { delta, interval: null };
  const squares = (means: readonly number[]) => means.reduce((sum, mean) => sum + (mean - delta) ** 2, 0);
  const pairs = a.reduce((sum, x) => sum + squares(b.map((y) => Math.sign(y - x))), 0);
  const unbiased = (n ** 2 * squares(rows) + m ** 2 * squares(columns) - pairs) / (m * n * (m - 1) * (n - 1));
  const variance = Math.max(unbiased, (1 - delta ** 2) / (m * n - 1));
  return { delta, interval: intervalOf(delta, variance, Math.min(m, n), quantileOfT(0.025, m + n - 2)) };
}

function intervalOf(delta: number, variance: number, least: number, t: number): [number, number] {
  if (Math.abs(delta) === 1) {
    const inner = (least - t ** 2) / (least + t ** 2);
    return delta === 1 ? [inner, 1] : [-1, -inner];
  }
  const half = t * Math.sqrt(variance * ((1 - delta ** 2) ** 2 + t ** 2 * variance));
  const ends = [-half, half].map(
    (width) => (delta - delta ** 3 + width) / (1 - delta ** 2 + t ** 2 * variance),
  );
  return [Math.max(-1, ends[0] as number), Math.min(1, ends[1] as number)];
}
