/** The page docs/baselines.md: what the baselines of this checkout hold, and which runs are kept. */
import { moment, NONE, plural, quantity } from '../analysis/format.ts';
import { type Column, markdownTable } from '../analysis/text/markdown-table.ts';
import { visible } from '../config/visible-text.ts';
import { type Baseline, COMPLETE } from './baseline-file.ts';
import { operations, pages, primaryFigures, targetsOwn } from './baseline-tables.ts';
import type { RunFigures } from './run-figures.ts';

/** Runs of one environment and profile. */
export interface PageHistory {
  /** `embedded/load`. */
  name: string;
  /** By the time at which they began. */
  runs: RunFigures[];
  /** Names of those that are in the baseline. */
  inBaseline: ReadonlySet<string>;
}

/** What follows changes with every run; what is before it, with the baselines alone. */
export const HISTORY_HEADING = '## Runs that are kept';
/** Of each environment and profile: a page is read, the history is a folder. */
const MOST_RUNS = 50;

/** @param baselines by name, as `embedded/load` */
export function baselinesPage(
  baselines: ReadonlyMap<string, Baseline>,
  history: readonly PageHistory[],
): string {
  const parts = [
    '# Which figures do the baselines have?',
    '',
    '<!-- Written by `npx loadtest baseline docs` from reports/baselines and reports/history; do not edit by hand. -->',
    '',
    'A [baseline](comparison.md#keep-a-baseline) is a set of runs that later runs are compared with. Here a figure is the median of its runs,',
    'with the smallest and the largest of them in brackets. Whether a change counts is what `npx loadtest detect` tells, not this page.',
    '',
    ...(baselines.size === 0 ? NONE_YET : []),
    ...[...baselines].flatMap(([name, baseline]) => baselinePart(name, baseline)),
    ...UPDATE,
    HISTORY_HEADING,
    '',
    ...(history.length === 0
      ? ['None here: `npx loadtest history add` keeps a run. [More](history.md)']
      : history.flatMap(historyPart)),
  ];
  return `${visible(parts.join('\n').trimEnd())}\n`;
}

const NONE_YET = [
  '**No baseline is kept yet.** Make one from five runs of one profile on one environment:',
  '',
  '```sh',
  'npx loadtest run load                # five times, hours apart, on a machine that does nothing else',
  'npx loadtest baseline add reports/runs/*-load --note "release 1.4"',
  'npx loadtest baseline docs           # writes this page',
  '```',
  '',
];

const UPDATE = [
  '## How to update',
  '',
  '1. After a change that is meant to stay, make five runs of the profile, on the machine of the baseline.',
  '2. `npx loadtest baseline rm <environment>/<profile> <run…>` removes the runs of before, `npx loadtest baseline add <run…>` adds the new ones.',
  '3. `npx loadtest baseline docs` writes this page. Commit it with `reports/baselines/`: who reviews it sees each figure that moved.',
  '',
];

function baselinePart(name: string, { runs }: Baseline): string[] {
  const lacking = COMPLETE - runs.length;
  return [
    `## ${name}`,
    '',
    `${plural(runs.length, 'run')}, ${lacking > 0 ? `complete with ${plural(lacking, 'more run')}` : 'complete'}.`,
    '',
    ...environmentLines(runs),
    '',
    ...tablePart('Primary figures', primaryFigures(runs)),
    ...tablePart('Operations', operations(runs)),
    ...tablePart('Pages', pages(runs)),
    ...tablePart(
      'CPU, memory and caches of the target',
      targetsOwn(runs),
      'The target showed none: an environment names its metrics ([how](environments.md)).',
    ),
  ];
}

function tablePart(
  heading: string,
  { columns, rows }: { columns: readonly Column[]; rows: string[][] },
  otherwise = 'None in these runs.',
): string[] {
  return [`### ${heading}`, '', rows.length === 0 ? otherwise : markdownTable(columns, rows), ''];
}

