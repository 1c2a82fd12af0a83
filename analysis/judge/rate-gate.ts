/**
 * Limits on rates (failures of attempts, answers of requests) are compared with the rate's 95 % interval, not with the rate
 * that happened to be seen: three failures in a hundred are no proof that one in a hundred is too many. The interval is exact,
 * so a target that fails just as often as the limit allows fails the gate in at most one of forty runs, and passes it in at
 * most one of forty.
 */
import type { LimitOutcome } from '../../measure/run/findings.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';

export interface RateJudgement {
  outcome: LimitOutcome;
  /** Inconclusive, and would be with none failed: attempts that it takes. Absent: the limit is in the interval of enough. */
  needed?: number;
}

/**
 * The fewest attempts that can confirm this limit at all: with none failed the upper end of the interval is 1 − 0.025^(1/n),
 * which is at most the limit from n = ln 0.025 / ln(1 − limit) on. 3 688 for 0.1 %, 368 for 1 %, 72 for 5 %.
 * @param limit share that may fail, 0–1, neither end included
 */
export function attemptsToConfirm(limit: number): number {
  return Math.ceil(Math.log(0.025) / Math.log1p(-limit) - 1e-9);
}

/**
 * Passed when the whole interval is within the limit, failed when all of it is beyond. A limit of none (or of all) cannot be
 * confirmed by any number of attempts: there the rate itself counts, and one failure fails it.
 * @param share what was seen, 0–1, of `n`
 * @param atLeast the limit is the lowest share allowed, else the highest
 */
export function judgeRate(share: number, n: number, limit: number, atLeast: boolean): RateJudgement {
  // As a share of failures, whichever way it was said.
  const [failing, most] = atLeast ? [1 - share, 1 - limit] : [share, limit];
  if (most <= 0) return { outcome: failing > 0 ? 'failed' : 'passed' };
  if (most >= 1) return { outcome: 'passed' };
  const [low, high] = clopperPearson(Math.round(failing * n), n) as [number, number];
  if (low > most) return { outcome: 'failed' };
  if (high <= most) return { outcome: 'passed' };
  const needed = attemptsToConfirm(most);
  return { outcome: 'inconclusive', needed: n < needed ? needed : undefined };
}
