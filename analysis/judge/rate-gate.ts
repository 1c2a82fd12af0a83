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
  /** Inconclusive and within the limit: attempts in all that confirm it, if no more fail. Absent: what was seen is beyond it. */
  needed?: number;
}

/**
 * The fewest attempts that confirm this limit. With none failed the upper end of the interval is 1 − 0.025^(1/n), which is
 * at most the limit from n = ln 0.025 / ln(1 − limit) on: 3 688 for 0.1 %, 368 for 1 %, 72 for 5 %. With some failed the end
 * falls as n grows, so the first n is found by halving.
 * @param limit share that may fail, 0–1, neither end included
 * @param failed those that failed so far: no more may
 */
export function attemptsToConfirm(limit: number, failed = 0): number {
  const none = Math.ceil(Math.log(0.025) / Math.log1p(-limit) - 1e-9);
  if (failed === 0) return none;
  const isConfirmed = (n: number) => (clopperPearson(failed, n)?.[1] ?? 1) <= limit;
  let [low, high] = [Math.max(none, failed), 2 * Math.max(none, failed)];
  while (!isConfirmed(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isConfirmed(middle)) high = middle;
    else low = middle;
  }
  return high;
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
  const failed = Math.round(failing * n);
  const [low, high] = clopperPearson(failed, n) as [number, number];
  if (low > most) return { outcome: 'failed' };
  if (high <= most) return { outcome: 'passed' };
  // More attempts do not confirm a limit that what was seen is beyond: they are there to show whether that was chance.
  return { outcome: 'inconclusive', needed: failed > most * n ? undefined : attemptsToConfirm(most, failed) };
}
