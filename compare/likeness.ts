/** What two runs must share so that a difference between their figures says something of the target. */
import { createHash } from 'node:crypto';
import type { LoadSettings } from '../config/load-settings.ts';
import type { Throttle } from '../config/throttle.ts';
import { DATA_COUNTS, type DataCount } from '../measure/run/data-size.ts';
import type { RunEnd, RunJson } from '../measure/run/run.ts';

/** Absent: not known, or not set. */
export interface Likeness {
  environment: string;
  profile: string;
  runner: RunJson['runner'];
  /** How it ended: one that was broken off had another load. */
  ended?: RunEnd;
  /** That the samples were recorded in. */
  schema: number;
  /** Hashes of the planned phases and of the planned mix: content of the profile, as DURATION and VUS made it. */
  phases: string;
  mix: string;
  /** Hash of the think times of each role. */
  think?: string;
  seed: number;
  settings?: LoadSettings;
  throttle?: string;
  traced?: string;
  rateLimits?: boolean;
  /** Name of the embedded data set. */
  data?: string;
  counts?: Partial<Record<DataCount, number>>;
  browser?: string;
  cores: number;
  memoryMiB: number;
  /** What its container is allowed. */
  container?: RunJson['host']['container'];
  cpuBenchmarkMs?: number;
  cpuBenchmarkVersion?: number;
}

export interface Difference {
  /** In the user's words, e.g. `browser build`. */
  what: string;
  one: string;
  other: string;
}

/** Data of the target may differ by so much, as a share of the larger. */
const DATA_TOLERANCE = 0.1;
/** Counts below it differ by more than a tenth as soon as one is added. */
const FEW = 20;
/**
 * A band of the CPU benchmark. On one machine its medians lay within 10 % of each other (12.0 to 13.3 ms over the recorded runs);
 * the next generation of a processor is a fifth faster.
 */
const CPU_TOLERANCE = 0.2;
/** Firmware and kernel keep some of the memory, not the same at each start. */
const MEMORY_TOLERANCE = 0.1;

type Facts = Pick<RunJson, 'profiles' | 'runner' | 'target' | 'host' | 'plan'> &
  Partial<Pick<RunJson, 'ended' | 'settings' | 'throttle' | 'traced' | 'dataSize'>>;

/** @param schema that the samples were recorded in */
export function likenessOf(run: Facts, schema: number): Likeness {
  const { target, host, plan, settings, throttle, traced, dataSize } = run;
  return {
    environment: target.environment,
    profile: profileName(run.profiles),
    runner: run.runner,
    ended: run.ended,
    schema,
    phases: hashOf(plan.phases),
    mix: hashOf(plan.mix),
    think: plan.think && hashOf(plan.think),
    seed: plan.seed,
    settings,
    throttle: throttle && slowdownText(throttle),
    traced,
    rateLimits: target.rateLimits,
    data: target.data,
    counts: dataSize?.before.counts,
    browser: [host.browser, host.browserBuild].filter(Boolean).join(', ') || undefined,
    cores: host.cores,
    memoryMiB: host.memoryMiB,
    container: host.container,
    cpuBenchmarkMs: host.cpuBenchmarkMs,
    cpuBenchmarkVersion: host.cpuBenchmarkVersion,
  };
}

/** `load`, or `load+spike` of a run of several. */
export function profileName(profiles: readonly string[]): string {
  return profiles.join('+');
}

/** Everything in which they differ and must not; empty: they are alike. */
export function differencesOf(one: Likeness, other: Likeness): Difference[] {
  const same = (what: string, pick: (side: Likeness) => unknown): Difference[] => {
    const [a, b] = [pick(one), pick(other)];
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ what, one: shown(a), other: shown(b) }];
  };
  return [
    ...same('profile', ({ profile }) => profile),
    ...same('environment', ({ environment }) => environment),
    ...same('way to run', ({ runner }) => runner),
    ...same('end of the run', ({ ended }) => ended),
    ...same('schema', ({ schema }) => schema),
    ...settingsThatDiffer(one.settings, other.settings),
    ...same('phases of the profile', ({ phases }) => phases),
    ...same('mix of users', ({ mix }) => mix),
    ...same('think times (config/think.yml)', ({ think }) => think),
    ...same('seed', ({ seed }) => seed),
    ...same('throttling', ({ throttle }) => throttle ?? 'none'),
    ...same('tracing', ({ traced }) => traced ?? 'none'),
    ...same('rate limits of the target', ({ rateLimits }) => rateLimits),
    ...same('data set', ({ data }) => data),
    ...dataThatDiffers(one.counts, other.counts),
    ...same('browser build', ({ browser }) => browser),
    ...same('cores', ({ cores }) => cores),
    ...same('limits of the container', ({ container }) => container ?? 'none'),
    ...apart('memory', 'MiB', [one.memoryMiB, other.memoryMiB], MEMORY_TOLERANCE),
    ...speedThatDiffers(one, other),
  ];
}

/** `browser build: Chromium 156 and Chromium 157`. */
export function differenceText({ what, one, other }: Difference): string {
  return `${what}: ${one} and ${other}`;
}

function settingsThatDiffer(one?: LoadSettings, other?: LoadSettings): Difference[] {
  if (!one || !other)
    return one === other ? [] : [{ what: 'settings', one: knownOrNot(one), other: knownOrNot(other) }];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as Array<keyof LoadSettings>;
  return names
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .map((name) => ({ what: name, one: shown(one[name]), other: shown(other[name]) }));
}

function dataThatDiffers(one: Likeness['counts'], other: Likeness['counts']): Difference[] {
  if (!one || !other)
    return one === other ? [] : [{ what: 'size of data', one: knownOrNot(one), other: knownOrNot(other) }];
  return DATA_COUNTS.flatMap((count) => {
    const [a, b] = [one[count], other[count]];
    // One that cannot be read one time says nothing of its size.
    if (a === undefined || b === undefined || Math.max(a, b) < FEW) return [];
    return apart(`data of the target, ${count}`, '', [a, b], DATA_TOLERANCE);
  });
}

function speedThatDiffers(one: Likeness, other: Likeness): Difference[] {
  const [a, b] = [one.cpuBenchmarkMs, other.cpuBenchmarkMs];
  if (a === undefined || b === undefined || one.cpuBenchmarkVersion !== other.cpuBenchmarkVersion) return [];
  return apart('CPU benchmark', 'ms', [a, b], CPU_TOLERANCE);
}

function apart(
  what: string,
  unit: string,
  [a, b]: readonly [number, number],
  tolerance: number,
): Difference[] {
  if (Math.abs(a - b) <= tolerance * Math.max(a, b)) return [];
  const text = (value: number) => `${value} ${unit}`.trim();
  return [{ what, one: text(a), other: text(b) }];
}

/** `3g, CPU 4×`. */
function slowdownText({ network, cpuSlowdown }: Throttle): string {
  return [network?.name, cpuSlowdown > 1 && `CPU ${cpuSlowdown}×`].filter(Boolean).join(', ');
}

function knownOrNot(value: unknown): string {
  return value === undefined ? 'not known' : 'known';
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Of data without functions, whose keys are always made in one order. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
