/**
 * Users at which throughput is highest, by the Universal Scalability Law through the run's levels, and how far the run went from it.
 *
 * Reason: beyond the knee each user more makes the target do less. Source: Gunther (analysis/statistics/scalability.ts). Users of a
 * level think between calls, so the time that waiting adds is N ÷ X(N) − K ÷ X(K), in which thinking cancels out (Denning & Buzen,
 * "The Operational Analysis of Queueing Network Models", Computing Surveys 10 (1978), the interactive response time formula).
 */
import { interval, number } from '../format.ts';
import { fitScalability, type Scalability, throughputAt } from '../statistics/scalability.ts';
import type { Level } from '../summary/summary.ts';
import { type Rule, roughly, sum } from './rule.ts';

const FEWEST_SIZES = 4;
/** From the fewest users to the most: less is a part of the curve. */
const LEAST_RANGE = 3;
/** Of the spread of throughput: below, the law is not what this target follows. */
const LEAST_FIT = 0.9;
/** A knee further beyond the most users that were there is a guess. */
const FARTHEST = 1.5;

export const throughputKnee: Rule = ({ levels, deployment }) =>
  [...Map.groupBy(levels.filter(isUsable), ({ search = '' }) => search)].flatMap(([search, own]) => {
    const users = own.map((level) => level.users);
    const [fewest, most] = [Math.min(...users), Math.max(...users)];
    if (new Set(users).size < FEWEST_SIZES || most < LEAST_RANGE * fewest) return [];
    const law = fitScalability(own.map((level) => [level.users, goodRate(level)]));
    const knee = law?.knee;
    const [low, high] = law?.kneeCi ?? [null, null];
    if (!law || !knee || law.r2 < LEAST_FIT || low === null || high === null || knee > FARTHEST * most)
      return [];
    const headroom = knee / most - 1;
    const peak = deployment?.expectedPeak;
    const beyond = own.filter((level) => level.users > knee);
    return [
      {
        about: search || 'the target',
        finding: `Throughput is highest at about ${Math.round(knee)} users (95 % interval ${interval([Math.round(low), Math.round(high)], '1')}), ${number(Math.round(throughputAt(law, knee)))} requests a second; this run had up to ${most}, ${headroom < 0 ? 'more than it can use' : `with room for ${roughly(headroom)} more`}.${peak === undefined ? '' : ` ${againstPeak(knee, peak)}`}`,
        action: `Plan for at most ${Math.floor(low)} users of this kind${peak !== undefined && peak > low ? `, fewer than the ${number(peak)} expected` : ''}; add machines before that, or remove what users wait for one another for.`,
        gain: beyond.length > 0 ? sum(beyond.map((level) => addedBy(level, law, knee))) : null,
        n: own.length,
        of: 'levels',
        figures: [
          { name: 'knee', value: knee, unit: '1' as const, ci: [low, high] as [number, number] },
          { name: 'headroom', value: headroom, unit: '%' as const },
          ...(peak === undefined
            ? []
            : [{ name: 'headroom over the expected peak', value: knee / peak - 1, unit: '%' as const }]),
          { name: 'α, waiting for one another', value: law.alpha, unit: '%' as const },
          { name: 'R² of the fit', value: law.r2, unit: '1' as const },
        ],
      },
    ];
  });

/** @param peak users at a time that the environment expects */
function againstPeak(knee: number, peak: number): string {
  const spare = knee / peak - 1;
  return `At its peak ${number(peak)} users are expected: the knee has ${roughly(Math.abs(spare))} ${spare < 0 ? 'fewer' : 'more'}.`;
}

/** Where the generator was saturated, its own limit would be taken for the target's. */
function isUsable({ generator, seconds, requests }: Level): boolean {
  return generator === undefined && seconds > 0 && requests > 0;
}

function goodRate({ requests, errors, seconds }: Level): number {
  return (requests - errors) / seconds;
}

/** What users of a level waited more than at the knee, ms. */
function addedBy(level: Level, law: Scalability, knee: number): number {
  const each = level.users / throughputAt(law, level.users) - knee / throughputAt(law, knee);
  return 1000 * Math.max(0, each) * (level.requests - level.errors);
}