function environmentLines(runs: readonly RunFigures[]): string[] {
  const all = (pick: (run: RunFigures) => string | undefined) => {
    const found = [...new Set(runs.map((run) => pick(run) ?? 'not known'))];
    return found.map(inLine).join('; ');
  };
  const days = runs.map(({ start }) => start.slice(0, 10)).sort();
  const lines: Array<readonly [string, string]> = [
    ['Dates', days[0] === days.at(-1) ? `${days[0]}` : `${days[0]} to ${days.at(-1)}`],
    ['Target', all(({ targetVersion }) => targetVersion && `version ${targetVersion}`)],
    ['Data', all(dataOf)],
    ['Rate limits', all(({ like: { rateLimits } }) => onOrOff(rateLimits))],
    ['Machine', machineOf(runs)],
    ['Browser', all(({ like: { browser } }) => browser)],
    ['Throttling', all(({ like: { throttle } }) => throttle ?? 'none')],
    ['Settings', all(settingsOf)],
    ['Suite', all(({ commit }) => commit && `commit ${commit}`)],
  ];
  const notes = [...new Set(runs.flatMap(({ note }) => note ?? []))];
  if (notes.length > 0) lines.push(['Notes', notes.map(inLine).join('; ')]);
  for (const { id, forced } of runs) if (forced) lines.push([`${id}, by force`, inLine(forced.join('; '))]);
  return lines.map(([what, value]) => `- ${what}: ${value}`);
}

function dataOf({ like: { data, counts } }: RunFigures): string | undefined {
  const sizes = Object.entries(counts ?? {}).map(([what, count]) => `${count} ${what}`);
  return [data, sizes.join(', ')].filter(Boolean).join(': ') || undefined;
}

function onOrOff(is: boolean | undefined): string | undefined {
  return is === undefined ? undefined : is ? 'on' : 'off';
}

/** Cores, memory and limits are those of the first run: others are alike. */
function machineOf(runs: readonly RunFigures[]): string {
  const { cores, memoryMiB, container } = (runs[0] as RunFigures).like;
  const speeds = runs.flatMap(({ like }) => like.cpuBenchmarkMs ?? []).sort((a, b) => a - b);
  const [fastest, slowest] = [speeds[0], speeds.at(-1)];
  return [
    plural(cores, 'core'),
    quantity(Math.round(memoryMiB), 'MiB'),
    container && `container limits ${inLine(JSON.stringify(container))}`,
    fastest !== undefined &&
      `CPU benchmark ${fastest === slowest ? fastest : `${fastest} to ${slowest}`} ms (less is faster)`,
  ]
    .filter(Boolean)
    .join(', ');
}

function settingsOf({ like: { settings } }: RunFigures): string | undefined {
  return (
    settings &&
    Object.entries(settings)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
      .join(' ')
  );
}

function historyPart({ name, runs, inBaseline }: PageHistory): string[] {
  const shown = runs.slice(-MOST_RUNS).reverse();
  const rows = shown.map(({ id, start, verdict, commit, targetVersion, note }) => [
    inLine(id),
    moment(start),
    verdict,
    commit ?? NONE,
    inLine(targetVersion ?? NONE),
    inBaseline.has(id) ? 'yes' : '',
    inLine(note ?? ''),
  ]);
  const older = runs.length - shown.length;
  return [
    `### Runs of ${name}`,
    '',
    markdownTable(
      ['Run', 'Begun', 'Verdict', 'Suite', 'Target', 'In the baseline', 'Note'].map((one) => [one, 'left']),
      rows,
    ),
    '',
    ...(older > 0 ? [`and ${plural(older, 'older run')}.`, ''] : []),
  ];
}

/** What a target, a user or a folder named may not become markup. */
function inLine(text: string): string {
  return text.replace(/([*_`<[\]\\])/g, '\\$1').replaceAll('\n', ' ');
}
