/** What share of their requests users had an answer to, in words. */
import { plural, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { outcomeText } from '../text/goal-text.ts';
import { plainValue } from '../text/plain-metric.ts';
import { outcomeWords } from '../text/verdict-words.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

/** '' where nobody asked the target for anything. */
export function availabilitySection({ counts, shares, gates, goals = [] }: Summary): Part | '' {
  const { n, down, excused } = counts.availability;
  if (n === 0) return '';
  const share = (metric: 'availability' | 'availability.withDefects') =>
    plainValue(metric, shares[metric]?.value ?? null, '%', n);
  const goal = goals.find(({ metric }) => metric === 'availability');
  const limits = gates.filter(
    ({ metric }) => metric === 'availability' || metric === 'availability.withDefects',
  );
  const judged = [
    goal && `goal ${plainValue('availability', goal.goal, '%', n)}: ${outcomeText(goal)}`,
    ...limits.map((gate) => {
      const which = gate.metric === 'availability' ? '' : ' as users met it';
      return `limit ${gate.expected}${which}: ${outcomeWords(gate).toLowerCase()}`;
    }),
  ].filter(Boolean);
  return part(
    'availability',
    'Availability',
    html`<p><strong>${share('availability')}</strong> of ${plural(n, 'request')} were answered${judged.length > 0 && ` (${judged.join('; ')})`}. ${down === 0 ? 'None' : thousands(down)} had no answer or a status of 500 or more.
${excused > 0 && html`${excused === 1 ? 'One more' : `${thousands(excused)} more`} failed by known defects: with these it is <strong>${share('availability.withDefects')}</strong>, as users saw it.`}
A refusal such as 404 or 422 is an answer. Requests of the warm-up do not count.</p>`,
  );
}
