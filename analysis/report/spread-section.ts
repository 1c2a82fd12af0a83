/** How the times of each operation are spread: a strip from the fastest to the slowest answer on one scale for all. */
import { figure, quantity, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { afterLastPhase } from './after-last-phase.ts';
import { type Html, html } from './html.ts';
import { legend } from './legend.ts';
import { type Part, part } from './part.ts';

type Operation = Summary['operations'][number];

const WIDTH = 1000;
const HEIGHT = 14;
const SHOWN_AT_ONCE = 15;
/** Fewer have no spread. */
const FEWEST = 3;
/** The scale: equal ways are equal factors. ms. */
const LEAST = 1;

export function spreadSection({ operations }: Summary): Part | '' {
  const drawn = operations.filter(({ n, p95 }) => n >= FEWEST && p95 !== null);
  if (drawn.length === 0) return '';
  drawn.sort((a, b) => (b.p95 as number) - (a.p95 as number));
  const most = drawn.reduce((top, { max }) => Math.max(top, max ?? 0), 10);
  const rest = drawn.slice(SHOWN_AT_ONCE);
  return part(
    'spread',
    'Spread of each operation',
    html`<p>Of each operation how long its answers took, the slowest operation first. n counts good answers without warm-up, and without those sent after the last phase; <a href="#calls">calls</a> counts all that ended after the warm-up. The scale runs from ${LEAST} ms to ${quantity(Math.round(most), 'ms')} in equal factors.</p>
${legend('', [
  { style: 'thin', colour: '#8a94a0', height: 2, text: 'fastest to slowest' },
  { style: 'thick', colour: '#0b66c3', text: 'median to 95 %' },
])}
${list(drawn.slice(0, SHOWN_AT_ONCE), most)}
${rest.length > 0 && html`<details class="more"><summary>… ${thousands(rest.length)} more</summary>${list(rest, most)}</details>`}`,
  );
}

function list(operations: readonly Operation[], most: number): Html {
  return html`<ul class="strips">${operations.map((one) => strip(one, most))}</ul>${scale(most)}`;
}

/** Powers of ten under the strips. */
function scale(most: number): Html {
  const powers = Array.from(
    { length: Math.floor(Math.log10(most / LEAST)) + 1 },
    (_, at) => LEAST * 10 ** at,
  );
  const texts = powers.map((ms) => {
    const at = (Math.log(ms / LEAST) / Math.log(most / LEAST)) * 100;
    const anchor = at === 0 ? 'start' : at > 94 ? 'end' : 'middle';
    return html`<text x="${Math.round(at * 10) / 10}%" y="12" text-anchor="${anchor}">${quantity(ms, 'ms')}</text>`;
  });
  return html`<div class="strips scale" aria-hidden="true"><span></span><svg aria-hidden="true" width="100%" height="16">${texts}</svg></div>`;
}

function strip({ name, n, min, p50, p95, max, isOfDrain }: Operation, most: number): Html {
  const x = (ms: number | null) =>
    Math.round((Math.log(Math.max(LEAST, ms ?? 0) / LEAST) / Math.log(most / LEAST)) * WIDTH);
  const rect = (kind: string, colour: string, [from, to]: [number, number], [y, height]: [number, number]) =>
    html`<rect class="${kind}" fill="${colour}" x="${from}" y="${y}" width="${Math.max(4, to - from)}" height="${height}"/>`;
  return html`<li><span class="name">${name}</span>
<svg width="100%" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${rect('thin', '#8a94a0', [x(min), x(max)], [6, 2])}${rect('thick', '#0b66c3', [x(p50), x(p95)], [2, 10])}</svg>
<span class="value">half ${figure(p50)}, 95 % ${figure(p95)}, slowest ${figure(max)} ms <small>n ${thousands(n)}</small>${afterLastPhase({ isOfDrain })}</span></li>\n`;
}
