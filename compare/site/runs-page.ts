/** The first page of the site: the last verdict of each environment, its profiles, and the list of all runs. */
import { moment, plural } from '../../analysis/format.ts';
import { type Html, html } from '../../analysis/report/html.ts';
import { type Column, oneTable, table } from '../../analysis/report/table.ts';
import type { LeftOut } from '../alike-runs.ts';
import { FILTER_SCRIPT } from './filter-script.ts';
import { runBadge, runHeadline, section, sitePage } from './site-page.ts';
import type { SiteContent, SiteProfile, SiteRun } from './site-runs.ts';

/** @param trends headline of the trend of each profile, by its path */
export function runsPage({ profiles, leftOut }: SiteContent, trends: ReadonlyMap<string, string>): string {
  const runs = newestFirst(profiles.flatMap((profile) => profile.runs));
  const environments = [...new Set(profiles.map(({ environment }) => environment))];
  const [newest, oldest] = [runs[0], runs.at(-1)].map((one) => one?.run.start.slice(0, 10) ?? '');
  const main = html`<h1>${plural(runs.length, 'run')} of ${plural(profiles.length, 'profile')} on ${plural(environments.length, 'environment')}, ${oldest} to ${newest}</h1>
${section('environments', 'Last verdict of each environment', tiles(environments, profiles))}
${section('profiles', 'Profiles', profilesTable(profiles, trends))}
${section('runs', 'Runs', html`${filters()}${runsTables(runs)}`)}
${leftOut.length > 0 && section('left-out', 'Left out', leftOutTable(leftOut))}`;
  return sitePage({
    title: 'All runs · Residency Scheduler performance',
    up: '',
    main,
    script: FILTER_SCRIPT,
  });
}

export function newestFirst(runs: readonly SiteRun[]): SiteRun[] {
  return [...runs].sort((a, b) => b.run.start.localeCompare(a.run.start) || a.path.localeCompare(b.path));
}

function tiles(environments: readonly string[], profiles: readonly SiteProfile[]): Html {
  return html`<ul class="tiles">${environments.map((environment) => {
    const own = profiles.filter((profile) => profile.environment === environment);
    const [last] = newestFirst(own.flatMap(({ runs }) => runs));
    return (
      last !== undefined &&
      html`<li class="tile"><span class="label">${environment}</span><span class="value">${runBadge(last.run)}</span><span class="detail"><a href="runs/${last.path}.html">${last.run.like.profile}, ${moment(last.run.start)}</a></span></li>\n`
    );
  })}</ul>`;
}

function profilesTable(profiles: readonly SiteProfile[], trends: ReadonlyMap<string, string>): Html {
  const lastOf = ({ runs }: SiteProfile) => runs.at(-1) as SiteRun;
  return table<SiteProfile>(
    'Profiles of each environment',
    [
      {
        heading: 'Profile',
        isName: true,
        cell: ({ environment, profile, path }) =>
          html`<a href="profiles/${path}.html">${profile}</a><small>${environment}</small>`,
      },
      { heading: 'Runs', numeric: true, cell: ({ runs }) => runs.length },
      {
        heading: 'Last run',
        cell: (one) => {
          const { path, run } = lastOf(one);
          return html`${runBadge(run)} <a class="whole" href="runs/${path}.html">${run.start.slice(0, 10)}</a><small>${runHeadline(run)}</small>`;
        },
      },
      {
        heading: 'Trend',
        cell: ({ path }) => html`<span class="message">${trends.get(path) ?? ''}</span>`,
      },
    ],
    profiles,
    '',
  );
}

/** Runs that are drawn at once: a page of thousands takes seconds to open. */
const NEWEST = 200;

/** The older ones are closed until somebody opens them, or a filter finds one among them. */
function runsTables(runs: readonly SiteRun[]): Html {
  const older = runs.slice(NEWEST);
  return html`${oneTable<SiteRun>('Runs, newest first', RUN_COLUMNS, runs.slice(0, NEWEST))}
${older.length > 0 && html`<details class="older"><summary>${plural(older.length, 'older run')}</summary>${oneTable<SiteRun>('Older runs, newest first', RUN_COLUMNS, older)}</details>`}`;
}

/** Columns of the selects are those of the table. */
const RUN_COLUMNS: Array<Column<SiteRun>> = [
  {
    heading: 'Run',
    isName: true,
    cell: ({ path, run }) =>
      html`<a href="runs/${path}.html">${moment(run.start).replace(/:\d\d UTC$/, '')}</a>`,
  },
  { heading: 'Verdict', cell: ({ run }) => runBadge(run) },
  { heading: 'Environment', cell: ({ run }) => run.like.environment },
  { heading: 'Profile', cell: ({ run }) => run.like.profile },
  { heading: 'What it says', cell: ({ run }) => html`<span class="message">${runHeadline(run)}</span>` },
  { heading: 'Version', cell: ({ run }) => html`<span class="version">${run.targetVersion}</span>` },
  {
    heading: 'Report',
    cell: ({ path, hasReport }) =>
      html`${hasReport && html`<a href="reports/${path}/index.html">report</a>`}`,
  },
];

/** Shown by the script only: without it they would do nothing. */
function filters(): Html {
  const select = (name: string, column: number) =>
    html`<label>${name}<select data-column="${column}"><option value="">all</option></select></label>`;
  return html`<form class="filters" hidden>${select('Verdict', 1)}${select('Environment', 2)}${select('Profile', 3)}<label>With the words<input type="search"></label><output></output></form>
`;
}

function leftOutTable(leftOut: readonly LeftOut[]): Html {
  return table<LeftOut>(
    'Files that cannot be shown',
    [
      { heading: 'File', isName: true, cell: ({ id }) => id },
      { heading: 'Why', cell: ({ reason }) => html`<span class="message">${reason}</span>` },
    ],
    leftOut,
    '',
  );
}
