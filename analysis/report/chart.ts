/**
 * A small line chart over time as SVG. The plot stretches with its box while strokes and text do not, so that it
 * reads the same at 390 and at 1440 px: axis labels are HTML beside it. No library: those that draw SVG without a browser
 * (ECharts, Vega) fix its size and colours, so that one picture fits neither both widths nor light and dark.
 */
import { duration } from '../format.ts';
import { type Html, html, trusted } from './html.ts';
import { bands, type RunTime, ticks, timeAxis } from './time-axis.ts';

export interface Line {
  name: string;
  /** One value per second, drawn as one per point where they are too many; null leaves a gap. */
  values: ReadonlyArray<number | null>;
  /** A class of the style sheet that gives the colour, and whether the area below is filled. */
  style: string;
  filled?: boolean;
}

export interface Chart {
  id: string;
  title: string;
  lines: Line[];
  /** How a value is written on the axis. */
  label(value: number): string;
  /** Top of the axis at least; a share ends at 1. */
  atLeast?: number;
  /** A sentence that describes the chart, for readers who cannot see it. */
  summary: string;
  /** One of several that are read together, with one time axis under the last. */
  isLow?: boolean;
  /** What a point shows where it stands for several seconds; the highest unless something else is said. */
  each?: 'mean';
}

const WIDTH = 1000;
const HEIGHT = 100;
/** More points than pixels only make the file larger. */
const MAX_POINTS = 1000;

export function chart({ isLow, label, atLeast = 1, summary, ...one }: Chart, time: RunTime): Html {
  const { id } = one;
  const { seconds } = time;
  const every = everyOf(seconds);
  const title = every === 1 ? one.title : `${one.title}, ${one.each ?? 'highest'} of each ${duration(every)}`;
  const lines = one.lines.map((line) => ({ ...line, values: pointsOf(line.values, every, one.each) }));
  const top = niceTop(highest(lines, atLeast));
  const paths = lines.map((line) => {
    const runs = stretches(line.values);
    const x = (point: number) => round(Math.min(1, ((point + 0.5) * every) / seconds) * WIDTH);
    const y = (value: number) => round(HEIGHT - (value / top) * HEIGHT);
    return runs
      .map((run) => {
        const points = run.map(([point, value]) => `${x(point)} ${y(value)}`);
        const [first, last] = [run[0]!, run[run.length - 1]!];
        // A single second between gaps would be a line without length: round ends make it a dot.
        const isDot = run.length === 1;
        const d = isDot ? `M${points[0]}h0` : `M${points.join('L')}`;
        const area = `${d}L${x(last[0])} ${HEIGHT}L${x(first[0])} ${HEIGHT}Z`;
        const filled = `<path class="area ${line.style}" d="${area}" ${paintArea(line)}/>`;
        return `${line.filled && !isDot ? filled : ''}<path class="line ${line.style}${isDot ? ' dot' : ''}" d="${d}" ${paintLine(line, isDot)}/>`;
      })
      .join('');
  });
  const marks = ticks(seconds).map((s) => `M${round((s / seconds) * WIDTH)} 0V${HEIGHT}`);
  return html`<figure class="chart${isLow && ' low'}" data-seconds="${seconds}" data-every="${every}">
<figcaption id="${id}"><strong>${title}</strong> ${lines.map((line) => html`<span class="key ${line.style}" data-values="${written(line, label)}">${swatch(line)} ${line.name}</span> `)}</figcaption>
<div class="plot"><div class="axis" aria-hidden="true"><span>${label(top)}</span> <span>${label(top / 2)}</span> <span>${label(0)}</span></div>
<svg width="100%" height="${isLow ? 64 : 110}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${`${title}. ${summary}`}">
${bands(time, WIDTH, HEIGHT)}<path class="grid" ${trusted(`fill="none" stroke="${GREY}" ${STEADY}`)} d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}${marks.join('')}"/>${trusted(paths.join(''))}
</svg></div>${!isLow && timeAxis(time)}</figure>`;
}

/**
 * Colours as attributes, for a server whose policy drops the page's style sheet: a shape without them is black and filled.
 * The style sheet has its own for light and dark, and overrules these.
 */
const COLOURS: Readonly<Record<string, string>> = {
  a: '#0b66c3',
  b: '#0d7d74',
  c: '#9a4b9e',
  d: '#8a6100',
  bad: '#a8201a',
};
export const GREY = '#8a94a0';
export const STEADY = 'vector-effect="non-scaling-stroke"';

function colourOf({ style }: Line): string {
  return COLOURS[style] ?? GREY;
}

function paintLine(line: Line, isDot: boolean): string {
  const dashed = line.style === 'whole' ? ' stroke-dasharray="5 3"' : '';
  return `fill="none" stroke="${colourOf(line)}" stroke-width="${isDot ? 4 : 1.6}" stroke-linecap="${isDot ? 'round' : 'butt'}"${dashed} ${STEADY}`;
}

function paintArea(line: Line): string {
  return `fill="${colourOf(line)}" opacity="0.16"`;
}

function swatch(line: Line): Html {
  return html`<svg class="swatch" width="13" height="4" aria-hidden="true"><rect width="13" height="4" fill="${colourOf(line)}"/></svg>`;
}

/** What the script shows at its cursor: the values that are drawn, as the axis writes them. */
function written({ values }: Line, label: Chart['label']): string {
  return values.map((value) => (value === null ? '' : label(value))).join('|');
}

/** How many seconds a point stands for. */
function everyOf(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / MAX_POINTS));
}

/** A value for each point. One that took a single second of several would hide what came between: a failure in an hour. */
function pointsOf(values: Line['values'], every: number, each: Chart['each']): Array<number | null> {
  if (every === 1) return [...values];
  return Array.from({ length: Math.ceil(values.length / every) }, (_, point) => {
    const there = values.slice(point * every, (point + 1) * every).filter((value) => value !== null);
    if (there.length === 0) return null;
    return each === 'mean' ? there.reduce((sum, value) => sum + value, 0) / there.length : Math.max(...there);
  });
}

/** Runs of points without a gap. */
function stretches(values: Line['values']): Array<Array<[point: number, value: number]>> {
  const runs: Array<Array<[number, number]>> = [];
  let open = false;
  values.forEach((value, point) => {
    if (value === null) {
      open = false;
      return;
    }
    if (!open) runs.push([]);
    runs[runs.length - 1]!.push([point, value]);
    open = true;
  });
  return runs;
}

/** A day has too many seconds to be handed to Math.max at once. */
function highest(lines: readonly Line[], atLeast: number): number {
  return lines.reduce(
    (top, line) => line.values.reduce((most: number, value) => Math.max(most, value ?? 0), top),
    atLeast,
  );
}

/** A small whole number of times a power of ten: the axis ends on a round number, and has room for half of it. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
