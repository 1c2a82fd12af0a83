/** The profile's primary figures with their goals and limits, in words. */
import { quantity, thousands } from '../format.ts';
import type { PrimaryFigure } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { outcomeText } from '../text/goal-text.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { primaryInterval } from '../text/primary-interval.ts';
import { OUTCOME_WORDS } from '../text/verdict-words.ts';
import { gateBadge, goalBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

export function primarySection(summary: Summary): Part | '' {
  const { primary, goals = [] } = summary;
  if (primary.length === 0) return '';
  return part(
    'primary',
    'Goals and limits',
    html`<ul class="figures">${primary.map((figure) => item(figure, summary))}</ul>
${goals.length > 0 && html`<p class="note"><a href="#goals">All goals</a> · <a href="#gates">all limits</a></p>`}`,
  );
}

/** `Simple reads: 95 % within 455 ms · goal 300 ms: missed · limit ≤ 2 000 ms: passed`. */
function item(figure: PrimaryFigure, { goals = [], gates }: Summary): Html {
  const { metric, value, unit, n, expected, outcome, verdict } = figure;
  const goal = goals.find((one) => one.metric === metric);
  const range = primaryInterval(figure, gates);
  const limit = outcome ? ` · limit ${expected}: ${OUTCOME_WORDS[outcome].toLowerCase()}` : ' · no limit';
  const badge =
    verdict && outcome
      ? gateBadge({ verdict, outcome })
      : goal
        ? goalBadge(goal.outcome)
        : html`<span class="badge">No limit</span>`;
  return html`<li>${badge}
<span><strong>${plainName(metric)}: ${plainValue(metric, value, unit, n)}</strong>${goal && ` · goal ${quantity(goal.goal, goal.unit)}: ${outcomeText(goal)}`}${limit}
<small>n ${thousands(n)}${range && `, 95 % interval ${range}`} · <code>${metric}</code></small></span></li>`;
}
