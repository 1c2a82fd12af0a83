/** Metrics of the target itself: a table and charts for each of its Prometheus endpoints. */

import type { EndpointSummary, TargetFigureSummary } from '../../measure/run/target-figures.ts';
import { figure as digits, duration, number, percent, plural, quantity } from '../format.ts';
import { MIN_DRIFT_SECONDS } from '../summary/drift.ts';
import type { Summary } from '../summary/summary.ts';
import { type Chart, chart } from './chart.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { slope } from './slope.ts';
import { table } from './table.ts';
import { type RunTime, timeOf } from './time-axis.ts';

const COLOURS = ['a', 'b', 'c', 'd'];

const NOT_MEASURED = part(
  'target',
  'The target’s own figures',
  html`<p class="empty">CPU and memory of the target were not measured, so this run cannot say whether the target was short of them. Name its Prometheus endpoints for its environment: docs/environments.md, “Metrics of the target”.</p>`,
);

/** Of a load without endpoints and without processes to watch, how to have them; nothing of other runs without endpoints. */
export function targetSection(summary: Summary): Part | '' {
  const { targetMetrics, targetProcess, run, counts } = summary;
  if (targetMetrics.length === 0)
    return targetProcess === null && run.runner === 'artillery' && counts.requests.n > 0 ? NOT_MEASURED : '';
  return part(
    'target',
    'The target’s own figures',
    html`<p>As it tells them at Prometheus endpoints; what is made of counters is of the time since the scrape before. Minimum, median, maximum and drift are without warm-up and drain, the charts show all. Drift: slope by the hour (Theil–Sen) with its 95 % interval, of ${duration(MIN_DRIFT_SECONDS)} or more; ↗ ↘ where the interval leaves out 0.</p>
${targetMetrics.map((endpoint) => endpointPart(endpoint, timeOf(summary)))}`,
  );
}

function endpointPart(endpoint: EndpointSummary, time: RunTime): Html {
  const { name, kind, url, every, scrapes, failed, figures } = endpoint;
  const charts = figures
    .filter(({ points }) => points.length > 0)
    .map((one, i) => chartOf(endpoint, one, i, time.seconds));
  return html`<h3>${name} ${kind !== name && html`<span class="count">${kind}</span>`}</h3>
<p>${url}, every ${duration(every)}: ${plural(scrapes, 'scrape')}, ${failed > 0 ? html`<strong class="bad">${failed} failed</strong> (${endpoint.reasons.map(({ reason, count }) => `${reason}: ${count}`).join('; ')})` : 'none failed'}.</p>
${table<TargetFigureSummary>(
  `Figures of ${name}`,
  [
    { heading: 'Figure', isName: true, cell: ({ title, unit }) => html`${title}${unitOf(unit)}` },
    { heading: 'n', numeric: true, cell: ({ n }) => n },
    { heading: 'min', numeric: true, cell: (one) => written(one, one.min) },
    { heading: 'median', numeric: true, cell: (one) => written(one, one.p50) },
    { heading: 'max', numeric: true, cell: (one) => written(one, one.max) },
    { heading: 'drift an hour', numeric: true, cell: driftCell },
  ],
  charts.length > 0 ? figures : [],
  'None of its figures came.',
)}
${charts.length > 0 && charts.map((one) => chart(one, time))}`;
}

function chartOf(
  { name, every }: EndpointSummary,
  one: TargetFigureSummary,
  index: number,
  seconds: number,
): Chart {
  const { key, title, unit, points } = one;
  const label = unit === '%' ? percent : number;
  const values = points.map(([, value]) => value);
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [values[0]!, values[0]!],
  );
  return {
    id: `chart-target-${name}-${key}`,
    title: `${title}${unit === '1' || unit === '%' ? '' : `, ${unit}`}`,
    lines: [
      {
        name,
        values: eachSecond(points, every, seconds),
        style: COLOURS[index % COLOURS.length]!,
        filled: true,
      },
    ],
    label,
    atLeast: unit === '%' || unit === '1' ? 1 : MIN_TOP,
    summary: `From ${quantity(low, unit)} to ${quantity(high, unit)}.`,
  };
}

/** A line needs some height, be everything 0. */
const MIN_TOP = 0.01;

/** A value stands for the time since the scrape before; where that failed, for one period: a gap stays one. */
function eachSecond(
  points: TargetFigureSummary['points'],
  every: number,
  seconds: number,
): Array<number | null> {
  const values = new Array<number | null>(seconds).fill(null);
  let before = -1;
  for (const [s, value] of points) {
    const at = Math.min(seconds - 1, Math.max(0, Math.floor(s)));
    // Scrapes come a little late: half a second of it is no gap.
    const from = Math.max(before + 1, Math.floor(s - every - 0.5));
    for (let second = Math.min(at, Math.max(0, from)); second <= at; second += 1) values[second] = value;
    before = at;
  }
  return values;
}

function written({ n, unit }: TargetFigureSummary, value: number | null): Html | string {
  if (n === 0) return html`<span class="none">–</span>`;
  return unit === '%' ? percent(value) : digits(value);
}

function driftCell({ drift, unit }: TargetFigureSummary): Html {
  if (!drift) return html`<span class="none">–</span>`;
  return slope(drift.perHour, drift.ci, unit);
}

function unitOf(unit: TargetFigureSummary['unit']): Html | '' {
  return unit === '1' || unit === '%' ? '' : html` <small>${unit}</small>`;
}
