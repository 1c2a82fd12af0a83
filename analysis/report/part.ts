/** What a view of the report is made of: a heading that links lead to, and what stands under it. */
import { type Html, html } from './html.ts';

export interface Part {
  /** Of its heading. */
  id: string;
  title: string;
  body: Html;
}

export function part(id: string, title: string, body: Html): Part {
  return { id, title, body };
}

export function openPart({ id, title, body }: Part): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}</section>\n`;
}

/**
 * Closed until somebody opens it. A link to its heading, or to anything in it, opens it too: browsers do that for what is in the
 * closed part, so the heading is there and not in the summary.
 */
export function foldedPart({ id, title, body }: Part): Html {
  return html`<details class="part"><summary>${title}</summary>
<h2 id="${id}">${title}</h2>
${body}</details>\n`;
}
