import { interval, quantity, thousands } from '../format.ts';
import { allowsNoFailure, type GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { HOW_JUDGED, whyInconclusive } from '../text/gate-text.ts';
import { outcomesText } from '../text/headline.ts';
import { gateBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

const ORDER = ['fail', 'warn'];
const SHOWN_AT_ONCE = 12;

const COLUMNS: Array<Column<GateResult>> = [
  { heading: 'Metric', isName: true, cell: (gate) => gate.metric },
  { heading: 'Result', cell: (gate) => html`${gateBadge(gate)} <small>level ${gate.level}</small>` },
  { heading: 'Expected', numeric: true, cell: (gate) => gate.expected },
  { heading: 'Observed', numeric: true, cell: (gate) => quantity(gate.observed, gate.unit) },
  {
    heading: '95 % interval',
    numeric: true,
    cell: (gate) =>
      html`${interval(gate.ci, gate.unit)}${gate.ci && allowsNoFailure(gate) && html` <small>judged: none may fail</small>`}`,
  },
  { heading: 'n', numeric: true, cell: (gate) => thousands(gate.n) },
  {
    // With a column for each of them, the reason would have a word a line.
    heading: 'Why, and where it is set',
    cell: (gate) =>
      html`<span class="why">${[note(gate), gate.why].filter(Boolean).join('; ')} <small><code>${gate.where}</code></small></span>`,
  },
];

/** What was expected, what was observed, and where the limit was set. What asks for nothing is folded when it is much. */
export function gatesSection({ gates }: Summary): Part {
  const passed = gates.filter(({ outcome }) => outcome === 'passed');
  const unproved = gates.filter(({ outcome, verdict }) => outcome !== 'passed' && verdict === 'pass');
  const open = gates.filter((gate) => gate.outcome === 'inconclusive' && gate.verdict !== 'pass').length;
  const bad = gates.filter(({ verdict }) => verdict !== 'pass');
  bad.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return part(
    'gates',
    'Gates',
    html`<p>${outcomesText(gates)}${open > 0 && `, ${open} of them not confirmed: what was seen is beyond the limit`}. ${HOW_JUDGED}</p>
${gates.length === 0 ? html`<p class="empty">No limits are set for this profile.</p>` : ''}
${bad.length > 0 ? table<GateResult>('Gates that failed, or that something speaks against', COLUMNS, bad, '') : ''}
${folded('Passed gates', `Show ${passed.length} passed gates`, passed)}
${folded('Gates without enough data', `Show ${unproved.length} gates without enough data, and nothing against them`, unproved)}`,
  );
}

function folded(caption: string, summary: string, gates: GateResult[]): Html | '' {
  if (gates.length === 0) return '';
  const rows = table<GateResult>(caption, COLUMNS, gates, '');
  if (gates.length <= SHOWN_AT_ONCE) return rows;
  return html`<details><summary>${summary}</summary>${rows}</details>`;
}

function note(gate: GateResult): string {
  if (gate.n === 0) return 'no samples';
  return whyInconclusive(gate);
}
