/** What share of their requests users had an answer to, in words. */
import { thousands } from '../format.ts';
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
    goal &&
      `Goal ${plainValue('availability', goal.goal, '%', n)} without known defects: ${outcomeText(goal)}.`,
    ...limits.map((gate) => {
      const which = gate.metric === 'availability' ? 'without known defects' : 'as users met it';
      return `Limit ${gate.expected} ${which}: ${outcomeWords(gate).toLowerCase()}.`;
    }),
  ].filter(Boolean);
  return part(
    'availability',
    'Availability',
    html`<p><strong>${share('availability.withDefects')}</strong> of requests were answered${excused > 0 && html`, as users met it; <strong>${share('availability')}</strong> without known defects`}. n ${thousands(n)}, without warm-up: ${thousands(down + excused)} had no answer or a status of 500 or more, ${excused > 0 ? thousands(excused) : 'none'} of them known defects${knownDefects.length > 0 && ' (other statuses, as 404 and 422, are answers, also of known defects)'}. ${judged.join(' ')}</p>`,
  );
}
