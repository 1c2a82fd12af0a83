import { interval, plural, thousands } from '../format.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { plainName, plainValue } from '../text/plain-metric.ts';
import { gateBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

const MOST_CARDS = 12;

/** A card for each failed gate, those that fail the run first: a red verdict never stands above nothing but green figures. */
export function failedGatesSection({ gates }: Summary): Part | '' {
  const failed = gates.filter(({ outcome }) => outcome === 'failed');
  failed.sort((a, b) => Number(b.verdict === 'fail') - Number(a.verdict === 'fail'));
  if (failed.length === 0) return '';
  const more = failed.length - MOST_CARDS;
  return part(
    'failed-gates',
    `${plural(failed.length, 'limit')} failed`,
    html`<ul class="tiles">${failed.slice(0, MOST_CARDS).map(card)}</ul>
${more > 0 && html`<p><a href="#gates">… ${thousands(more)} more</a></p>`}`,
  );
}

function card(gate: GateResult): Html {
  const { metric, observed, unit, n, ci, expected, why, verdict, missing } = gate;
  const range = interval(ci, unit);
  const value = observed === null ? (missing ?? 'no samples') : plainValue(metric, observed, unit, n);
  return html`<li class="tile ${verdict}">
<span class="label">${gateBadge(gate)} ${plainName(metric)}</span>
<span class="value">${value}</span>
<span class="detail">limit ${expected}; ${range && `95 % interval ${range}, `}n ${thousands(n)}</span>
${why && html`<span class="detail">${why}</span>`}
<span class="detail"><code>${metric}</code></span>
</li>`;
}
