import { parseMetricKey } from '../../config/metric-key.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import { interval, plural, quantity, thousands } from '../format.ts';
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

const columns = (summary: Summary): Array<Column<GateResult>> => [
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
      html`<span class="why">${[note(gate), excusedText(gate, summary), gate.why].filter(Boolean).join('; ')} <small><code>${gate.where}</code></small></span>`,
  },
];

/** What was expected, what was observed, and where the limit was set. What asks for nothing is folded when it is much. */
export function gatesSection(summary: Summary): Part {
  const { gates, knownDefects } = summary;
  const few = gates.some(({ reason }) => reason === 'too-few-samples' || reason === 'too-few-to-fail');
  const passed = gates.filter(({ outcome }) => outcome === 'passed');
  const unproved = gates.filter(({ outcome, verdict }) => outcome !== 'passed' && verdict === 'pass');
  const open = gates.filter((gate) => gate.outcome === 'inconclusive' && gate.verdict !== 'pass').length;
  const bad = gates.filter(({ verdict }) => verdict !== 'pass');
  bad.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return part(
    'gates',
    'Gates',
    html`<p>${outcomesText(gates)}${open > 0 && `, ${open} of them not confirmed: something failed, or was beyond the limit`}. ${HOW_JUDGED}${few && ' A limit on a percentile takes more samples to pass than to fail.'}${knownDefects.length > 0 && html` What a <a href="#defects">known defect</a> made fail is excused: it is in no share of failures here, and is named beside the limits on what had it.`}</p>
${gates.length === 0 ? html`<p class="empty">No limits are set for this profile.</p>` : ''}
${bad.length > 0 ? table<GateResult>('Gates that failed, or that something speaks against', columns(summary), bad, '') : ''}
${folded('Passed gates', `Show ${passed.length} passed gates`, passed, summary)}
${folded('Gates without enough data', `Show ${unproved.length} gates without enough data, and nothing against them`, unproved, summary)}`,
  );
}

function folded(caption: string, title: string, gates: GateResult[], summary: Summary): Html | '' {
  if (gates.length === 0) return '';
  const rows = table<GateResult>(caption, columns(summary), gates, '');
  if (gates.length <= SHOWN_AT_ONCE) return rows;
  return html`<details><summary>${title}</summary>${rows}</details>`;
}

function note(gate: GateResult): string {
  if (gate.n === 0) return 'no samples';
  return whyInconclusive(gate);
}

/** Of a share of failures: those that a known defect excuses, which “nothing failed” would deny. */
function excusedText({ metric }: GateResult, { operations, steps }: Summary): string {
  const parsed = parseMetric(metric);
  if (typeof parsed === 'string' || parsed.kind !== 'figure' || parsed.figure !== 'errors') return '';
  const key = parseMetricKey(parsed.metric);
  const rows = key?.kind === 'request' ? operations : key?.kind === 'step' ? steps : [];
  const excused = rows.find(({ name }) => name === key?.name)?.excused ?? 0;
  return excused > 0 ? `${plural(excused, 'failure')} excused as a known defect` : '';
}
