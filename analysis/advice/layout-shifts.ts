/**
 * An element that moves a page's content, on a page whose CLS is not good in a quarter of its views or more.
 *
 * Reason: what moves is missed, or hit by a click that was meant for something else; it costs no waiting, so it has no gain. Source:
 * https://web.dev/articles/optimize-cls; the limit is the published one, judged at p75.
 */
import type { ShiftSources } from '../summary/advice-evidence.ts';
import { FEWEST_PASSES, type Rule } from './rule.ts';

/** Judged at p75: a quarter of the views beyond the limit puts p75 beyond it. */
const LEAST_SHARE = 0.25;

export const layoutShifts: Rule = ({ shiftSources, pages }) =>
  shiftSources
    .filter(
      ({ views, shifted, element }) => views >= FEWEST_PASSES && shifted >= LEAST_SHARE * views && element,
    )
    .sort((one, other) => other.shifted - one.shifted)
    .map((source) => {
      const { page, views, shifted, element, times } = source;
      const cls = pages.find((one) => one.page === page)?.vitals.CLS;
      const p75 = cls?.p75 ?? cls?.coldP75;
      return {
        about: page,
        finding: `${element} moved most in ${times} of the ${shifted} views of ${page} whose content jumped (CLS above 0.1, of ${views} views).`,
        action: `Reserve room for what comes before ${shortName(source)}, or show it only when it is complete.`,
        gain: null,
        n: views,
        of: 'views',
        figures: [
          { name: 'views with CLS above 0.1', value: shifted / views, unit: '%' as const },
          ...(typeof p75 === 'number' ? [{ name: 'CLS p75', value: p75, unit: '1' as const }] : []),
        ],
        page,
      };
    });

/** The last part of a selector. */
function shortName({ element = '' }: ShiftSources): string {
  return element.split('>').at(-1) || element;
}
