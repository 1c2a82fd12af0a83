/** A trend as a page of its own: change points, what came between, and a small chart per metric. */
import { number, percent, quantity } from '../analysis/format.ts';
import { historyChart } from '../analysis/report/history-chart.ts';
import { type Html, html, relativeLink } from '../analysis/report/html.ts';
import { page } from '../analysis/report/page.ts';
import { table } from '../analysis/report/table.ts';
import { changeText, intervalText, pText } from './comparison-words.ts';
import type { Trend, TrendChange, TrendMetric } from './trend.ts';
import { changeParts, facts } from './trend-text.ts';
import { sinceText, spanLines, spanTitle } from './trend-words.ts';

/** @param json name of the file beside it that has the whole result */
export function trendPage(trend: Trend, json: string): string {
  const { headline, profile, environment, metrics, changes } = trend;
  const others = metrics.filter((metric) => !isDrawn(metric, trend));
  const verdict = changes.some(({ isWorse }) => isWorse) ? 'fail' : trend.isEnough ? 'pass' : 'warn';
  const main = html`<div class="verdict ${verdict}"><h1>${headline}</h1><ul>${facts(trend).map((fact) => html`<li>${fact}</li>`)}</ul></div>
${changeSections(trend)}
${spansSection(trend)}
<section aria-labelledby="charts"><h2 id="charts">Every run</h2>
${changedCharts(trend)}
${others.length > 0 && html`<details><summary>${number(others.length)} other metrics, without a change point</summary>${charts(others, trend)}</details>`}</section>
`;
  return page({
    title: `Trend · ${profile} on ${environment}`,
    head: `Residency Scheduler load and browser performance · trend of ${profile} on ${environment}`,
    main,
    foot: html`Change points: E-divisive (Matteson &amp; James 2014), p ≤ 0.01; of metrics that inform, p is the false-discovery rate. Every figure is in <a href="${relativeLink(json) ?? ''}">${json}</a>; docs/trend.md explains it.`,
  });
}

/** What became worse, and what became better: a section each, where there is any. */
export function changeSections(trend: Trend): Html[] {
  return changeParts(trend, Number.POSITIVE_INFINITY).map(({ title, shown }) =>
    changesSection(title, shown, trend),
  );
}

export function spansSection(trend: Trend): Html | false {
  const { spans } = trend;
  return (
    spans.length > 0 &&
    html`<section aria-labelledby="between"><h2 id="between">What came between</h2>
${spans.map((span) => html`<h3>${spanTitle(span, trend)}</h3><ul>${spanLines(span).map((line) => html`<li>${line}</li>`)}</ul>`)}</section>`
  );
}

/** Of primary metrics, and of those with a change point. */
export function changedCharts(trend: Trend): Html {
  return html`<p class="note">A dot is a run; runs stand equally far apart, and an axis need not begin at 0. A line is the mean of the runs between two change points, its shade reaches from the least of them to the largest.</p>
${charts(
  trend.metrics.filter((metric) => isDrawn(metric, trend)),
  trend,
)}`;
}

function isDrawn({ decides, metric }: TrendMetric, { changes }: Trend): boolean {
  return decides || changes.some((change) => change.metric === metric);
}

function charts(metrics: readonly TrendMetric[], trend: Trend): Html {
  return html`<div class="charts">${metrics.map((metric) => chartOf(metric, trend))}</div>`;
}

function changesSection(title: string, changes: readonly TrendChange[], trend: Trend): Html {
  const id = title.toLowerCase();
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${table<TrendChange>(
  `${title}: change points`,
  [
    {
      heading: 'Metric',
      isName: true,
      cell: ({ metric, decides }) => html`${metric}${decides && html`<small>primary</small>`}`,
    },
    {
      heading: 'Change',
      numeric: true,
      cell: (change) => html`${changeText(change)}<small>${intervalText(change)}</small>`,
    },
    {
      heading: 'Since',
      cell: (change) => html`<span class="whole">${sinceText(change, trend)}</span>`,
    },
    { heading: 'Before', numeric: true, cell: ({ before, unit }) => quantity(before, unit) },
    { heading: 'After', numeric: true, cell: ({ after, unit }) => quantity(after, unit) },
    { heading: 'p', numeric: true, cell: ({ p }) => pText(p) },
  ],
  changes,
  '',
)}</section>`;
}

function chartOf({ metric, unit, values, levels }: TrendMetric, trend: Trend): Html {
  const marks = trend.changes
    .filter((change) => change.metric === metric)
    .sort((a, b) => a.between[1] - b.between[1])
    .map((change) => ({
      at: change.between[1],
      isWorse: change.isWorse,
      text: `${changeText(change)} since ${sinceText(change, trend)}`,
    }));
  const days = trend.runs.map(({ start }) => start.slice(0, 10));
  return historyChart({
    title: metric,
    unit: unit === '%' || unit === '1' ? '' : unit,
    atLeast: unit === '%' ? 0.01 : 1,
    values,
    levels,
    marks,
    days,
    label: (value) => (unit === '%' ? percent(value) : number(value)),
  });
}
