import { interval, quantity, thousands } from '../format.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { whyInconclusive } from '../text/gate-text.ts';
import { outcomesText } from '../text/headline.ts';
import { gateBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Column, table } from './table.ts';

const ORDER = ['fail', 'warn', 'pass'];
const SHOWN_AT_ONCE = 12;

const COLUMNS: Array<Column<GateResult>> = [
  { heading: 'Metric', isName: true, cell: (gate) => gate.metric },
  { heading: 'Result', cell: gateBadge },
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

/** What was expected, what was observed, and where the limit was set. Passed gates are folded when there are many. */
export function gatesSection({ gates }: Summary): Html {
  const passed = gates.filter(({ outcome }) => outcome === 'passed');
  const others = gates.filter(({ outcome }) => outcome !== 'passed');
  others.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const passedTable = table<GateResult>('Passed gates', COLUMNS, passed, '');
  const isFolded = passed.length > SHOWN_AT_ONCE;
  return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>
<p>${outcomesText(gates)}.</p>
${gates.length === 0 ? html`<p class="empty">No limits are set for this profile.</p>` : ''}
${others.length > 0 ? table<GateResult>('Gates that failed or had not enough data', COLUMNS, others, '') : ''}
${isFolded ? html`<details><summary>Show ${passed.length} passed gates</summary>${passedTable}</details>` : passed.length > 0 ? passedTable : ''}
</section>`;
}

function note(gate: GateResult): string {
  if (gate.n === 0) return 'no samples';
  return whyInconclusive(gate);
}
