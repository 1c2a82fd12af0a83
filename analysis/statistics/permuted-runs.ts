import { seededRandom } from '../../fixtures/data/random.ts';
import { bothTails, type Change, canDecide, MOST_DEALS, type Worse } from './joint-permutation.ts';
import { moderatedT } from './moderated-t.ts';
import { interval } from './student-t.ts';

/** One metric of two groups of runs: at each place the value of that run, null where the run has none. */
export interface RunValues {
  name: string;
  worse: Worse;
  /** Natural logarithms of a figure; the same runs in the same order for all metrics. */
  baseline: ReadonlyArray<number | null>;
  current: ReadonlyArray<number | null>;
}

/**
 * Compares two groups of runs in all metrics at once. If nothing changed, every way to deal the runs into groups of these
 * sizes was equally likely: p is the share of the ways that are as far out as the one observed (Fisher's permutation test;
 * Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) article 39, https://doi.org/10.2202/1544-6115.1585: the observed
 * one counts). A run is dealt with all of its metrics; of a metric that more than a quarter of the runs lack p is 1. The interval is Student's, of two groups with one variance.
 *
 * @param seed of the random choice where there are more than 20 000 ways
 * @returns per metric, in their order
 * @throws RangeError: no runs on one side, or metrics of different numbers of runs
 */
export function permutedRuns(metrics: readonly RunValues[], seed = 1, confidence = 0.95): Change[] {
  const first = metrics[0];
  if (first === undefined) return [];
  const [before, after] = [first.baseline.length, first.current.length];
  if (before === 0 || after === 0) throw new RangeError(`${first.name}: a side has no runs`);
  const odd = metrics.find(({ baseline, current }) => baseline.length !== before || current.length !== after);
  if (odd !== undefined)
    throw new RangeError(`${odd.name}: not as many runs as ${first.name}; use null where a run has no value`);
  const columns = metrics.map(({ baseline, current }) => columnOf([...baseline, ...current]));
  const deals = new Float64Array(Math.min(binomial(before + after, after), MOST_DEALS) * columns.length);
  let next = 0;
  for (const dealt of waysToDeal(before + after, after, seed)) {
    for (const column of columns) {
      deals[next] = statistic(column, dealt);
      next += 1;
    }
  }
  const observed = Uint32Array.from({ length: after }, (_, at) => before + at);
  const tails = bothTails(
    deals,
    metrics.map(({ worse }) => worse),
  );
  return metrics.map(({ name }, at) => {
    const { difference, squares, freedom, size } = parts(columns[at] as Column, observed);
    return {
      name,
      difference: Number.isFinite(difference) ? difference : null,
      interval: interval(difference, Math.sqrt(squares / freedom / size), freedom, confidence),
      ...(tails[at] as (typeof tails)[number]),
    };
  });
}

/** All values of a metric as distances from their mean (sums of squares stay exact), NaN for none, and their sums. */
interface Column {
  values: Float64Array;
  n: number;
  squares: number;
}

function columnOf(values: ReadonlyArray<number | null>): Column {
  const there = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  return {
    values: Float64Array.from(values, (value) =>
      value === null || !Number.isFinite(value) ? Number.NaN : value - mean,
    ),
    n: there.length,
    squares: there.reduce((sum, value) => sum + (value - mean) ** 2, 0),
  };
}

interface Parts {
  difference: number;
  squares: number;
  freedom: number;
  size: number;
}

/** @param dealt indices of the runs that are dealt to the current side */
function parts({ values, n, squares }: Column, dealt: Uint32Array): Parts {
  let sum = 0;
  let after = 0;
  for (const at of dealt) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    after += 1;
  }
  // All distances add up to 0.
  const difference = sum / after + sum / (n - after);
  const size = (after * (n - after)) / n;
  return { difference, squares: Math.max(0, squares - difference ** 2 * size), freedom: n - 2, size };
}

function statistic(column: Column, dealt: Uint32Array): number {
  const { difference, squares, freedom, size } = parts(column, dealt);
  return size > 0 && canDecide(column.n, column.values.length)
    ? moderatedT(difference, squares, freedom, size)
    : Number.NaN;
}

/** Sets of k of n indices, the last k (as observed) first: all of them, or beyond `MOST_DEALS` a random choice. */
function* waysToDeal(n: number, k: number, seed: number): Generator<Uint32Array> {
  yield Uint32Array.from({ length: k }, (_, at) => n - k + at);
  if (binomial(n, k) <= MOST_DEALS) {
    yield* allButTheLast(n, k);
    return;
  }
  const random = seededRandom(seed);
  const all = Uint32Array.from({ length: n }, (_, at) => at);
  for (let made = 1; made < MOST_DEALS; made += 1) {
    for (let at = 0; at < k; at += 1) {
      const other = random.int(at, n - 1);
      [all[at], all[other]] = [all[other] as number, all[at] as number];
    }
    yield all.slice(0, k);
  }
}

/** In lexicographic order; the last one is n − k … n − 1. */
function* allButTheLast(n: number, k: number): Generator<Uint32Array> {
  const chosen = Uint32Array.from({ length: k }, (_, at) => at);
  while ((chosen[0] as number) < n - k) {
    yield chosen.slice();
    let at = k - 1;
    while ((chosen[at] as number) === n - k + at) at -= 1;
    chosen[at]! += 1;
    for (let next = at + 1; next < k; next += 1) chosen[next] = (chosen[next - 1] as number) + 1;
  }
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let at = 1; at <= k; at += 1) ways = (ways * (n - k + at)) / at;
  return Math.round(ways);
}
