/** What all rules share: what they read, how much of it they need, and how gains are reckoned. */

import { ascending, percentile } from '../statistics/percentile.ts';
import type { Advice } from '../summary/advice.ts';
import type { LoggedCall, LoggedPass } from '../summary/advice-evidence.ts';
import type { Observations } from '../summary/observations.ts';
import type { Summary } from '../summary/summary.ts';

/** Advice without its rule's name. Empty: this run shows nothing of the kind, or too little. */
export type Rule = (seen: Advised) => Array<Omit<Advice, 'rule'>>;

/** What was seen, what the environment's entry says of the target, and the goals that the run shows. */
export type Advised = Observations &
  Pick<Summary, 'deployment'> & { ofGoals: ReadonlyArray<{ metric: string; goal: number }> };

/** As gates on p95 (analysis/judge/judge-limit.ts): with fewer a percentile is the maximum by another name. */
export const FEWEST = 20;
/** Passes of a step that show a pattern of calls, which is the same each time and no matter of chance. */
export const FEWEST_PASSES = 10;
/** A pattern is one that most passes have. */
export const MOST_PASSES = 0.5;

export function quantile(values: readonly number[], p: number): number {
  return percentile(ascending(values), p) ?? 0;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What would be saved if all were as quick as the quickest quarter already is: evidence of the run itself. ms */
export function aboveQuickest(values: readonly number[]): number {
  const quick = quantile(values, 0.25);
  return sum(values.map((value) => Math.max(0, value - quick)));
}

/** For a sentence: the figures beside it are exact. @param share 0–1 */
export function roughly(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function took({ sent, ended }: LoggedCall): number {
  return ended - sent;
}

export function wasRead({ method, served }: LoggedCall): boolean {
  return method === 'GET' && served;
}

/** Passes by step, of steps that have at least this number. */
export function passesByStep(
  passes: readonly LoggedPass[],
  fewest: number,
): Array<[step: string, passes: LoggedPass[]]> {
  return [...Map.groupBy(passes, ({ step }) => step)].filter(([, own]) => own.length >= fewest);
}

/** Of each step and each operation that it calls: what a rule finds in the passes, if anything. */
export function ofEachOperation(
  passes: readonly LoggedPass[],
  find: (
    step: string,
    operation: string,
    own: readonly LoggedPass[],
  ) => Omit<Advice, 'rule' | 'about' | 'of' | 'page'> | undefined,
): ReturnType<Rule> {
  return passesByStep(passes, FEWEST_PASSES).flatMap(([step, own]) => {
    const operations = new Set(own.flatMap(({ calls }) => calls.map(({ operation }) => operation)));
    return [...operations].flatMap((operation) => {
      const found = find(step, operation, own);
      return found === undefined ? [] : [{ about: step, of: 'passes', ...found, ...pageOf(own) }];
    });
  });
}

/** A pattern that `n` of `all` passes have: enough of them, and most. */
export function isPattern(n: number, all: number): boolean {
  return n >= FEWEST_PASSES && n >= MOST_PASSES * all;
}

/** Of the page that most of them were on. */
export function pageOf(all: ReadonlyArray<{ page?: string }>): { page?: string } {
  const known = all.flatMap(({ page }) => (page === undefined ? [] : [page]));
  const [most] = [...Map.groupBy(known, (page) => page)].sort(([, a], [, b]) => b.length - a.length);
  return most ? { page: most[0] } : {};
}

const MOST_IDS = 3;

/** Of the slowest of them. */
export function idsOf(calls: readonly LoggedCall[]): { requestIds?: string[] } {
  const slowest = [...calls].sort((one, other) => took(other) - took(one));
  const ids = slowest.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId]));
  return ids.length > 0 ? { requestIds: ids.slice(0, MOST_IDS) } : {};
}
