/**
 * A step that calls one operation again and again (N + 1): a list, and then a call for each of its rows.
 *
 * Reason: the time grows with the data, and each call pays for the way, the sign-in check and the database again. Source: the
 * "n+1 selects" problem (Fowler, Patterns of Enterprise Application Architecture, 2002, "Lazy Load": ripple loading); five is what
 * Sentry's detector of N + 1 API calls takes too (https://docs.sentry.io/product/issues/issue-details/performance-issues/n-one-api-calls/).
 */
import type { LoggedCall } from '../summary/advice-evidence.ts';
import { idsOf, isPattern, ofEachOperation, quantile, type Rule, sum, took } from './rule.ts';

export const FEWEST_FOR_MANY = 5;

export const manyCalls: Rule = ({ log: { passes } }) =>
  ofEachOperation(passes, (step, operation, own) => {
    const perPass = own
      .map(({ calls }) => calls.filter((call) => call.operation === operation && call.method === 'GET'))
      .filter((calls) => calls.length > 0);
    const many = perPass.filter((calls) => calls.length >= FEWEST_FOR_MANY);
    if (!isPattern(many.length, perPass.length)) return undefined;
    const counts = many.map(({ length }) => length);
    return {
      finding: `"${step}" calls ${operation} ${Math.round(quantile(counts, 0.5))} times a pass (median; up to ${Math.max(...counts)}), in ${many.length} of the ${perPass.length} passes that call it.`,
      action: `Let one call answer for all rows of "${step}", or put what ${operation} gives into the list's own answer.`,
      gain: sum(many.map(beyondOne)),
      n: many.length,
      figures: [
        { name: 'calls a pass, p50', value: quantile(counts, 0.5), unit: '1' },
        { name: 'calls in all', value: sum(counts), unit: '1' },
        { name: `${operation} p50`, value: quantile(many.flat().map(took), 0.5), unit: 'ms' },
      ],
      ...idsOf(many.flat()),
    };
  });

/** From the first sending to the last answer, without the longest call, which one call for all would take at least. */
function beyondOne(calls: readonly LoggedCall[]): number {
  const from = Math.min(...calls.map(({ sent }) => sent));
  const to = Math.max(...calls.map(({ ended }) => ended));
  return Math.max(0, to - from - Math.max(...calls.map(took)));
}
