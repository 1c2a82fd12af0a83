import { plural, some, thousands } from '../format.ts';
import { concernOf } from '../judge/first-failure.ts';
import { gravestFailure, gravestGates } from '../judge/gravest.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { doubtText } from '../text/full-machine-text.ts';
import { HOW_JUDGED } from '../text/gate-text.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { judgedInterval } from '../text/primary-interval.ts';
import { gateBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

const MOST_CARDS = 12;

/** A card for each failed gate, and one for all that had nothing to judge, in the one order of gravity: a red verdict never stands above nothing but green figures. */
export function failedGatesSection(summary: Summary): Part | '' {
  const failed = gravestGates(summary.gates, gravestFailure(summary));
  if (failed.length === 0) return '';
  const seen = failed.filter(({ observed }) => observed !== null);
  const unseen = failed.filter(({ observed }) => observed === null);
  const more = seen.length - MOST_CARDS;
  return part(
    'failed-gates',
    `${plural(failed.length, 'limit')} failed`,
    html`<ul class="tiles">${seen.slice(0, MOST_CARDS).map((gate, at) => card(gate, summary, isRepeated(seen, at)))}${unseen.length > 0 && nothingSeen(unseen)}</ul>
${more > 0 && html`<p><a href="#gates">… ${thousands(more)} more</a></p>`}
<p class="note">${HOW_JUDGED}</p>`,
  );
}

/** Where nothing was measured there is one thing to say, and not one for each limit. */
function nothingSeen(gates: readonly GateResult[]): Html {
  const [first] = gates;
  const names = [...new Set(gates.map(({ metric }) => plainName(metric)))];
  return html`<li class="tile ${first?.verdict ?? 'fail'}">
<span class="label">${first && gateBadge(first)} ${names.length === 1 ? names[0] : plural(gates.length, 'limit')}</span>
<span class="value">${first?.missing ?? 'no samples'}</span>
<span class="detail">${names.length === 1 ? `limit ${first?.expected ?? ''}` : some(names)}</span>
<span class="detail"><a href="#gates">All limits</a></span>
</li>`;
}

/** `24 of 47` for a share of what was tried; `n 47` for any other figure. */
function counted({ metric, observed, n }: GateResult): string {
  if (concernOf(metric) === undefined || observed === null) return `n ${thousands(n)}`;
  return `${thousands(Math.round(observed * n))} of ${thousands(n)}`;
}

/** What a rule says of all limits that it makes is read once. */
function isRepeated(gates: readonly GateResult[], at: number): boolean {
  return gates.slice(0, at).some(({ why }) => why === gates[at]?.why);
}

function card(gate: GateResult, summary: Summary, isSaid: boolean): Html {
  const doubt = doubtText(summary, gate.unit);
  const { metric, observed, unit, n, expected, why, verdict } = gate;
  const range = judgedInterval(gate);
  return html`<li class="tile ${verdict}">
<span class="label">${gateBadge(gate)} ${plainName(metric)}</span>
<span class="value">${plainValue(metric, observed, unit, n)}</span>
<span class="detail">${counted(gate)}; limit ${expected}${verdict === 'warn' && ', which only warns'}${range && `; 95 % interval ${range}`}</span>
${doubt && html`<span class="detail">${doubt}</span>`}
${why && !isSaid && html`<span class="detail">${why}</span>`}
<span class="detail"><code>${metric}</code></span>
</li>`;
}
