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
  const deals = new Float64Array(Math.min(2 ** rounds, MOST_DEALS) * columns.length);
  let next = 0;
  for (const flips of waysToFlip(rounds, seed)) {
    for (const column of columns) {
      deals[next] = statistic(column, flips);
      next += 1;
    }
  }
  const tails = bothTails(
    deals,
    metrics.map(({ worse }) => worse),
  );
  const asObserved = new Uint8Array(Math.ceil(rounds / 8));
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

/** Sums of eight rounds each, by the byte that says which of them are flipped; how many differences there are, of how many rounds. */
interface Column {
  sums: Float64Array[];
  n: number;
  rounds: number;
  squares: number;
}

function columnOf(differences: ReadonlyArray<number | null>): Column {
  const there = differences.filter((value): value is number => value !== null && Number.isFinite(value));
  const values = differences.map((value) => (value !== null && Number.isFinite(value) ? value : 0));
  const sums: Float64Array[] = [];
  for (let from = 0; from < values.length; from += 8) sums.push(sumsOf(values.slice(from, from + 8)));
  return {
    sums,
    n: there.length,
    rounds: values.length,
    squares: there.reduce((sum, value) => sum + value ** 2, 0),
  };
}

function sumsOf(values: readonly number[]): Float64Array {
  return Float64Array.from({ length: 256 }, (_, byte) =>
    values.reduce((sum, value, at) => sum + ((byte >> at) & 1 ? -value : value), 0),
  );
}

interface Parts {
  n: number;
  mean: number;
  squares: number;
}

function parts({ sums, n, squares }: Column, flips: Uint8Array): Parts {
  let sum = 0;
  for (let at = 0; at < flips.length; at += 1)
    sum += (sums[at] as Float64Array)[flips[at] as number] as number;
  const mean = sum / n;
  return { n, mean, squares: Math.max(0, squares - n * mean ** 2) };
}

function statistic(column: Column, flips: Uint8Array): number {
  const { n, mean, squares } = parts(column, flips);
  return n > 0 && canDecide(n, column.rounds) ? moderatedT(mean, squares, n - 1, n) : Number.NaN;
}

/**
 * Which rounds are flipped, one bit each, none of them (as observed) first: all 2^n ways, or beyond `MOST_DEALS` a random choice.
 * One array, which each step fills again.
 */
function* waysToFlip(rounds: number, seed: number): Generator<Uint8Array> {
  const flips = new Uint8Array(Math.ceil(rounds / 8));
  const all = 2 ** rounds <= MOST_DEALS;
  const random = seededRandom(seed);
  for (let way = 0; way < (all ? 2 ** rounds : MOST_DEALS); way += 1) {
    // Bits beyond the last round flip nothing.
    for (let at = 0; at < flips.length; at += 1)
      flips[at] = all ? way >> (8 * at) : way === 0 ? 0 : random.int(0, 255);
    yield flips;
  }
}
