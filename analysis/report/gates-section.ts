import { interval, quantity, thousands } from '../format.ts';
import type { GateResult, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Column, table } from './table.ts';
import { badge } from './verdict-section.ts';

const ORDER = ['invalid', 'fail', 'warn', 'pass'];
const SHOWN_AT_ONCE = 12;

const COLUMNS: Array<Column<GateResult>> = [
  { heading: 'Metric', isName: true, cell: (gate) => gate.metric },
  { heading: 'Result', cell: (gate) => badge(gate.verdict) },
  { heading: 'Expected', numeric: true, cell: (gate) => gate.expected },
  { heading: 'Observed', numeric: true, cell: (gate) => quantity(gate.observed, gate.unit) },
  { heading: '95 % interval', numeric: true, cell: (gate) => interval(gate.ci, gate.unit) },
  { heading: 'n', numeric: true, cell: (gate) => thousands(gate.n) },
  { heading: 'Level', cell: (gate) => gate.level },
  { heading: 'Set in', cell: (gate) => html`<code>${gate.where}</code>` },
  {
    heading: 'Why',
    cell: (gate) => html`<span class="why">${[note(gate), gate.why].filter(Boolean).join('; ')}</span>`,
  },
];

/** What was expected, what was seen, and where the limit was set. Those held are folded when they are many. */
export function gatesSection({ gates }: Summary): Html {
  const held = gates.filter((gate) => gate.verdict === 'pass');
  const others = gates.filter((gate) => gate.verdict !== 'pass');
  others.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const heldTable = table<GateResult>('Limits that were held', COLUMNS, held, '');
  return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>
<p>${held.length} of ${gates.length} limits were held.</p>
${gates.length === 0 ? html`<p class="empty">No limits are set for this profile.</p>` : ''}
${others.length > 0 ? table<GateResult>('Limits that were not held, or could not be judged', COLUMNS, others, '') : ''}
${held.length > SHOWN_AT_ONCE ? html`<details><summary>Show the ${held.length} that were held</summary>${heldTable}</details>` : held.length > 0 ? heldTable : ''}
</section>`;
}

function note(gate: GateResult): string {
  if (gate.n === 0) return 'no samples';
  return gate.message.includes('not enough samples') ? 'not enough samples' : '';
}
