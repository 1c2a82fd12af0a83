/** The profile's primary figures with their goals and limits, and what else has a goal for its speed, in words. */

import { figureOfMetric } from '../../config/threshold-metric.ts';
import { interval, quantity, thousands } from '../format.ts';
import { FEWEST } from '../judge/judge-limit.ts';
import type { PrimaryFigure } from '../summary/gate-result.ts';
import type { GoalResult } from '../summary/goal-result.ts';
import type { Summary } from '../summary/summary.ts';
import { doubtText } from '../text/full-machine-text.ts';
import { HOW_JUDGED } from '../text/gate-text.ts';
import { missedFirst, outcomeText } from '../text/goal-text.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { primaryInterval } from '../text/primary-interval.ts';
import { outcomeWords } from '../text/verdict-words.ts';
import { badge as badgeOf, gateBadge, goalBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

export function primarySection(summary: Summary): Part | '' {
  const { primary, goals = [] } = summary;
  const others = missedFirst(goals.filter((goal) => isOfSpeed(goal) && !isPrimary(goal, primary)));
  if (primary.length + others.length === 0) return '';
  // Where limits failed, it is said below their cards.
  const failed = summary.gates.filter(({ outcome }) => outcome === 'failed').length;
  return part(
    'primary',
    'Goals and limits',
    html`<ul class="figures">${primary.map((figure) => item(figure, summary))}${others.map((goal) => goalItem(goal, summary))}</ul>
${failed === 0 && html`<p class="note">${HOW_JUDGED}</p>`}
${goals.length > 0 && html`<p class="note">A limit that failed makes the run fail or warn; a goal that was missed does not. <a href="#goals">All goals</a> · <a href="#gates">all limits</a></p>`}`,
  );
}

function isOfSpeed({ unit }: GoalResult): boolean {
  return unit === 'ms';
}

function isPrimary({ metric }: GoalResult, primary: Summary['primary']): boolean {
  return primary.some((figure) => figure.metric === metric);
}

/** `Simple reads: 95 % within 455 ms · goal 300 ms: missed · limit ≤ 2 000 ms: passed`. */
function item(figure: PrimaryFigure, summary: Summary): Html {
  const { goals = [], gates } = summary;
  const { metric, value, unit, n, expected, outcome, verdict } = figure;
  const goal = goals.find((one) => one.metric === metric);
  const judged = verdict && outcome ? { verdict, outcome } : undefined;
  const limit = judged ? ` · limit ${expected}: ${outcomeWords(judged).toLowerCase()}` : ' · no limit';
  // A missed goal stands out beside a limit that passed.
  const isMissed = outcome === 'passed' && goal?.outcome === 'missed';
  const badge = isMissed
    ? badgeOf('warn', 'Goal missed')
    : judged
      ? gateBadge(judged)
      : goal
        ? goalBadge(goal.outcome)
        : html`<span class="badge">No limit</span>`;
  return line(badge, figure, {
    said: `${plainName(metric)}: ${plainValue(metric, value, unit, n)}`,
    judged: `${goal ? ` · goal ${quantity(goal.goal, goal.unit)}: ${outcomeText(goal)}` : ''}${limit}`,
    range: primaryInterval(figure, gates),
    doubt: [
      slowestText(metric, summary, goal?.outcome === 'missed' || outcome === 'failed'),
      doubtText(summary, unit),
    ]
      .filter(Boolean)
      .join(' · '),
  });
}

/** A goal for speed that no primary figure stands for. */
function goalItem(goal: GoalResult, summary: Summary): Html {
  const { metric, observed, unit, n, ci } = goal;
  const gate = summary.gates.find((one) => one.metric === metric);
  const limit = gate ? ` · limit ${gate.expected}: ${outcomeWords(gate).toLowerCase()}` : ' · no limit';
  return line(goalBadge(goal.outcome), goal, {
    said: `${plainName(metric)}: ${plainValue(metric, observed, unit, n)}`,
    judged: ` · goal ${quantity(goal.goal, unit)}: ${outcomeText(goal)}${limit}`,
    range: interval(ci, unit),
    doubt: [slowestText(metric, summary, goal.outcome === 'missed'), doubtText(summary, unit)]
      .filter(Boolean)
      .join(' · '),
  });
}

/** Of a class of calls that is too slow: the call to look at. `slowest in it: assignments.list, 95 % within 2 059 ms (n 30)`. */
function slowestText(metric: string, { operations }: Summary, isSlow: boolean): string {
  const key = isSlow ? figureOfMetric(metric)?.key : undefined;
  if (key?.kind !== 'class') return '';
  const [slowest] = operations
    .filter(({ class: own, n, p95 }) => own === key.name && n >= FEWEST.p95 && p95 !== null)
    .sort((a, b) => (b.p95 as number) - (a.p95 as number));
  return slowest
    ? `slowest in it: ${slowest.name}, 95 % within ${quantity(slowest.p95, 'ms')} (n ${thousands(slowest.n)})`
    : '';
}

function line(
  badge: Html,
  { metric, n }: { metric: string; n: number },
  { said, judged, range, doubt }: { said: string; judged: string; range: string; doubt: string },
): Html {
  return html`<li>${badge}
<span><strong>${said}</strong>${judged}
<small>${doubt && `${doubt} · `}n ${thousands(n)}${range && `, 95 % interval ${range}`} · <code>${metric}</code></small></span></li>`;
}
