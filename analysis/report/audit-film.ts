/** Pictures of loads, small; each leads to its file. */
import { milliseconds } from '../format.ts';
import type { AuditSummary } from '../summary/summary.ts';
import { type Html, html, relativeLink } from './html.ts';

export function filmOfAudits(audits: readonly AuditSummary[]): Html | '' {
  const filmed = audits.filter(({ concluded }) => (concluded?.film.length ?? 0) > 0);
  if (filmed.length === 0) return '';
  return html`<h3>Pictures of loads</h3>
<p>As the page was that long after its load began; a picture that is like the one before it is left out.</p>
<div class="films">${filmed.map(({ name, concluded }) => html`<div class="film"><h4>${name}</h4><ul>${(concluded?.film ?? []).map((picture) => frame(name, picture))}</ul></div>\n`)}</div>`;
}

function frame(name: string, { ms, file }: { ms: number; file: string }): Html | '' {
  const link = relativeLink(file);
  if (!link) return '';
  return html`<li><a href="${link}"><img src="${link}" alt="${name} after ${milliseconds(ms)}" loading="lazy" width="120"></a><small>${milliseconds(ms)}</small></li>`;
}
