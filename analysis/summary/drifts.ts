/** Drift of what the clients saw and of memory, in runs that are long enough to tell. */

import { printMetricKey } from '../../config/metric-key.ts';
import { printFindingKey } from '../../config/run-figure.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { GeneratorSample, RequestSample, StepSample, TargetSample } from '../../measure/run/samples.ts';
import type { Drift } from '../../measure/run/target-figures.ts';
import type { Unit } from '../../measure/run/units.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { isAttempt } from './attempt.ts';
import type { About, Draft, Span } from './collector.ts';
import {
  driftOf,
  MAX_DRIFT_POINTS,
  MIN_DRIFT_POINTS,
  MIN_DRIFT_SECONDS,
  type Point,
  rateDriftOf,
} from './drift.ts';
import { plannedSeconds } from './planned-time.ts';
import { isServed } from './request-counts.ts';
import type { Finding } from './summary.ts';

/** Each point is of so much time at least, s … */
const MIN_PART_SECONDS = 10;
/** … and of at least this number of values: fewer swing too much. */
const MIN_VALUES = { p50: 5, p95: 20 };
type Figure = keyof typeof MIN_VALUES;
const TOO_SHORT = `the run was too short for it, or had too few values: it is cut into parts of ${MIN_PART_SECONDS} s or more, and a drift takes ${MIN_DRIFT_POINTS} parts with enough values in ${MIN_DRIFT_SECONDS / 60} min`;

interface Part {
  values: number[];
  attempts: number;
  errors: number;
}
/** By their number: each of the same length. */
type Parts = Map<number, Part>;
type NamedFinding = [key: string, finding: Finding];

/**
 * Of classes and steps p50, p95 and the share of errors, of all requests and steps the share of errors: each of parts of
 * the run, so that a point is a figure of raw values. Of memory the values as they were seen.
 * @param start of the run, ms since the epoch
 */
export function collectDrifts(phases: readonly PlannedPhase[], start: number) {
  const planned = plannedSeconds(phases);
  const partSeconds = Math.max(MIN_PART_SECONDS, Math.ceil((2 * planned) / MAX_DRIFT_POINTS));
  const isTooShort = planned < MIN_DRIFT_SECONDS;
  const series = new Map<string, Parts>();
  const memory = new Map<string, Point[]>();

  /** @param keys what it counts for, e.g. `requests`, `class.crud`; failures that are excused or counted separately are no error */
  const add = (keys: readonly string[], t: number, value: number, ok: boolean, isError: boolean): void => {
    const at = Math.floor((t - start) / 1000 / partSeconds);
    for (const key of keys) {
      const parts = getOrMake(series, key, (): Parts => new Map());
      // That it was there is said all the same: a limit on its drift has something to speak of.
      if (isTooShort) continue;
      const part = getOrMake(parts, at, (): Part => ({ values: [], attempts: 0, errors: 0 }));
      part.attempts += 1;
      if (isError) part.errors += 1;
      if (ok && hasTimes(key)) part.values.push(value);
    }
  };
  const addMemory = (key: string, t: number, mebibytes: number | undefined): void => {
    if (mebibytes === undefined) return;
    const points = getOrMake(memory, key, (): Point[] => []);
    if (!isTooShort) points.push([(t - start) / 1000, mebibytes]);
  };
  /** @param span what counts, without warm-up and drain; ms since the epoch */
  const findings = (span: { from: number; to: number }): NamedFinding[] => {
    const seconds = { from: (span.from - start) / 1000, to: (span.to - start) / 1000 };
    return [
      ...[...series].flatMap(([key, parts]) => driftsOfSeries(key, parts, partSeconds, seconds)),
      ...[...memory].map(([key, points]) => driftOfMemory(key, points, seconds)),
    ];
  };

  return {
    samples: {
      step(sample: StepSample, { isError }: About): void {
        const { name, t, value, ok, cold } = sample;
        if (isAttempt(sample) && !cold)
          add(['steps', printMetricKey({ kind: 'step', name })], t, value, ok, isError);
      },
      request(sample: RequestSample, { isError }: About): void {
        const { class: name, t, value } = sample;
        const keys = ['requests', printMetricKey({ kind: 'class', name })];
        if (isAttempt(sample)) add(keys, t, value, isServed(sample), isError);
      },
      generator({ t, memoryMiB }: GeneratorSample): void {
        addMemory('generator', t, memoryMiB);
      },
      target({ t, memoryMiB }: TargetSample): void {
        addMemory('targetProcess', t, memoryMiB);
      },
    },
    add,
    addMemory,
    findings,
    into(summary: Draft, { measuredFrom, drainFrom, end }: Span): void {
      const found = findings({ from: measuredFrom, to: drainFrom ?? end });
      Object.assign(summary.findings, Object.fromEntries(found));
    },
  };
}

interface Seconds {
  from: number;
  to: number;
}

/** Of a class or step the drift of its times and errors; of all requests or steps that of errors. */
function driftsOfSeries(
  key: string,
  parts: Parts,
  partSeconds: number,
  { from, to }: Seconds,
): NamedFinding[] {
  const counted = [...parts]
    .filter(([at]) => at * partSeconds >= from && (at + 1) * partSeconds <= to)
    .sort(([a], [b]) => a - b)
    .map(([at, part]) => ({ middle: (at + 0.5) * partSeconds, part }));
  const times = (hasTimes(key) ? (['p50', 'p95'] as const) : []).map((figure): NamedFinding => {
    const points = counted.flatMap(({ middle, part }): Point[] => {
      const value = figureOf(part, figure);
      return value === null ? [] : [[middle, value]];
    });
    return [driftKey(key, figure), findingOf(driftOf(points), points.length, 'ms', to - from)];
  });
  const rates = counted.map(({ middle, part: { attempts, errors } }) => ({
    t: middle,
    tried: attempts,
    failed: errors,
  }));
  const name = hasTimes(key) ? 'errors' : 'errorRate';
  return [...times, [driftKey(key, name), findingOf(rateDriftOf(rates), rates.length, '%', to - from)]];
}

function driftOfMemory(key: string, points: readonly Point[], { from, to }: Seconds): NamedFinding {
  const counted = points.filter(([s]) => s >= from && s <= to);
  return [driftKey(key, 'memory'), findingOf(driftOf(counted), counted.length, 'MiB', to - from)];
}

/** Of a class or a step, and not of all. */
function hasTimes(key: string): boolean {
  return key.includes('.');
}

function figureOf({ values }: Part, figure: Figure): number | null {
  if (values.length < MIN_VALUES[figure]) return null;
  return percentile(ascending(values), figure === 'p50' ? 0.5 : 0.95);
}

function driftKey(of: string, figure: string): string {
  return printFindingKey({ kind: 'drift', of, figure });
}

/**
 * @param n points or parts
 * @param seconds of the run that count
 */
function findingOf(drift: Drift | null, n: number, unit: Unit, seconds: number): Finding {
  if (drift) return { value: drift.perHour, unit, n, ci: drift.ci, seconds };
  return {
    value: null,
    unit,
    n,
    missing: TOO_SHORT,
    isTooShort: true,
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
