import { normalTail, Z_95 } from './normal.ts';
import { ranks } from './ranks.ts';
import { theilSen } from './theil-sen.ts';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  s: number;
  /** Variance of S if there is no trend, with ties and autocorrelation. */
  variance: number;
  /** Two-sided. */
  p: number;
}

/**
 * Does a series rise or fall as a whole? Mann–Kendall's test with the variance of Hamed & Rao, J. Hydrol. 204 (1998) 182–196
 * (https://doi.org/10.1016/S0022-1694(97)00125-X): neighbours that are alike make S vary more. Autocorrelations of the ranks,
 * without the trend (Theil–Sen), count where they are significant at 5 %.
 *
 * Theirs may shrink the variance too, even below 0, where autocorrelations are negative; here it never falls below that of
 * independent values: a test for drift should not become surer by that.
 *
 * @param values in the order of time, evenly spaced; 20 or more, for the distribution of S is taken to be normal
 * @returns null: fewer than four values
 */
export function mannKendall(values: readonly number[]): MannKendall | null {
  const n = values.length;
  if (n < 4) return null;
  let s = 0;
  for (const [at, value] of values.entries())
    for (let later = at + 1; later < n; later += 1) s += Math.sign((values[later] as number) - value);
  const term = (count: number) => count * (count - 1) * (2 * count + 5);
  const tied = ranks(values).tied.reduce((sum, count) => sum + term(count), 0);
  const variance = ((term(n) - tied) / 18) * Math.max(1, correction(values));
  const z = variance > 0 ? Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance) : 0;
  return { s, variance, p: Math.min(1, 2 * normalTail(z)) };
}

/** Fewer values say nothing of how alike neighbours are. */
const FEWEST_FOR_INFLATION = 8;
/** Beyond it nothing is known of a trend. */
const MOST_ALIKE = 0.95;

/**
 * How many times as much S varies as of independent values: where neighbours are alike, significantly at 5 %, by Hamed &
 * Rao, and at least as much as of an autoregressive series of their correlation. That of few values is too small;
 * it is corrected by the bias that remains after a mean and a trend were taken out, −(2 + 4ρ) ÷ n (Marriott & Pope,
 * Biometrika 41 (1954) 390–402). Else once: of hundreds of correlations some are significant by chance.
 */
export function inflation(values: readonly number[]): number {
  const n = values.length;
  const seen = detrendedCorrelations(values);
  const [next = 0] = seen;
  if (n < FEWEST_FOR_INFLATION || next <= Z_95 / Math.sqrt(n)) return 1;
  const alike = Math.min(MOST_ALIKE, (next + 2 / n) / (1 - 4 / n));
  const powers = seen.map((_, at) => alike ** (at + 1));
  return Math.max(1, byHamedAndRao(n, seen), ofCorrelations(n, powers));
}

function correction(values: readonly number[]): number {
  return byHamedAndRao(values.length, detrendedCorrelations(values));
}

function byHamedAndRao(n: number, correlations: readonly number[]): number {
  return ofCorrelations(
    n,
    correlations.map((one) => (Math.abs(one) > Z_95 / Math.sqrt(n) ? one : 0)),
  );
}

/** Equation 15 of Hamed & Rao. */
function ofCorrelations(n: number, correlations: readonly number[]): number {
  const sum = correlations.reduce((all, one, at) => {
    const lag = at + 1;
    return all + (n - lag) * (n - lag - 1) * (n - lag - 2) * one;
  }, 0);
  return 1 + (2 * sum) / (n * (n - 1) * (n - 2));
}

/** Of the ranks, without the trend, by lag, 1 the first; none where all are equal. */
function detrendedCorrelations(values: readonly number[]): number[] {
  const n = values.length;
  const slope = theilSen(values.map((value, at) => [at, value]))?.slope ?? 0;
  const centred = ranks(values.map((value, at) => value - slope * (at + 1))).ranks.map(
    (rank) => rank - (n + 1) / 2,
  );
  const power = centred.reduce((sum, rank) => sum + rank ** 2, 0);
  if (power === 0) return [];
  return Array.from({ length: Math.max(0, n - 3) }, (_, index) => {
    const lag = index + 1;
    let product = 0;
    for (let at = lag; at < n; at += 1) product += (centred[at] as number) * (centred[at - lag] as number);
    return product / power;
  });
}
