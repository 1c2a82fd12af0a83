/** Whether B is worse than A, from rounds in which both were measured beside each other. The round is the unit. */
import type { Look } from '../analysis/statistics/group-sequential.ts';
import { type AcceptedSlowdown, acceptedUses } from './accepted.ts';
import { byRounds } from './change-test.ts';
import { judgedMetrics } from './compared-metrics.ts';
import type { Comparison } from './comparison.ts';
import { factsOf, notesOf } from './detect.ts';
import { headlineOf } from './headline.ts';
import type { RunFigures } from './run-figures.ts';
import { mostWorryingFirst, wholeVerdict } from './whole-verdict.ts';

export interface Round {
  a: RunFigures;
  b: RunFigures;
}

export interface RoundsOptions {
  look: Look;
  /** Share, e.g. 0.1. */
  threshold: number;
  accepted: readonly AcceptedSlowdown[];
  /** What the sides are: address or command. */
  sides: { a: string; b: string };
}

/** @param rounds one at least; fewer than those of the look decide nothing */
export function compareRounds(
  rounds: readonly [Round, ...Round[]],
  { look, threshold, accepted, sides }: RoundsOptions,
): Comparison {
  const [baseline, current] = [rounds.map(({ a }) => a), rounds.map(({ b }) => b)];
  const enough = { baseline: look.rounds, current: look.rounds };
  const options = { threshold, accepted, enough, test: byRounds(look) };
  const metrics = mostWorryingFirst(judgedMetrics(baseline, current, options));
  const canDecide = rounds.length >= look.rounds;
  const verdict = wholeVerdict(metrics);
  const { environment = '', profile = '' } = rounds[0].a.like;
  const result: Omit<Comparison, 'headline'> = {
    schema: 1,
    verdict,
    exitCode: canDecide && (verdict === 'worse' || verdict === 'missing') ? 1 : 0,
    unit: 'round',
    environment,
    profile,
    sides,
    baseline: baseline.map(factsOf),
    current: current.map(factsOf),
    threshold,
    alpha: look.alpha,
    canDecide,
    forced: [],
    notes: notesOf(baseline, current),
    accepted: acceptedUses(accepted, metrics),
    metrics,
  };
  return { headline: headlineOf(result, enough), ...result };
}

/** Whether more rounds would change nothing: all that decides is worse, better or the same. */
export function isDecided({ metrics, canDecide }: Comparison): boolean {
  const deciding = metrics.filter(({ decides, excusedBy }) => decides && !excusedBy);
  return canDecide && deciding.every(({ verdict }) => verdict !== 'unclear');
}
