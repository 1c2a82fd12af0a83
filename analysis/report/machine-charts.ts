/** The machine in each second. Dashed: the whole of it, or what was planned. */

import { milliseconds, number, percent } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import type { Chart, Line } from './chart.ts';

type Seconds = Summary['timeline'];
type Measured = Exclude<keyof Seconds[number], 's'>;

/** Generator, whole machine, and the target's processes where the run started them. */
export function cpuChart(timeline: Seconds): Chart | undefined {
  return chartOf(timeline, {
    id: 'chart-cpu',
    title: 'CPU, share of all cores',
    lines: [
      ['cpu', 'generator', 'd', true],
      ['targetCpu', 'target', 'a'],
      ['hostCpu', 'whole machine', 'whole'],
    ],
    label: percent,
  });
}

export function arrivalsChart(timeline: Seconds): Chart | undefined {
  return chartOf(timeline, {
    id: 'chart-arrivals',
    title: 'Sessions since the start',
    lines: [
      ['started', 'started', 'a', true],
      ['planned', 'planned', 'whole'],
    ],
    label: number,
  });
}

/** What explains a generator in trouble; without those that this run has no figures for. */
export function machineCharts(timeline: Seconds): Chart[] {
  const charts = [
    chartOf(timeline, {
      id: 'chart-loop',
      title: 'Event-loop delay, worst of each second, ms',
      lines: [['loopDelay', 'delay', 'c']],
      label: number,
      say: milliseconds,
    }),
    chartOf(timeline, {
      id: 'chart-late',
      title: 'How late sessions started, worst of each second, ms',
      lines: [['late', 'late', 'b']],
      label: number,
      say: milliseconds,
    }),
    chartOf(timeline, {
      id: 'chart-memory',
      title: 'Memory, MiB',
      lines: [
        ['memoryMiB', 'generator', 'd', true],
        ['targetMemoryMiB', 'target', 'a'],
      ],
      label: number,
    }),
    chartOf(timeline, {
      id: 'chart-pressure',
      title: 'Share of the time in which some process waited',
      lines: [
        ['cpuPressure', 'for a core', 'd'],
        ['memoryPressure', 'for memory', 'c'],
        ['ioPressure', 'for a disk', 'b'],
      ],
      label: percent,
    }),
    chartOf(timeline, {
      id: 'chart-load',
      title: 'Load average of a minute',
      lines: [['load1', 'processes', 'whole']],
      label: number,
    }),
    chartOf(timeline, {
      id: 'chart-sockets',
      title: 'TCP sockets',
      lines: [['sockets', 'sockets', 'b']],
      label: number,
    }),
  ];
  return charts.filter((one) => one !== undefined);
}

interface Drawing {
  id: string;
  title: string;
  lines: Array<[key: Measured, name: string, style: string, filled?: boolean]>;
  label(value: number): string;
  /** As `label`, with a unit. */
  say?(value: number): string;
}

/** Undefined where nothing of it was measured. */
function chartOf(timeline: Seconds, { id, title, lines, label, say = label }: Drawing): Chart | undefined {
  const drawn = lines
    .map(([key, name, style, filled]): Line & { most: number | null } => ({
      name,
      style,
      filled,
      values: timeline.map((second) => second[key] ?? null),
      most: highest(timeline, key),
    }))
    .filter(({ most }) => most !== null);
  if (drawn.length === 0) return undefined;
  const summary = `Highest: ${drawn.map(({ name, most }) => `${name} ${say(most as number)}`).join(', ')}.`;
  return { id, title, lines: drawn, label, summary };
}

function highest(timeline: Seconds, key: Measured): number | null {
  return timeline.reduce<number | null>((most, { [key]: value }) => {
    if (value === null || value === undefined) return most;
    return Math.max(most ?? value, value);
  }, null);
}
