import { interval, quantity, thousands } from '../format.ts';
import type { GoalResult } from '../summary/goal-result.ts';
import type { Summary } from '../summary/summary.ts';
import { goalsText, limitText, missedFirst } from '../text/goal-text.ts';
import { goalBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

const COLUMNS: Array<Column<GoalResult>> = [
  { heading: 'Metric', isName: true, cell: ({ metric }) => metric },
  { heading: 'Result', cell: ({ outcome }) => goalBadge(outcome) },
  { heading: 'Observed', numeric: true, cell: ({ observed, unit }) => quantity(observed, unit) },
  {
    heading: 'Goal',
    numeric: true,
    cell: ({ side, goal, unit }) => `${side === 'at least' ? '≥' : '≤'} ${quantity(goal, unit)}`,
  },
  {
    heading: 'Limit',
    title: 'What this profile is judged by',
    cell: (goal) => limitText(goal).replace(/^limit /, '') || 'none',
  },
  { heading: '95 % interval', numeric: true, cell: ({ ci, unit }) => interval(ci, unit) },
  { heading: 'n', numeric: true, cell: samples },
  { heading: 'Why', cell: ({ why }) => html`<span class="why">${why}</span>` },
];

function samples({ n, outcome, needed }: GoalResult): Html {
  const few = outcome === 'undecided' && needed !== undefined;
  return html`${thousands(n)}${few && html` <small>of at least ${thousands(needed)}</small>`}`;
}

/** What the application is to reach, beside what this run was judged by. */
export function goalsSection({ goals = [] }: Summary): Part | '' {
  if (goals.length === 0) return '';
  return part(
    'goals',
    'Goals',
    html`<p>${goalsText(goals)}. Goals (<code>config/goals.yml</code>) change no verdict.</p>
${table<GoalResult>('Goals, and the limits of this profile beside them', COLUMNS, missedFirst(goals), '')}`,
  );
}
