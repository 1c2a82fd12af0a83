import { type Html, html } from './html.ts';

/** Terms with their descriptions; those without one are left out. */
export function facts(pairs: ReadonlyArray<readonly [term: string, text: string | null | undefined]>): Html {
  return html`<dl>${pairs.map(([term, text]) => (text ? html`<div><dt>${term}</dt><dd>${text}</dd></div>\n` : ''))}</dl>`;
}
