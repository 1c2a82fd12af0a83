/** One of several views of a page, each with a link of its own: the style sheet shows the one that the address names. */
import { type Html, html } from './html.ts';

export interface View {
  id: string;
  title: string;
  /** Above its parts, in no list of contents. */
  before?: Html;
  parts: ReadonlyArray<{ id: string; title: string; drawn: Html }>;
}

/** @param badge beside the links: of the page as a whole */
export function viewLinks(views: readonly View[], badge: Html): Html {
  return html`<nav class="views" aria-label="Views"><ul>${views.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}</ul>${badge}</nav>`;
}

/** Without a style sheet, and printed, all views stand below each other. */
export function viewSection({ id, title, before, parts }: View): Html {
  return html`<div class="view" id="${id}" role="region" aria-label="${title}">
${before}
${parts.length > 1 && html`<nav class="parts" aria-label="${`Parts of ${title}`}"><ul>${parts.map((part) => html`<li><a href="#${part.id}">${part.title}</a></li>`)}</ul></nav>`}
${parts.length === 0 && html`<p class="empty">This run has nothing of the kind.</p>`}
${parts.map(({ drawn }) => drawn)}
</div>\n`;
}
