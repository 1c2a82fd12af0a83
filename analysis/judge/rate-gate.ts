/**
 * Limits on rates (failures of attempts, answers of requests) are held against the rate's 95 % interval, not against the
 * rate that happened to be seen: three failures in a hundred are no proof that one in a hundred is too many.
 */
import { wilsonInterval, Z_95 } from '../statistics/wilson.ts';

export interface RateJudgement {
  verdict: 'held' | 'broken' | 'unclear';
  /** Unclear, and would be with none failed: how many it takes. Absent: they are enough, the limit is in the interval. */
  fewest?: number;
}

/**
 * The fewest attempts that can show this limit at all: with none failed the upper end of Wilson's interval is
 * z² / (n + z²), which is at most the limit from n = z² (1 − limit) / limit on. 3 838 for 0.1 %, 381 for 1 %.
 * @param limit share that may fail, 0–1, neither end included
 */
export function fewestToShow(limit: number): number {
  return Math.ceil((Z_95 ** 2 * (1 - limit)) / limit - 1e-9);
}

/**
 * Held when the whole interval is within the limit, broken when all of it is beyond. A limit of none (or of all) can be
 * shown by no number of attempts: there the rate itself counts, and one failure breaks it.
 * @param share what was seen, 0–1, of `n`
 * @param atLeast the limit is the lowest share allowed, else the highest
 */
export function judgeRate(share: number, n: number, limit: number, atLeast: boolean): RateJudgement {
  // As a share of failures, whichever way it was said.
  const [failing, most] = atLeast ? [1 - share, 1 - limit] : [share, limit];
  if (most <= 0) return { verdict: failing > 0 ? 'broken' : 'held' };
  if (most >= 1) return { verdict: 'held' };
  const [low, high] = wilsonInterval(Math.round(failing * n), n) as [number, number];
  if (low > most) return { verdict: 'broken' };
  if (high <= most) return { verdict: 'held' };
  const fewest = fewestToShow(most);
  return { verdict: 'unclear', fewest: n < fewest ? fewest : undefined };
}
