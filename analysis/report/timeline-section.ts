import { duration, number, percent, plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { type Chart, chart } from './chart.ts';
import { type Html, html } from './html.ts';
import { arrivalsChart, cpuChart } from './machine-charts.ts';
import { type Part, part } from './part.ts';
import { plannedPhase } from './planned-phase.ts';
import { table } from './table.ts';
import { groundsText, phaseNames, timeOf } from './time-axis.ts';
import { timelineFacts } from './timeline-facts.ts';

type Second = Summary['timeline'][number];

/** Rows of the table under the charts. */
const MAX_ROWS = 60;
/** Named in a sentence; all are among what was planned. */
const MAX_PHASES = 6;

export function timelineSection(summary: Summary): Part {
  const { timeline, run, unresponsive: watched, counts } = summary;
  const isTried = counts.requests.n + counts.steps.started > 0;
  const time = timeOf(summary);
  const unresponsive = watched && watched.spans.length > 0 ? watched : undefined;
  const hasErrors = timeline.some((second) => second.errors > 0);
  const hasRequests = timeline.some(({ requests }) => requests > 0);
  const charts = [
    usersChart(timeline),
    ...(hasRequests ? [requestsChart(timeline)] : []),
    ...(hasErrors ? [errorsChart(timeline)] : []),
    ...(unresponsive ? [unresponsiveChart(timeline, unresponsive)] : []),
    ...(hasRequests ? [latencyChart(timeline)] : []),
    ...[cpuChart(timeline), arrivalsChart(timeline)].filter((one) => one !== undefined),
  ];
  return part(
    'timeline',
    'Timeline',
    html`<p>Every second of the run, the last of which (of ${duration(time.seconds)}) may be shorter, warm-up and first views included${phases(run)}.</p>
${timelineFacts(summary)}
${phaseNames(time)}${charts.map((one) => chart(one, time))}
<p class="note">${groundsText(time)}</p>
${!hasRequests && html`<p class="empty">No request was sent.</p>`}
${!hasErrors && isTried && html`<p>No step or request failed in any second.</p>`}
<details><summary>The same as a table</summary>
${secondsTable(timeline)}</details>`,
  );
}

export function usersChart(timeline: readonly Second[]): Chart {
  const isClosed = timeline.some((second) => second.held !== undefined);
  return {
    id: 'chart-users',
    title: 'Users present',
    lines: [
      {
        name: 'in browsers',
        values: timeline.map((second) => second.browserUsers),
        style: 'a',
        filled: true,
      },
      { name: 'over HTTP', values: timeline.map((second) => second.httpUsers), style: 'b' },
      ...(isClosed
        ? [
            {
              name: 'concurrent users planned',
              values: timeline.map(({ held }) => held ?? null),
              style: 'whole',
            },
          ]
        : []),
    ],
    label: number,
    summary: `At most ${most(timeline, 'users')} at once.`,
  };
}

export function requestsChart(timeline: readonly Second[]): Chart {
  return {
    id: 'chart-requests',
    title: 'Requests per second',
    lines: [{ name: 'requests', values: timeline.map(({ requests }) => requests), style: 'b', filled: true }],
    label: number,
    each: 'mean',
    summary: `At most ${most(timeline, 'requests')} in a second.`,
  };
}

export function errorsChart(timeline: readonly Second[]): Chart {
  const values = timeline.map(({ errors }) => errors);
  return {
    id: 'chart-errors',
    title: 'Errors per second',
    lines: [{ name: 'failed steps and requests', values, style: 'bad', filled: true }],
    label: number,
    summary: `At most ${most(timeline, 'errors')} in a second.`,
  };
}

function unresponsiveChart(
  timeline: readonly Second[],
  { spans, longest, share }: NonNullable<Summary['unresponsive']>,
): Chart {
  return {
    id: 'chart-unresponsive',
    title: 'Target unresponsive, share of each second',
    lines: [
      {
        name: 'took connections and answered nothing',
        values: timeline.map((second) => second.unresponsive ?? 0),
        style: 'bad',
        filled: true,
      },
    ],
    label: percent,
    summary: `${plural(spans.length, 'time')}, the longest ${duration(longest / 1000)}, ${percent(share)} of the run.`,
  };
}

/** A slow tail alone lifts p95, a slow target both. */
export function latencyChart(timeline: readonly Second[]): Chart {
  const hasMedian = timeline.some(({ p50 }) => p50 !== undefined);
  return {
    id: 'chart-p95',
    title: `${hasMedian ? 'Median and p95' : 'p95'} of each second’s requests, ms`,
    lines: [
      { name: 'p95', values: timeline.map((second) => second.p95), style: 'c' },
      ...(hasMedian
        ? [{ name: 'median', values: timeline.map((second) => second.p50 ?? null), style: 'a' }]
        : []),
    ],
    label: number,
    summary: `Highest ${number(most(timeline, 'p95'))} ms. Seconds with few requests jump.`,
  };
}

function secondsTable(timeline: readonly Second[]): Html {
  const every = Math.max(1, Math.ceil(timeline.length / MAX_ROWS));
  const rows = Array.from({ length: Math.ceil(timeline.length / every) }, (_, at) =>
    together(timeline.slice(at * every, (at + 1) * every)),
  );
  return table<Second>(
    every === 1
      ? 'Each second of the run'
      : `Each ${duration(every)} of the run: requests and errors of all of it, of all else the highest second; summary.json has each second`,
    [
      { heading: 'second', isName: true, cell: ({ s }) => s },
      { heading: 'users', numeric: true, cell: ({ users }) => users },
      { heading: 'browsers', numeric: true, cell: ({ browserUsers }) => browserUsers },
      { heading: 'HTTP', numeric: true, cell: ({ httpUsers }) => httpUsers },
      { heading: 'requests', numeric: true, cell: ({ requests }) => requests },
      { heading: 'errors', numeric: true, cell: ({ errors }) => errors },
      ...(timeline.some(({ p50 }) => p50 !== undefined)
        ? [{ heading: 'median ms', numeric: true, cell: ({ p50 }: Second) => number(p50) }]
        : []),
      { heading: 'p95 ms', numeric: true, cell: ({ p95 }) => number(p95) },
      { heading: 'CPU', numeric: true, cell: ({ cpu }) => percent(cpu) },
      ...(['targetCpu', 'hostCpu'] as const)
        .filter((name) => timeline.some((second) => second[name] !== undefined))
        .map((name) => ({
          heading: name === 'hostCpu' ? 'machine' : 'target',
          numeric: true,
          cell: (second: Second) => percent(second[name]),
        })),
    ],
    rows,
    'No data: the run ended immediately.',
  );
}

/** Several seconds as one: a single one of them would hide what the others have. */
function together(seconds: readonly Second[]): Second {
  const all: Record<string, number | null> = {};
  for (const second of seconds)
    for (const [key, value] of Object.entries(second)) {
      const before = all[key] ?? null;
      if (key === 's' && before !== null) continue;
      const isSum = key === 'requests' || key === 'errors';
      if (before === null || value === null) all[key] = before ?? value;
      else all[key] = isSum ? before + value : Math.max(before, value);
    }
  return all as unknown as Second;
}

function most(timeline: readonly Second[], key: 'users' | 'requests' | 'errors' | 'p95'): number {
  return timeline.reduce((highest, second) => Math.max(highest, second[key] ?? 0), 0);
}

function phases({ plan }: Summary['run']): string {
  if (plan.phases.length === 0) return '';
  const more = plan.phases.length - MAX_PHASES;
  const named = plan.phases.slice(0, MAX_PHASES).map(plannedPhase).join('; ');
  return `; planned phases: ${named}${more > 0 ? `; and ${more} more` : ''}`;
}
