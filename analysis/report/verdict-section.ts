/** What comes first: the sentence, its reasons, the primary figures. */

import type { Verdict } from '../../measure/run/run.ts';
import { interval, quantity, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';

export const WORDS: Record<Verdict, string> = {
  pass: 'Pass',
  warn: 'Warn',
  fail: 'Fail',
  invalid: 'Invalid',
};
/** Colour is never the only sign. */
const SIGNS: Record<Verdict, string> = { pass: '✓', warn: '!', fail: '✕', invalid: '⊘' };

export function badge(verdict: Verdict): Html {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${WORDS[verdict]}</span>`;
}

export function verdictSection(summary: Summary): Html {
  const { verdict, reasons } = summary;
  const [, sentence = summary.headline] = /^[^:]+: (.*)$/s.exec(summary.headline) ?? [];
  return html`<section class="verdict ${verdict}" aria-labelledby="verdict">
<h1 id="verdict">${badge(verdict)} <span class="sentence">${sentence}</span></h1>
${summary.answers.map((answer) => html`<p class="answer">${answer}</p>`)}
${reasons.length > 0 ? reasonList(reasons) : ''}
</section>`;
}

const SHOWN_AT_ONCE = 6;

function reasonList(reasons: readonly string[]): Html {
  const items = (list: readonly string[]) => html`<ul>${list.map((reason) => html`<li>${reason}</li>`)}</ul>`;
  const rest = reasons.slice(SHOWN_AT_ONCE);
  return html`<h2 class="small">Reasons</h2>
${items(reasons.slice(0, SHOWN_AT_ONCE))}
${rest.length > 0 ? html`<details><summary>${rest.length} more</summary>${items(rest)}</details>` : ''}`;
}

export function primarySection(summary: Summary): Html {
  if (summary.primary.length === 0) return html``;
  return html`<section aria-labelledby="primary">
<h2 id="primary">Primary figures</h2>
<ul class="tiles">${summary.primary.map(
    (figure) => html`<li class="tile">
<span class="label">${figure.metric}</span>
<span class="value">${quantity(figure.value, figure.unit)}</span>
<span class="detail">n ${thousands(figure.n)}</span>
<span class="detail">${interval(figure.ci, figure.unit) && html`95 % interval <span class="whole">${interval(figure.ci, figure.unit)}</span>`}</span>
<span class="detail">${figure.verdict ? badge(figure.verdict) : 'no limit'} ${figure.expected}</span>
</li>`,
  )}</ul></section>`;
}
