/** What the shapes and shades of a picture mean, below it. Colours are attributes too, for a server that drops the style sheet. */
import { type Html, html } from './html.ts';

export interface Sign {
  /** A class of the style sheet. */
  style: string;
  colour: string;
  text: string;
  opacity?: number;
  /** Of 10. */
  height?: number;
}

export function legend(before: string, signs: readonly Sign[]): Html {
  return html`<p class="note legend">${before} ${signs.map(sign)}</p>`;
}

function sign({ style, colour, text, opacity = 1, height = 10 }: Sign): Html {
  return html`<span class="whole"><svg width="18" height="10" aria-hidden="true"><rect class="${style}" fill="${colour}" opacity="${opacity}" y="${(10 - height) / 2}" width="18" height="${height}"/></svg> ${text}</span> `;
}
