/** What lies behind the numbers: the run's facts, the words. */
import type { RunEnd, RunJson } from '../../measure/run/run.ts';
import { duration, milliseconds, moment, number, percent, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { ATTEMPTS, DRAIN, STARTED } from '../text/sums-table.ts';
import { facts } from './facts.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { plannedPhase } from './planned-phase.ts';

/** How a run ended, in words. */
const ENDS: Record<RunEnd, string> = {
  finished: 'finished',
  interrupted: 'interrupted',
  'target-died': 'target died',
  'target-unresponsive': 'target unresponsive',
  'recording-failed': 'recording failed',
  'stopped-by-threshold': 'stopped by a threshold',
  'profile-lost': 'profile lost',
  'worker-lost': 'worker lost',
};

const TRACED = {
  sample: 'the first browser session of each scenario and each tenth after it',
  all: 'every browser session',
};

export function measuredSection({ run, counts, id, durationSeconds, reasonDetails }: Summary): Part {
  const { target, suite, host, plan } = run;
  const isRunning = reasonDetails.some(({ code }) => code === 'still-running');
  const commit = suite.commit
    ? `, commit ${suite.commit.slice(0, 12)}${suite.dirty ? ' with local changes' : ''}`
    : '';
  return part(
    'measured',
    'How this was measured',
    html`${facts([
      ['Run', id],
      ['Label', run.label],
      [
        'Time',
        `${moment(run.start)} to ${moment(run.end)} (${duration(durationSeconds)}), ${run.ended ? ENDS[run.ended] : isRunning ? 'still running' : 'killed'}`,
      ],
      ['Target', `${target.url}${target.apiUrl === target.url ? '' : `, API ${target.apiUrl}`}`],
      [
        'Environment',
        [
          target.environment,
          target.kind === target.environment ? '' : target.kind,
          target.version && `version ${target.version}`,
        ]
          .filter(Boolean)
          .join(', '),
      ],
      ['Data', target.data],
      ['Certificates', target.certificates],
      ['Profile', `${run.profiles.join(', ')} (${run.runner})`],
      ['Phases', plan.phases.map(plannedPhase).join('; ')],
      [
        'Mix',
        plan.mix
          .map(
            (part) =>
              `${part.name} ${percent(part.share)}${part.held ? ' of concurrent users' : ''} (${part.role}, ${part.via === 'http' ? 'HTTP' : 'browser'})`,
          )
          .join('; '),
      ],
      ['Settings', settingsText(run.settings)],
      ['Seed', String(plan.seed)],
      ['Traced, and so slower', run.traced && TRACED[run.traced]],
      ['Suite', `${suite.version}${commit}`],
      ['Host', `${host.os}, ${host.cpuModel}, ${host.cores} cores, ${thousands(host.memoryMiB)} MiB`],
      ['Node', host.node],
      ['Browser', [host.browser, host.browserBuild].filter(Boolean).join(', ') || undefined],
      ['Container', containerText(host.container)],
      ['Slowed down', throttleText(run.throttle)],
      ['CPU benchmark', benchmark(host)],
      [
        'Samples',
        `${thousands(counts.samples)}, ${thousands(counts.warmup)} of them in warm-up, ${thousands(counts.drain)} after the last phase, ${thousands(counts.torn)} unreadable lines, ${thousands(counts.unusable)} unusable${counts.missing ? `, ${thousands(counts.missing)} missing` : ''}`,
      ],
    ])}`,
  );
}

/** As one would write them in a shell, durations in seconds. */
function settingsText(settings: Summary['run']['settings']): string | undefined {
  if (!settings) return undefined;
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function containerText(limits: Summary['run']['host']['container']): string | undefined {
  if (!limits) return undefined;
  const { cores, memoryMiB } = limits;
  return [cores && `${cores} cores`, memoryMiB && `${thousands(memoryMiB)} MiB`].filter(Boolean).join(', ');
}

function throttleText(throttle: Summary['run']['throttle']): string | undefined {
  if (!throttle) return undefined;
  const { network, cpuSlowdown } = throttle;
  const parts = [
    network &&
      `network ${network.name}: ${network.latencyMs} ms a request, ${thousands(network.downloadKbps)} kbit/s down, ${thousands(network.uploadKbps)} up`,
    cpuSlowdown > 1 && `processor of pages ${number(cpuSlowdown)} times`,
  ];
  return `${parts.filter(Boolean).join('; ')} (browsers only)`;
}

/** Lower is faster; of the same version of the work only. */
function benchmark({
  cpuBenchmarkMs: before,
  cpuBenchmarkEndMs: after,
  cpuBenchmarkVersion,
}: RunJson['host']) {
  if (before === undefined) return undefined;
  const end = after === undefined ? '' : `, ${milliseconds(after)} at the end`;
  return `${milliseconds(before)} at the start${end} (work of version ${cpuBenchmarkVersion ?? 0})`;
}

const DEFINITIONS: Array<[string, string]> = [
  [
    'n',
    `Successes that the percentiles are taken from, without warm-up and first views. Failures are counted as errors; their times are in no percentile. ${DRAIN}`,
  ],
  [
    'percentile',
    'Of raw values, by linear interpolation between neighbours (type 7 of Hyndman & Fan, 1996). Never averaged or taken of other percentiles.',
  ],
  [
    '95 % interval',
    'Of p50 and p95 from order statistics, without any assumption on the distribution; “or more” where n is too small for an upper end. Of shares: exact (Clopper–Pearson).',
  ],
  [
    'step',
    'From the user’s first input to the moment the last awaited thing came into sight. Exact to a frame, or coarse: never too short, and too long by a known time at most.',
  ],
  [
    'cold',
    'A session’s first view of a lazily loaded page, and steps on it: shown, left out of gates unless a limit says “cold”.',
  ],
  ['page view', 'A document load (hard) or a change of route (soft), as the driver sees it.'],
  ['started', STARTED],
  ['attempts', ATTEMPTS],
  ['invalid', 'The generator or the target made the numbers meaningless: neither good nor bad.'],
  [
    'known defect',
    'An answer that the application is known to give wrongly; counted, and excused until the date given.',
  ],
  [
    'none may fail',
    'A limit of 0 % of failures, or of 100 % of successes: it is judged by the count and not by the interval. It passes when none of n failed, however few they are.',
  ],
  [
    'inconclusive',
    'A limit that neither passed nor failed: p95 needs n ≥ 20 and p99 n ≥ 100; a rate or a drift fails or passes when its whole 95 % interval is on one side of the limit. “Not confirmed”: something failed, or was beyond the limit, and may be chance.',
  ],
];

export function definitionsSection(): Part {
  return part('definitions', 'Definitions', html`${facts(DEFINITIONS)}`);
}
