import { seededRandom } from '../../fixtures/data/random.ts';
import { bothTails, type Change, canDecide, MOST_DEALS, type Worse } from './joint-permutation.ts';
import { moderatedT } from './moderated-t.ts';
import { interval } from './student-t.ts';

/** One metric of rounds in which A and B were measured beside each other. */
export interface RoundDifferences {
  name: string;
  worse: Worse;
  /** ln(B) − ln(A) of each round, null where a side has no value; the same rounds in the same order for all metrics. */
  differences: ReadonlyArray<number | null>;
}

/**
 * Compares two sides that were measured beside each other in rounds, in all metrics at once. If nothing changed, A and B
 * could as well have been named the other way round in each round: p is the share of the 2^n ways to name them that are as far
 * out as the one observed (Fisher, The Design of Experiments, 1935, §21). A round is flipped with all of its metrics; of a
 * metric that more than a quarter of the rounds lack p is 1. With five rounds p is 1/32 at least. The interval is Student's, of the rounds' differences.
 *
 * @param seed of the random choice where there are more than 20 000 ways (from 15 rounds on)
 * @returns per metric, in their order
 * @throws RangeError: no rounds, or metrics of different numbers of rounds
 */
export function signFlips(metrics: readonly RoundDifferences[], seed = 1, confidence = 0.95): Change[] {
  const first = metrics[0];
  if (first === undefined) return [];
  const rounds = first.differences.length;
  if (rounds === 0) throw new RangeError(`${first.name}: there are no rounds`);
  const odd = metrics.find(({ differences }) => differences.length !== rounds);
  if (odd !== undefined)
    throw new RangeError(
      `${odd.name}: not as many rounds as ${first.name}; use null where a round has no value`,
    );
  const columns = metrics.map(({ differences }) => columnOf(differences));
  const deals: Float64Array[] = [];
  for (const signs of waysToFlip(rounds, seed))
    deals.push(Float64Array.from(columns, (column) => statistic(column, signs)));
  const tails = bothTails(
    deals,
    metrics.map(({ worse }) => worse),
  );
  const asObserved = new Int8Array(rounds).fill(1);
  return metrics.map(({ name }, at) => {
    const { n, mean, squares } = parts(columns[at] as Column, asObserved);
    return {
      name,
      difference: n === 0 ? null : mean,
      interval: interval(mean, Math.sqrt(squares / (n - 1) / n), n - 1, confidence),
      ...(tails[at] as (typeof tails)[number]),
    };
  });
}

/** Differences, 0 for none; how many there are, and the sum of their squares. */
interface Column {
  values: Float64Array;
  n: number;
  squares: number;
}

function columnOf(differences: ReadonlyArray<number | null>): Column {
  const values = Float64Array.from(differences, (value) =>
    value !== null && Number.isFinite(value) ? value : 0,
  );
  const n = differences.filter((value) => value !== null && Number.isFinite(value)).length;
  return { values, n, squares: values.reduce((sum, value) => sum + value ** 2, 0) };
}

interface Parts {
  n: number;
  mean: number;
  squares: number;
}

function parts({ values, n, squares }: Column, signs: Int8Array): Parts {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] as number) * (signs[at] as number);
  const mean = sum / n;
  return { n, mean, squares: Math.max(0, squares - n * mean ** 2) };
}

function statistic(column: Column, signs: Int8Array): number {
  const { n, mean, squares } = parts(column, signs);
  return n > 0 && canDecide(n, column.values.length) ? moderatedT(mean, squares, n - 1, n) : Number.NaN;
}

/**
 * Signs of each round, all positive (as observed) first: all 2^n ways, or beyond `MOST_DEALS` a random choice. One array, which
 * each step fills again.
 */
function* waysToFlip(rounds: number, seed: number): Generator<Int8Array> {
  const signs = new Int8Array(rounds);
  const all = 2 ** rounds <= MOST_DEALS;
  const random = seededRandom(seed);
  for (let way = 0; way < (all ? 2 ** rounds : MOST_DEALS); way += 1) {
    let bits = way;
    for (let at = 0; at < rounds; at += 1) {
      if (!all && way > 0 && at % 32 === 0) bits = random.int(0, 2 ** 32 - 1);
      signs[at] = bits & 1 ? -1 : 1;
      bits >>>= 1;
    }
    yield signs;
  }
}
