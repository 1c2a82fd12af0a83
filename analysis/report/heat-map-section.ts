/** Latency over time as a heat map: a column is a stretch of time, a row a span of latency, and darker is more answers. */
import { duration, number, percent, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { type Html, html, trusted } from './html.ts';
import { legend } from './legend.ts';
import { type Part, part } from './part.ts';
import { phaseNames, timeAxis, timeOf } from './time-axis.ts';

const WIDTH = 1000;
const ROW = 14;
/** Edges of rows. Up to the first a user takes what happens for what they did: https://www.nngroup.com/articles/response-times-3-important-limits/ */
const QUICK_MS = 100;
const SLOW_MS = 1000;
/** Upper ends of the shades but the last, as shares of a column's answers; each with its opacity. */
const SHADES: ReadonlyArray<readonly [upTo: number, opacity: number]> = [
  [0.02, 0.15],
  [0.1, 0.32],
  [0.25, 0.52],
  [0.5, 0.74],
  [1, 1],
];

export function heatMapSection(summary: Summary): Part | '' {
  const { latencyMap } = summary;
  if (!latencyMap) return '';
  const { every, edges, columns } = latencyMap;
  const time = timeOf(summary);
  const all = columns.flat().reduce((sum, count) => sum + count, 0);
  const slower = (ms: number) => columns.reduce((sum, column) => sum + above(column, edges, ms), 0);
  const [notQuick, slow] = [slower(QUICK_MS), slower(SLOW_MS)];
  const ranges = `Of ${thousands(all)} answers ${percent((all - notQuick) / all)} took less than ${QUICK_MS} ms, ${percent((notQuick - slow) / all)} less than a second, ${percent(slow / all)} a second or more.`;
  return part(
    'latency-map',
    'Latency over time',
    html`<p>Good answers, warm-up included, by how long they took, each column ${duration(every)}, each row a range of times, which begins at the time beside it and ends at the time of the row above. ${ranges}</p>
${phaseNames(time)}
<figure class="chart heat" data-seconds="${time.seconds}"><figcaption>Latency, lower end of each row</figcaption>
<div class="plot"><div class="axis" aria-hidden="true">${labels(edges)}</div>
<svg width="100%" height="${ROW * (edges.length + 1)}" viewBox="0 0 ${WIDTH} ${ROW * (edges.length + 1)}" preserveAspectRatio="none" role="img" aria-label="${`Latency over time. ${ranges}`}">${trusted(cells(columns, every, time.seconds))}</svg></div></figure>
${timeAxis(time)}
${legend(
  'Share of the column’s answers:',
  SHADES.map(([upTo, opacity]) => ({
    style: 'heat',
    colour: '#0b66c3',
    opacity,
    text: `up to ${percent(upTo)}`,
  })),
)}`,
  );
}

function above(column: readonly number[], edges: readonly number[], ms: number): number {
  return column.reduce((sum, count, row) => sum + ((edges[row - 1] ?? 0) >= ms ? count : 0), 0);
}

/** From the top: what is longer than the last edge, then each row by its lower end. */
function labels(edges: readonly number[]): Html[] {
  const text = (ms: number) => (ms >= 1000 ? `${number(ms / 1000)} s` : `${number(ms)} ms`);
  return [...edges]
    .reverse()
    .map((ms) => html`<span>${text(ms)}</span> `)
    .concat(html`<span>0 ms</span>`);
}

/** One path for each shade: thousands of shapes of their own would be a large file. */
function cells(columns: ReadonlyArray<readonly number[]>, every: number, seconds: number): string {
  const paths = SHADES.map(() => '');
  const width = (every / seconds) * WIDTH;
  columns.forEach((column, at) => {
    const sum = column.reduce((total, count) => total + count, 0);
    column.forEach((count, row) => {
      if (count === 0) return;
      const shade = SHADES.findIndex(([upTo]) => count / sum <= upTo);
      const y = (column.length - 1 - row) * ROW;
      paths[shade] +=
        `M${round(at * width)} ${y}h${round(Math.min(width, WIDTH - at * width))}v${ROW}H${round(at * width)}Z`;
    });
  });
  return paths
    .map((d, shade) => d && `<path class="heat" fill="#0b66c3" opacity="${SHADES[shade]?.[1]}" d="${d}"/>`)
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
