/** What could be done for users, what gives most time back first, each with its evidence. */
import { plural } from '../format.ts';
import type { Advice } from '../summary/advice.ts';
import type { Summary } from '../summary/summary.ts';
import { evidenceText, gainText, requestsText } from '../text/advice-text.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

/** The others are closed until somebody opens them: an overview is one screen. */
const MOST_OPEN = 3;

/** '' for a run that no rule found anything in, and for one of an older suite. */
export function adviceSection({ advice = [] }: Summary): Part | '' {
  if (advice.length === 0) return '';
  const others = advice.slice(MOST_OPEN);
  return part(
    'advice',
    'Advice: how users would wait less',
    html`<p>What rules found (docs/advice.md), the largest gain first. Gain: how much less all users of this run together would have waited, at most. Gains overlap, so they do not add up.</p>
<ol>${advice.slice(0, MOST_OPEN).map(item)}</ol>
${
  others.length > 0 &&
  html`<details><summary>${plural(others.length, 'more piece')} of advice</summary>
<ol start="${MOST_OPEN + 1}">${others.map(item)}</ol></details>`
}`,
  );
}

function item(advice: Advice): Html {
  const gain = gainText(advice);
  return html`<li><p><strong>${advice.action}</strong>${gain && ` Gain: ${gain}.`} ${advice.finding}
<small>${evidenceText(advice)}</small>${advice.requestIds && html`<small>${requestsText(advice)}</small>`}</p></li>\n`;
}
