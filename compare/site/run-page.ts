/** The page of one run, made of what the history keeps of it: its link outlives its report and its samples. */
import { duration, limitText, moment, percent, plural, quantity } from '../../analysis/format.ts';
import { type Html, html } from '../../analysis/report/html.ts';
import { type Column, table } from '../../analysis/report/table.ts';
import { OUTCOME_WORDS } from '../../analysis/text/verdict-words.ts';
import { parseMetricKey } from '../../config/metric-key.ts';
import type { Conclusion } from '../conclusion.ts';
import { KEPT, type MetricSketch, type RunFigures } from '../run-figures.ts';
import { boxClass, runBadge, runHeadline, section, sitePage, UP_FROM_RUN } from './site-page.ts';
import type { SiteProfile, SiteRun } from './site-runs.ts';

/** @param at its place in the profile */
export function runPage(profile: SiteProfile, at: number): string {
  const { run, path, hasReport } = profile.runs[at] as SiteRun;
  const { conclusion, like } = run;
  const main = html`<div class="verdict ${boxClass(run)}"><h1>${runBadge(run)} ${runHeadline(run)}</h1>
<ul>${(conclusion?.reasons ?? []).map((reason) => html`<li>${reason}</li>`)}</ul></div>
<p>${
    hasReport
      ? html`<a href="${UP_FROM_RUN}reports/${path}/index.html">The whole report of this run</a>`
      : 'The whole report of this run is not kept here; these are its figures in the history.'
  }</p>
${section('facts', 'This run', facts(run, profile, at))}
${section('primary', 'Primary figures', table('Primary figures', PRIMARY, run.primary, 'It has none.'))}
${conclusion && section('gates', 'Gates that failed or warn', table('Gates that failed or warn', GATES, conclusion.gates, 'None.'))}
${conclusion && section('goals', 'Goals', table('Goals', GOALS, conclusion.goals, 'This profile shows no goals.'))}
${KINDS.map(({ kind, title, figures }) => figuresSection(run, kind, title, figures))}`;
  return sitePage({ title: `${run.id} · ${like.profile} on ${like.environment}`, up: UP_FROM_RUN, main });
}

function facts(run: RunFigures, { runs, path }: SiteProfile, at: number): Html {
  const { id, start, like, conclusion, commit, targetVersion, note, shares } = run;
  const link = (other: SiteRun | undefined) =>
    other && html`<a href="${UP_FROM_RUN}runs/${other.path}.html">${moment(other.run.start)}</a>`;
  const { availability } = shares;
  const rows: Array<[string, Html | string | undefined]> = [
    ['Run', id],
    ['Environment', like.environment],
    ['Profile', html`<a href="${UP_FROM_RUN}profiles/${path}.html">${like.profile}</a>`],
    ['Began', moment(start)],
    ['Lasted', conclusion && duration(conclusion.durationSeconds)],
    ['Users at a time', conclusion && plural(conclusion.users, 'user')],
    [
      'Availability',
      availability && `${percent(availability.value)} of ${plural(availability.n, 'request')}`,
    ],
    ['Version of the target', targetVersion],
    ['Commit of the suite', commit],
    ['Browser', like.browser],
    ['Note', note],
    ['Run before', link(runs[at - 1])],
    ['Run after', link(runs[at + 1])],
  ];
  return html`<dl>${rows.map(([name, value]) => value !== undefined && html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}

const PRIMARY: Array<Column<RunFigures['primary'][number]>> = [
  { heading: 'Metric', isName: true, cell: ({ metric }) => metric },
  { heading: 'Value', numeric: true, cell: ({ value, unit }) => quantity(value, unit) },
  { heading: 'n', numeric: true, cell: ({ n }) => n },
];

const GATES: Array<Column<Conclusion['gates'][number]>> = [
  { heading: 'Gate', isName: true, cell: ({ metric }) => metric },
  { heading: 'Result', cell: ({ outcome }) => OUTCOME_WORDS[outcome] ?? outcome },
  { heading: 'Observed', numeric: true, cell: ({ observed, unit }) => quantity(observed, unit) },
  { heading: 'Limit', numeric: true, cell: ({ expected }) => expected },
  { heading: 'n', numeric: true, cell: ({ n }) => n },
];

const GOALS: Array<Column<Conclusion['goals'][number]>> = [
  { heading: 'Goal', isName: true, cell: ({ metric }) => metric },
  { heading: 'Result', cell: ({ outcome }) => outcome },
  { heading: 'Observed', numeric: true, cell: ({ observed, unit }) => quantity(observed, unit) },
  { heading: 'Goal', numeric: true, cell: ({ side, goal, unit }) => limitText(side, goal, unit) },
  { heading: 'n', numeric: true, cell: ({ n }) => n },
];

type Quantile = (typeof KEPT)[number];

const KINDS: ReadonlyArray<{ kind: string; title: string; figures: readonly Quantile[] }> = [
  { kind: 'journey', title: 'Journeys', figures: ['p50', 'p95', 'max'] },
  { kind: 'class', title: 'Classes of operations', figures: ['p50', 'p95', 'max'] },
  { kind: 'request', title: 'Operations', figures: ['p50', 'p95', 'max'] },
  { kind: 'step', title: 'Steps', figures: ['p50', 'p95', 'max'] },
  { kind: 'vital', title: 'Web Vitals', figures: ['p50', 'p75', 'max'] },
];

function figuresSection(
  run: RunFigures,
  kind: string,
  title: string,
  figures: readonly Quantile[],
): Html | false {
  const rows = Object.entries(run.metrics)
    .filter(([key]) => parseMetricKey(key)?.kind === kind)
    .sort(([a], [b]) => a.localeCompare(b));
  if (rows.length === 0) return false;
  const columns: Array<Column<[string, MetricSketch]>> = [
    { heading: 'Name', isName: true, cell: ([key]) => key.slice(kind.length + 1) },
    { heading: 'Attempts', numeric: true, cell: ([, { attempts }]) => attempts },
    { heading: 'Failed', numeric: true, cell: ([, { errors }]) => errors },
    ...figures.map((figure) => ({
      heading: figure,
      numeric: true,
      cell: ([, { quantiles, unit, n }]: [string, MetricSketch]) => figureText(figure, quantiles, unit, n),
    })),
  ];
  return html`<section><details><summary>${title}: ${rows.length}</summary>${table(title, columns, rows, '')}</details></section>
`;
}

/** Of one value there are no percentiles. */
function figureText(
  figure: Quantile,
  quantiles: MetricSketch['quantiles'],
  unit: MetricSketch['unit'],
  n: number,
): string {
  return n < 2 && figure !== 'max' ? '' : quantity(quantiles[KEPT.indexOf(figure)], unit);
}
