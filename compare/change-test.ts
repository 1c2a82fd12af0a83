/** How a comparison tests changes: by runs that are dealt into two groups, or by rounds that measured both sides. */
import type { Change } from '../analysis/statistics/joint-permutation.ts';
import { permutedRuns, type RunValues } from '../analysis/statistics/permuted-runs.ts';
import { signFlips } from '../analysis/statistics/sign-flips.ts';
import { bothTailsOfT, quantileOfT } from '../analysis/statistics/student-t.ts';

export interface ChangeTest {
  /** Chance that anything that decides is called worse though nothing changed, at most. */
  alpha: number;
  /** Changes of metrics that are tested jointly. */
  joint(metrics: readonly RunValues[]): Change[];
  /**
   * Two-sided p of a change from its Student's interval. Few runs have few ways to deal them: no permutation could be found
   * among hundreds of metrics, and a list that informs may trust a distribution.
   */
  students(change: Change, values: RunValues): number;
}

const ALPHA = 0.05;

export const BY_RUNS: ChangeTest = {
  alpha: ALPHA,
  joint: (metrics) => permutedRuns(metrics),
  students: (change, { baseline, current }) =>
    studentsP(change, present(baseline) + present(current) - 2, 0.95),
};

/**
 * @param alpha of this look at the rounds, and `confidence` of its intervals (analysis/statistics/group-sequential.ts)
 */
export function byRounds({ alpha, confidence }: { alpha: number; confidence: number }): ChangeTest {
  return {
    alpha,
    joint: (metrics) =>
      signFlips(
        metrics.map((values) => ({ ...values, differences: differencesOf(values) })),
        1,
        confidence,
      ),
    students: (change, values) => studentsP(change, present(differencesOf(values)) - 1, confidence),
  };
}

function differencesOf({ baseline, current }: RunValues): Array<number | null> {
  return current.map((after, round) => {
    const before = baseline[round] ?? null;
    return after === null || before === null ? null : after - before;
  });
}

function studentsP(
  { difference, interval: [low, high] }: Change,
  freedom: number,
  confidence: number,
): number {
  if (difference === null || low === null || high === null || freedom < 1) return 1;
  const error = (high - low) / 2 / quantileOfT((1 - confidence) / 2, freedom);
  return bothTailsOfT(difference / error, freedom);
}

function present(values: ReadonlyArray<number | null>): number {
  return values.filter((value) => value !== null).length;
}
