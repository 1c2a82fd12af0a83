/** Figures whose truth is known: logarithms of six metrics of runs that differ by chance, by one kind of it. */
import type { Change } from '../../analysis/statistics/joint-permutation.ts';
import type { Column } from '../../analysis/text/markdown-table.ts';
import { isBeyond } from '../../compare/scale.ts';
import type { Random } from '../../fixtures/data/random.ts';

/** Each metric's standard deviation of the logarithm between runs of one thing. */
export const METRICS = 6;
/** Part of the variance that all metrics of a run share: a slow minute is slow for all. */
const SHARED = 0.3;
/** The least change that matters. */
const THRESHOLD = 0.1;
export const EFFECTS = [0, 0.05, 0.1, 0.2, 0.5];

/** Numbers of mean 0 and standard deviation 1, one a call. */
type Chance = () => number;
export interface Shape {
  name: string;
  of(random: Random): Chance;
}

export const NORMAL: Shape = { name: 'normal', of: (random) => random.normal };
/** Exponential: skewness 2. */
export const SKEWED: Shape = { name: 'skewed', of: (random) => () => -Math.log(1 - random.next()) - 1 };
/** Student's with three degrees of freedom, whose variance is 3. */
export const HEAVY: Shape = {
  name: 'heavy-tailed',
  of: (random) => () => {
    const square = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
    return random.normal() / Math.sqrt(square);
  },
};
/** Each number has this correlation with the one before. */
export function autocorrelated(rho: number): Shape {
  return {
    name: `autocorrelated, ${rho}`,
    of: (random) => {
      let last = random.normal();
      return () => {
        last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
        return last;
      };
    },
  };
}

export interface World {
  shape: Shape;
  spreads: readonly number[];
  name: string;
}

export function world(shape: Shape, ...spreads: number[]): World {
  const all = Array.from({ length: METRICS }, (_, at) => spreads[at % spreads.length] as number);
  return {
    shape,
    spreads: all,
    name: [...new Set(spreads)].map((spread) => `${Math.round(100 * spread)} %`).join(', '),
  };
}

/** Runs of one thing, one a call: a logarithm per metric. */
export function runsOf({ shape, spreads }: World, random: Random): () => number[] {
  const shared = shape.of(random);
  const own = spreads.map(() => shape.of(random));
  return () => {
    const together = shared();
    return spreads.map(
      (spread, at) => spread * (Math.sqrt(SHARED) * together + Math.sqrt(1 - SHARED) * (own[at] as Chance)()),
    );
  };
}

export function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

export function effectName(effect: number): string {
  return effect === 0 ? 'no change' : `+${Math.round(100 * effect)} %`;
}

export const WORLD_COLUMNS: readonly Column[] = [
  ['Spread', 'left'],
  ['Distribution', 'left'],
];

export function worldCells({ name, shape }: World): string[] {
  return [name, shape.name];
}

export type Word = 'worse' | 'better' | 'same' | 'unclear';

/** What a metric is called (docs/statistics.md). */
export function wordOf({ difference, interval, worse, better }: Change, alpha: number): Word {
  const isLarge = (value: number | null) => isBeyond({ kind: 'ratio' }, value as number, THRESHOLD);
  if (worse.adjusted <= alpha && isLarge(difference)) return 'worse';
  if (better.adjusted <= alpha && isLarge(difference)) return 'better';
  return interval.some(isLarge) ? 'unclear' : 'same';
}
