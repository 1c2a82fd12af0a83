/**
 * A small chart of one figure of many runs, a dot for each, as SVG that stretches with its box like the charts over time
 * (chart.ts). Runs stand in the order of time and equally far apart.
 */
import { GREY, STEADY } from './chart.ts';
import { type Html, html, trusted } from './html.ts';

export interface HistoryLevel {
  /** Indices of the first run and of the last one. */
  from: number;
  to: number;
  mean: number;
  min: number;
  max: number;
}

export interface HistoryChart {
  title: string;
  /** Beside the title; what the axis leaves out. */
  unit: string;
  /** Top of the axis where all values are 0. */
  atLeast: number;
  /** Of each run; null: it has none. */
  values: ReadonlyArray<number | null>;
  levels: readonly HistoryLevel[];
  /** Before the run at this index. */
  marks: ReadonlyArray<{ at: number; isWorse: boolean; text: string }>;
  /** Of each run. */
  days: readonly string[];
  /** How a value is written on the axis. */
  label(value: number): string;
}

const WIDTH = 1000;
const HEIGHT = 100;

export function historyChart({
  title,
  unit,
  atLeast,
  values,
  levels,
  marks,
  days,
  label,
}: HistoryChart): Html {
  const there = values.filter((value) => value !== null);
  const [bottom, top] = axisOf(Math.min(...there), Math.max(...there), atLeast);
  const x = (run: number) => round(((run + 0.5) / values.length) * WIDTH);
  const y = (value: number) => round(HEIGHT - ((value - bottom) / (top - bottom)) * HEIGHT);
  const dots = values.map((value, run) => (value === null ? '' : `M${x(run)} ${y(value)}h0`)).join('');
  const bands = levels.map(({ from, to, min, max }) => {
    const [left, right] = [x(from - 0.5), x(to + 0.5)];
    return `M${left} ${y(max)}H${right}V${y(min)}H${left}Z`;
  });
  const means = levels.map(({ from, to, mean }) => `M${x(from - 0.5)} ${y(mean)}H${x(to + 0.5)}`);
  const lines = marks.map(({ at, isWorse }) => {
    const [name, colour] = isWorse ? ['bad', '#a8201a'] : ['good', '#0f6b3a'];
    return `<path class="mark ${name}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-dasharray="4 3" ${STEADY} d="M${x(at - 0.5)} 0V${HEIGHT}"/>`;
  });
  const blue = '#0b66c3';
  const drawn = [
    `<path class="grid" fill="none" stroke="${GREY}" ${STEADY} d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>`,
    `<path class="area a" fill="${blue}" opacity="0.16" d="${bands.join('')}"/>`,
    `<path class="line a level" fill="none" stroke="${blue}" stroke-width="1.6" ${STEADY} d="${means.join('')}"/>`,
    ...lines,
    `<path class="line a dot" fill="none" stroke="${blue}" stroke-width="4" stroke-linecap="round" ${STEADY} d="${dots}"/>`,
  ];
  const middle = days[Math.floor((days.length - 1) / 2)] ?? '';
  const said = marks.length === 0 ? 'No change point.' : `${marks.map(({ text }) => text).join('. ')}.`;
  return html`<figure class="chart">
<figcaption><strong>${title}</strong> ${unit}${marks.map(({ isWorse, text }) => html` <span class="since ${isWorse ? 'bad' : 'good'}">${text}</span>`)}</figcaption>
<div class="plot"><div class="axis" aria-hidden="true"><span>${label(top)}</span> <span>${label((top + bottom) / 2)}</span> <span>${label(bottom)}</span></div>
<svg width="100%" height="110" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${`${title}, ${there.length} runs. ${said}`}">${trusted(drawn.join(''))}</svg></div>
<div class="times" aria-hidden="true"><span>${days[0]}</span> <span>${middle}</span> <span>${days.at(-1)}</span></div></figure>`;
}

/** Round numbers around all values, with one in the middle; from 0 on where the smallest value is less than half of the largest. */
export function axisOf(min: number, max: number, atLeast: number): [bottom: number, top: number] {
  const from = min >= 0 && (min < max / 2 || min === max) ? 0 : min;
  const to = max > from ? max : from + atLeast;
  const least = (to - from) / 2;
  const power = 10 ** Math.floor(Math.log10(least));
  for (const factor of [1, 2, 2.5, 5, 10, 20]) {
    const step = factor * power;
    const bottom = Math.floor(from / step + 1e-9) * step;
    const top = bottom + 2 * step;
    if (top >= to - 1e-9 * step) return [exact(bottom), exact(top)];
  }
  return [from, to];
}

/** Sums of steps differ from the number that they mean in the last digits. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
