/** How the machine fared that made the load: the generator, all else on it, and a target that ran there too. */
import type { HostFigure } from '../../measure/run/machine.ts';
import { duration, milliseconds, number, percent } from '../format.ts';
import { sameMachine } from '../judge/same-machine.ts';
import type { Summary } from '../summary/summary.ts';
import { chart } from './chart.ts';
import { facts } from './facts.ts';
import { html } from './html.ts';
import { machineCharts } from './machine-charts.ts';
import { type Part, part } from './part.ts';
import { timeOf } from './time-axis.ts';

const HOST_FACTS: Array<[HostFigure, term: string, write: (value: number) => string]> = [
  ['hostCpu', 'CPU of the whole machine', percent],
  ['cpuPressure', 'Time in which some process waited for a core', percent],
  ['memoryPressure', 'Time in which some process waited for memory', percent],
  ['ioPressure', 'Time in which some process waited for a disk', percent],
  ['load1', 'Load average of a minute', number],
  ['sockets', 'TCP sockets, closing ones included', number],
];

export function generatorSection(summary: Summary): Part {
  const { generator, targetProcess, timeline, run } = summary;
  const time = timeOf(summary);
  const { seconds, host } = generator;
  const shared = sameMachine(run);
  const charts = machineCharts(timeline);
  return part(
    'generator',
    'Health of the generator',
    html`${shared && html`<p>${shared}</p>`}
${
  seconds === 0
    ? html`<p class="empty">Not monitored.</p>`
    : facts([
        ['CPU, share of all cores', worst(generator.cpuP95, generator.cpuMax, percent)],
        [
          'Event-loop delay, worst of each second',
          worst(generator.loopDelayP95, generator.loopDelayMax, milliseconds),
        ],
        [
          'How late the generator noticed answers over HTTP, mean of each second',
          generator.loopWaitP95 === null ? undefined : `p95 ${milliseconds(generator.loopWaitP95)}`,
        ],
        [
          'Share of time in which the thread of HTTP clients was busy',
          generator.loopUseP95 === null ? undefined : `p95 ${percent(generator.loopUseP95)}`,
        ],
        ['Memory of runner and browsers', mostMemory(generator)],
        [
          'CPU of the target’s processes',
          targetProcess && worst(targetProcess.cpuP95, targetProcess.cpuMax, percent),
        ],
        ['Memory of the target’s processes', targetProcess && mostMemory(targetProcess)],
        ...HOST_FACTS.map(([name, term, write]): [string, string | undefined] => {
          const figure = host[name];
          return [term, figure && worst(figure.p95, figure.max, write)];
        }),
        [
          'Watched for',
          `${duration(seconds)} of ${duration(summary.durationSeconds)}: while users were there or expected`,
        ],
      ])
}
${
  charts.length > 0 &&
  html`<details><summary>Per-second charts</summary>
${charts.map((one) => chart(one, time))}</details>`
}`,
  );
}

function worst(p95: number | null, max: number | null, write: (value: number) => string): string | undefined {
  return p95 === null || max === null ? undefined : `p95 ${write(p95)}, max ${write(max)}`;
}

function mostMemory({ memoryMaxMiB }: { memoryMaxMiB: number | null }): string | undefined {
  return memoryMaxMiB === null ? undefined : `max ${number(memoryMaxMiB)} MiB`;
}
