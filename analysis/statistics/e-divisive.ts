import { type Random, seededRandom } from '../../fixtures/data/random.ts';

/** Where the distribution of a series changes. */
export interface ChangePoint {
  /** Index of the first value after the change. */
  at: number;
  /** How likely a series without this change has one as clear. */
  p: number;
  /** Mean of the values up to the next change point, less the mean since the one before: of logarithms, a logarithm. */
  difference: number;
}

/** A change point is reported up to this p: of series that never change, this share has one by chance. */
const SIGNIFICANCE = 0.01;
const PERMUTATIONS = 999;

/** Sums in another order differ in their last digits. */
const ROUNDING = 1e-9;

/**
 * Change points of a series by E-divisive (Matteson & James, JASA 109 (2014) 334–345, https://arxiv.org/abs/1306.4933), as Apache
 * Otava and MongoDB find performance changes: divide where the energy distance of both parts is largest, and again within
 * the parts, as long as not more than 1 % of 999 permutations within the parts divide as clearly.
 *
 * @param values in the order of time. Two values after a change are the fewest that can show it
 * @param seed of the permutations
 * @returns in the order of time
 */
export function eDivisive(values: readonly number[], seed = 1): ChangePoint[] {
  const random = seededRandom(seed);
  const found: Array<{ at: number; p: number }> = [];
  for (;;) {
    const ends = [0, ...found.map(({ at }) => at).sort((a, b) => a - b), values.length];
    const parts = ends.slice(1).map((end, part) => Float64Array.from(values.slice(ends[part], end)));
    const splits = parts.map((part, at) => ({ ...largestSplit(part), from: ends[at] as number }));
    const best = splits.reduce((a, b) => (b.q > a.q ? b : a));
    const p = chanceOf(best.q, parts, random);
    if (p > SIGNIFICANCE) break;
    found.push({ at: best.from + best.at, p });
  }
  found.sort((a, b) => a.at - b.at);
  return found.map(({ at, p }, index) => {
    const [before, after] = [found[index - 1]?.at ?? 0, found[index + 1]?.at ?? values.length];
    return { at, p, difference: mean(values.slice(at, after)) - mean(values.slice(before, at)) };
  });
}

/**
 * Where a series divides most clearly: the largest scaled energy distance between values[0 … at) and values[at … end), over all `at`
 * and `end` (equation 7 of Matteson & James, with distances to the power of 1).
 *
 * @returns q is 0 where nothing can be divided
 */
export function largestSplit(values: ArrayLike<number>): { at: number; q: number } {
  let [best, clearest] = [0, 0];
  // Sums of distances of all pairs within values[from … end), per `from`, and within values[0 … end), per `end`.
  const within = new Float64Array(values.length + 1);
  const first = new Float64Array(values.length + 1);
  for (let end = 1; end <= values.length; end += 1) {
    const last = values[end - 1] as number;
    let sum = 0;
    for (let from = end - 2; from >= 0; from -= 1) {
      sum += Math.abs((values[from] as number) - last);
      within[from]! += sum;
    }
    first[end] = within[0] as number;
    for (let at = 1; at < end; at += 1) {
      const [n, m] = [at, end - at];
      const [left, right] = [first[at] as number, within[at] as number];
      const across = (first[end] as number) - left - right;
      const inside = (n > 1 ? (m * left) / (n - 1) : 0) + (m > 1 ? (n * right) / (m - 1) : 0);
      const q = (2 / end) * (across - inside);
      if (q > clearest) [best, clearest] = [at, q];
    }
  }
  return { at: best, q: clearest };
}

/** Share of permutations within the parts that divide as clearly; no more of them than it takes to see that it is too large. */
function chanceOf(q: number, parts: readonly Float64Array[], random: Random): number {
  let clear = 1;
  for (let made = 0; made < PERMUTATIONS && clear <= SIGNIFICANCE * (PERMUTATIONS + 1); made += 1) {
    const largest = Math.max(...parts.map((part) => largestSplit(shuffle(part, random)).q));
    if (largest >= q - ROUNDING * Math.max(1, q)) clear += 1;
  }
  return clear / (PERMUTATIONS + 1);
}

/** In place: Fisher & Yates. */
function shuffle(values: Float64Array, random: Random): Float64Array {
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = random.int(0, at);
    [values[at], values[other]] = [values[other] as number, values[at] as number];
  }
  return values;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
