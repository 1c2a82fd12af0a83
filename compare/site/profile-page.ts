/** The page of a profile on an environment: since when it is slower, service levels by month, and its figures by week. */
import { percent, plural, quantity } from '../../analysis/format.ts';
import { type Html, html } from '../../analysis/report/html.ts';
import { type JourneyState, passesText, stateOf } from '../../analysis/report/roles-section.ts';
import { type Column, oneTable, table } from '../../analysis/report/table.ts';
import type { JourneyOfRole } from '../../analysis/summary/summary.ts';
import { changeText } from '../comparison-words.ts';
import type { Trend, TrendMetric } from '../trend.ts';
import { changedCharts, changeSections, spansSection } from '../trend-page.ts';
import { facts } from '../trend-text.ts';
import { sinceText } from '../trend-words.ts';
import { type ServiceMonth, serviceLevels } from './service-levels.ts';
import { section, sitePage, UP_FROM_PROFILE } from './site-page.ts';
import type { SiteProfile } from './site-runs.ts';
import { type FigureWeek, figuresByWeek, journeysByWeek, type Weekly } from './weekly.ts';

export function profilePage({ profile, environment, runs }: SiteProfile, trend: Trend): string {
  const figures = runs.map(({ run }) => run);
  const last = runs.at(-1);
  const of = (kind: RegExp) => trend.metrics.filter(({ metric }) => kind.test(metric));
  const verdict = trend.changes.some(({ isWorse }) => isWorse) ? 'fail' : trend.isEnough ? 'pass' : 'warn';
  const main = html`<div class="verdict ${verdict}"><h1>${profile} on ${environment}: ${trend.headline}</h1>
<ul>${facts(trend).map((fact) => html`<li>${fact}</li>`)}</ul></div>
<p>${last && html`<a href="${UP_FROM_PROFILE}runs/${last.path}.html">Last run</a> of ${plural(runs.length, 'run')}.`} Weeks are those of ISO 8601, the newest first.</p>
${changeSections(trend)}
${spansSection(trend)}
${section('service', 'Service levels by month', serviceTable(serviceLevels(figures)))}
${section('journeys', 'Journeys of each role by week', journeysTable(journeysByWeek(figures)))}
${section('vitals', 'Web Vitals by week', figuresTable('Web Vitals by week', trend, of(/^vital\./)))}
${section('operations', 'Operations by week', figuresTable('Operations by week', trend, of(/^(request|class)\./)))}
${section('charts', 'Every run', changedCharts(trend))}`;
  return sitePage({ title: `${profile} on ${environment} · all runs`, up: UP_FROM_PROFILE, main });
}

function serviceTable(months: readonly ServiceMonth[]): Html {
  const columns: Array<Column<ServiceMonth>> = [
    { heading: 'Month', isName: true, cell: ({ month }) => month },
    { heading: 'Runs passed', numeric: true, cell: ({ passed, runs }) => `${passed} of ${runs}` },
    { heading: 'Availability', numeric: true, cell: ({ availability }) => percent(availability) },
    {
      heading: 'with defects',
      title: 'As users met it: with failures that known defects excuse',
      numeric: true,
      cell: ({ withDefects }) => percent(withDefects),
    },
    { heading: 'Requests', numeric: true, cell: ({ requests }) => quantity(requests, '1') },
    {
      heading: 'Goals met',
      numeric: true,
      cell: ({ goals: { met, n } }) => (n === 0 ? 'not kept' : `${met} of ${n}, ${percent(met / n)}`),
    },
    {
      heading: 'Missed',
      cell: ({ missed }) =>
        html`<span class="message">${missed.map(({ metric, runs }) => `${metric} (${plural(runs, 'run')})`).join(', ')}</span>`,
    },
  ];
  return table('Service levels by month', columns, months, 'No run.');
}

function journeysTable({ weeks, rows }: ReturnType<typeof journeysByWeek>): Html {
  type Row = (typeof rows)[number];
  const columns: Array<Column<Row>> = [
    {
      heading: 'Role and journey',
      isName: true,
      cell: ({ role, journey, via }) =>
        html`${journey}<small>${role}, ${via === 'http' ? 'over HTTP' : 'in the browser'}</small>`,
    },
    ...weeks.map((week, at): Column<Row> => ({ heading: week, cell: ({ cells }) => journeyCell(cells[at]) })),
  ];
  if (rows.length === 0) return html`<p class="empty">No run of these was added with its journeys.</p>`;
  return html`${byWeek(oneTable('Journeys of each role by week', columns, rows), weeks)}
<p class="note">Over all runs of a week, in the words of the report: a journey fails when more than 5 % of its passes do, works in part when a call or step failed in more than 5 % of them, and is slow when its waits are. Empty: it was not planned, or an older suite added the runs.</p>`;
}

const CLASSES: Readonly<Partial<Record<JourneyState, string>>> = {
  fails: 'fails',
  'works in part': 'some',
  slow: 'some',
  works: 'works',
};

function journeyCell(cell: JourneyOfRole | undefined): Html | string {
  if (!cell) return '';
  const state = stateOf(cell);
  const count = passesText(cell);
  return html`<span class="${CLASSES[state] ?? ''} whole">${state}</span>${count && html`<small>${count}</small>`}`;
}

function figuresTable(title: string, trend: Trend, metrics: readonly TrendMetric[]): Html {
  const { weeks, rows }: Weekly<TrendMetric, FigureWeek> = figuresByWeek(trend, metrics);
  type Row = (typeof rows)[number];
  const columns: Array<Column<Row>> = [
    {
      heading: 'Metric',
      isName: true,
      cell: ({ metric, decides }) => html`${metric}${decides && html`<small>primary</small>`}`,
    },
    ...weeks.map(
      (week, at): Column<Row> => ({
        heading: week,
        numeric: true,
        cell: ({ cells, unit }) => {
          const cell = cells[at];
          return (
            cell &&
            html`${quantity(cell.value, unit)}${cell.changes.map((change) => html`<span class="since ${change.isWorse ? 'bad' : 'good'}">${change.isWorse ? '▲ worse' : '▼ better'} ${changeText(change)}<small>since ${sinceText(change, trend)}</small></span>`)}`
          );
        },
      }),
    ),
  ];
  return html`${byWeek(table(title, columns, rows, 'No figure has enough values in these runs.'), weeks)}
<p class="note">Medians over the runs of a week. What has a change point comes first.</p>`;
}

/** As many as there is paper for; a screen has all. */
const MOST_WEEKS_PRINTED = 8;

function byWeek(drawn: Html, weeks: readonly string[]): Html {
  return html`<div class="weeks${weeks.length > MOST_WEEKS_PRINTED && ' many'}">${drawn}</div>`;
}
