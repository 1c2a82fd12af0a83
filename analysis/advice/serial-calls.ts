/**
 * Two calls of a step that always come one after the other, though nothing else happens between them.
 *
 * Reason: side by side they take as long as the slower one; what is saved is the quicker one. Source: web.dev/articles/chaining-fonts
 * and Lighthouse's "critical request chains" (https://developer.chrome.com/docs/lighthouse/performance/critical-request-chains).
 */
import { some } from '../format.ts';
import type { LoggedCall } from '../summary/advice-evidence.ts';
import {
  FEWEST_PASSES,
  idsOf,
  pageOf,
  passesByStep,
  quantile,
  type Rule,
  sum,
  took,
  wasRead,
} from './rule.ts';

/** A page sends what follows from an answer at once; a longer pause is a user's, ms. */
const AT_ONCE = 50;
/** Of the passes that have both calls: those that sometimes overlap do not wait for each other. */
const ALWAYS = 0.9;
/** Of the two together, in the median pass; less is not worth a change, ms. */
const LEAST_SAVED = 10;

interface Pair {
  first: LoggedCall;
  second: LoggedCall;
}

const namesOf = ({ first, second }: Pair) => `${first.operation} → ${second.operation}`;

/** The first of each two operations: passes are counted, however often one calls them. */
function oncePerPass(pairs: Pair[]): Pair[] {
  return pairs.filter((pair, at) => pairs.findIndex((other) => namesOf(other) === namesOf(pair)) === at);
}

export const serialCalls: Rule = ({ log: { passes } }) =>
  passesByStep(passes, FEWEST_PASSES).flatMap(([step, own]) => {
    const byNames = Map.groupBy(
      own.flatMap(({ calls }) => oncePerPass(pairsOf(calls))),
      namesOf,
    );
    const found = [...byNames.values()].flatMap((pairs) => {
      const [names] = pairs;
      if (!names || pairs.length < FEWEST_PASSES) return [];
      const both = own.filter(({ calls }) =>
        [names.first, names.second].every(({ operation }) => calls.some((c) => c.operation === operation)),
      );
      const saved = pairs.map(({ first, second }) => Math.min(took(first), took(second)));
      if (pairs.length < ALWAYS * both.length || quantile(saved, 0.5) < LEAST_SAVED) return [];
      return [{ pairs, names, saved, both: both.length }];
    });
    const [best] = found.sort((one, other) => sum(other.saved) - sum(one.saved));
    if (!best) return [];
    const { names, pairs, saved } = best;
    const [first, second] = [names.first.operation, names.second.operation];
    return [
      {
        about: step,
        finding: `"${step}" sends ${second} only after the answer to ${first}, in ${pairs.length} of the ${best.both} passes that have both.`,
        action: `Send ${some([first, second])} side by side, unless the second needs the first one's answer.`,
        gain: sum(saved),
        n: pairs.length,
        of: 'passes',
        figures: [
          {
            name: `${first} p50`,
            value: quantile(
              pairs.map((pair) => took(pair.first)),
              0.5,
            ),
            unit: 'ms',
          },
          {
            name: `${second} p50`,
            value: quantile(
              pairs.map((pair) => took(pair.second)),
              0.5,
            ),
            unit: 'ms',
          },
        ],
        ...idsOf(pairs.map((pair) => pair.second)),
        ...pageOf(own),
      },
    ];
  });

/** Neighbours of which the second was sent at once after the first had ended, with nothing under way meanwhile. */
function pairsOf(calls: readonly LoggedCall[]): Pair[] {
  const pairs: Pair[] = [];
  let latest: LoggedCall | undefined;
  for (const call of calls) {
    const pause = latest ? call.sent - latest.ended : -1;
    // Times are whole milliseconds at one end.
    const follows = latest && latest.operation !== call.operation && pause >= -1 && pause <= AT_ONCE;
    if (latest && follows && wasRead(latest) && wasRead(call)) pairs.push({ first: latest, second: call });
    if (!latest || call.ended > latest.ended) latest = call;
  }
  return pairs;
}
