/** What comes first: the sentence, its reasons, the primary figures. */
import { quantity, thousands } from '../format.ts';
import type { PrimaryFigure } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { primaryInterval } from '../text/primary-interval.ts';
import { gateBadge, verdictBadge } from './badge.ts';
import { type Html, html, relativeLink } from './html.ts';

export function verdictSection({ headline, reasonDetails: reasons, notes, answers }: Summary): Html {
  return html`<section class="verdict ${headline.verdict}" aria-labelledby="verdict">
<h1 id="verdict">${verdictBadge(headline.verdict)} <span class="sentence">${headline.text}</span></h1>
${answers.map((answer) => html`<p class="answer">${answer}</p>`)}
${reasons.length > 0 ? reasonList(reasons) : ''}
${notes.length > 0 ? noteList(notes) : ''}
</section>`;
}

const SHOWN_AT_ONCE = 6;
const MOST_REASONS = 100;

type ReasonDetail = Summary['reasonDetails'][number];

function reasonList(reasons: readonly ReasonDetail[]): Html {
  const items = (list: readonly ReasonDetail[]) =>
    html`<ul>${list.map((reason) => html`<li>${reason.text}${picture(reason)}</li>`)}</ul>`;
  const rest = reasons.slice(SHOWN_AT_ONCE, MOST_REASONS);
  const further = reasons.length - SHOWN_AT_ONCE - rest.length;
  return html`<h2 class="small">Reasons</h2>
${items(reasons.slice(0, SHOWN_AT_ONCE))}
${rest.length > 0 ? html`<details><summary>${thousands(reasons.length - SHOWN_AT_ONCE)} more</summary>${items(rest)}${further > 0 ? html`<p class="note">… and ${thousands(further)} more; summary.json has all.</p>` : ''}</details>` : ''}`;
}

function noteList(notes: Summary['notes']): Html {
  return html`<h2 class="small">Notes</h2>
<ul class="notes">${notes.slice(0, MOST_REASONS).map(({ text }) => html`<li>${text}</li>`)}</ul>`;
}

function picture(reason: ReasonDetail): Html | '' {
  const href = reason.code === 'first-failure' ? relativeLink(reason.screenshot) : undefined;
  return href === undefined ? '' : html` <a href="${href}">screenshot</a>`;
}

export function primarySection({ primary, gates }: Summary): Html {
  if (primary.length === 0) return html``;
  return html`<section aria-labelledby="primary">
<h2 id="primary">Primary figures</h2>
<ul class="tiles">${primary.map(
    (figure) => html`<li class="tile">
<span class="label">${figure.metric}</span>
<span class="value">${quantity(figure.value, figure.unit)}</span>
<span class="detail">n ${thousands(figure.n)}</span>
<span class="detail">${primaryInterval(figure, gates) && html`95 % interval <span class="whole">${primaryInterval(figure, gates)}</span>`}</span>
<span class="detail">${gateOf(figure)} ${figure.expected}</span>
</li>`,
  )}</ul></section>`;
}

function gateOf({ verdict, outcome }: PrimaryFigure): Html | string {
  return verdict && outcome ? gateBadge({ verdict, outcome }) : 'no limit';
}
