/** One proof of `npm run test:statistics`: thousands of simulated comparisons whose truth is known, and what is promised of them. */
import { clopperPearson } from '../../analysis/statistics/clopper-pearson.ts';
import { type Column, markdownTable } from '../../analysis/text/markdown-table.ts';

export interface ProofOptions {
  /** Fewer comparisons: the form that runs in `.ci/run`. */
  short: boolean;
  seed: number;
}

/** So often out of n. */
export interface Share {
  hits: number;
  n: number;
}

export interface Promised extends Share {
  /** E.g. `nothing changed, spread 5 %: something is called worse`. */
  what: string;
  atMost?: number;
  atLeast?: number;
}

export interface Found {
  tables: Array<{ about: string; columns: readonly Column[]; rows: string[][] }>;
  promises: Promised[];
}

export interface Proof {
  /** A word to pick it by: `npm run test:statistics -- detect`. */
  name: string;
  /** The question that it answers, as a heading. */
  title: string;
  run(options: ProofOptions): Found;
}

/** How far the end of the 95 % interval may lie beyond what is promised. */
const BEYOND = 0.01;

/** In the short form a promise is broken only where the whole interval is beyond it: few comparisons prove no more. */
export function isKept({ hits, n, atMost = 1, atLeast = 0 }: Promised, short: boolean): boolean {
  const [low, high] = clopperPearson(hits, n) ?? [0, 1];
  if (short) return low <= atMost && high >= atLeast;
  const share = hits / n;
  const fewEnough = atMost === 1 || (share <= atMost && high <= atMost + BEYOND);
  return fewEnough && (atLeast === 0 || (share >= atLeast && low >= atLeast - BEYOND));
}

/** `3.4 %` */
export function percent({ hits, n }: Share): string {
  return `${((100 * hits) / n).toFixed(1)} %`;
}

/** `2.9–4.0 %`: exact 95 % interval. */
export function intervalText({ hits, n }: Share): string {
  const [low, high] = clopperPearson(hits, n) ?? [0, 1];
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`;
}

const PROMISES: readonly Column[] = [
  ['Promised', 'left'],
  ['', 'left'],
  ['Found', 'right'],
  ['95 % interval', 'right'],
  ['n', 'right'],
  ['', 'left'],
];

export function promiseTable(promises: readonly Promised[], short: boolean): string {
  const limit = ({ atMost, atLeast }: Promised) =>
    atMost === undefined ? `≥ ${100 * (atLeast ?? 0)} %` : `≤ ${100 * atMost} %`;
  return markdownTable(
    PROMISES,
    promises.map((promise) => [
      promise.what,
      limit(promise),
      percent(promise),
      intervalText(promise),
      String(promise.n),
      isKept(promise, short) ? 'ok' : '**not kept**',
    ]),
  );
}
