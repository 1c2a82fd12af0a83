/** What share of their requests users had an answer to, in words. */
import { plural, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { outcomeText } from '../text/goal-text.ts';
import { plainValue } from '../text/plain-metric.ts';
import { outcomeWords } from '../text/verdict-words.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

/** '' where nobody asked the target for anything. */
export function availabilitySection({ counts, knownDefects, shares, gates, goals = [] }: Summary): Part | '' {
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
  const all = thousands(down + excused);
  return part(
    'availability',
    'Availability',
    html`<p><strong>${share('availability')}</strong> of ${plural(n, 'request')} were answered${excused > 0 && ', known defects left out'}${judged.length > 0 && ` (${judged.join('; ')})`}.
${
  excused > 0 &&
  html`As users met it, known defects included: <strong>${share('availability.withDefects')}</strong>.
`
}${all} had no answer or an answer with a status of 500 or more${excused > 0 && `; ${thousands(excused)} of these are known defects`}.${knownDefects.length > 0 && ' Any other status is an answer, such as 404 and 422.'} Requests of the warm-up do not count.</p>`,
  );
}
