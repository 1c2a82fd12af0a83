import type { GateResult, Summary } from '../../measure/run/run-json.ts';
import { interval, quantity, thousands } from '../format.ts';
import { type Html, html } from './html.ts';
import { table } from './table.ts';
import { badge } from './verdict-section.ts';

const ORDER = ['invalid', 'fail', 'warn', 'pass'];

/** What was expected, what was seen, and where the limit was set. Those not held come first. */
export function gatesSection({ gates }: Summary): Html {
  const sorted = [...gates].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>
${table<GateResult>(
  'Limits and what was observed',
  [
    { heading: 'Metric', isName: true, cell: (gate) => gate.metric },
    { heading: 'Result', cell: (gate) => badge(gate.verdict) },
    { heading: 'Expected', numeric: true, cell: (gate) => gate.expected },
    { heading: 'Observed', numeric: true, cell: (gate) => quantity(gate.observed, gate.unit) },
    { heading: '95 % interval', numeric: true, cell: (gate) => interval(gate.ci, gate.unit) },
    { heading: 'n', numeric: true, cell: (gate) => thousands(gate.n) },
    { heading: 'Level', cell: (gate) => gate.level },
    { heading: 'Set in', cell: (gate) => html`<code>${gate.where}</code>` },
    { heading: 'Why', cell: (gate) => html`<span class="why">${gate.why ?? note(gate)}</span>` },
  ],
  sorted,
  'No limits are set for this profile.',
)}</section>`;
}

function note(gate: GateResult): string {
  if (gate.n === 0) return 'no samples';
  return gate.message.includes('not enough samples') ? 'not enough samples' : '';
}
