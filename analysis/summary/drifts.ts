/** Drift of what the clients saw and of memory, in runs that are long enough to tell. */

import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { Drift } from '../../measure/run/target-figures.ts';
import type { Unit } from '../../measure/run/units.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { driftOf, MOST_FOR_DRIFT, type Point, rateDriftOf, SHORTEST_FOR_DRIFT_S } from './drift.ts';
import { plannedSeconds } from './planned-time.ts';
import type { Finding } from './summary.ts';

/** Each point is of so much time at least, s … */
const SHORTEST_PART_S = 10;
/** … and of so many values: fewer swing too much. */
const FEWEST = { p50: 5, p95: 20 };
type Figure = keyof typeof FEWEST;

interface Part {
  values: number[];
  attempts: number;
  errors: number;
}

/**
 * Of classes and steps p50, p95 and the share of errors, of all requests and steps the share of errors: each of parts of
 * the run, so that a point is a figure of raw values. Of memory the values as they were seen.
 * @param start of the run, ms since the epoch
 */
export function collectDrifts(phases: readonly PlannedPhase[], start: number) {
  const planned = plannedSeconds(phases);
  const partSeconds = Math.max(SHORTEST_PART_S, Math.ceil((2 * planned) / MOST_FOR_DRIFT));
  const isTooShort = planned < SHORTEST_FOR_DRIFT_S;
  const series = new Map<string, Map<number, Part>>();
  const memory = new Map<string, Point[]>();

  const partOf = (key: string, t: number): Part => {
    const parts = series.get(key) ?? new Map<number, Part>();
    series.set(key, parts);
    const at = Math.floor((t - start) / 1000 / partSeconds);
    const part = parts.get(at) ?? { values: [], attempts: 0, errors: 0 };
    parts.set(at, part);
    return part;
  };

  return {
    /** @param keys what it counts for, e.g. `requests`, `class.crud`; failures that are excused or told apart are no error */
    add(keys: readonly string[], t: number, value: number, ok: boolean, isError: boolean): void {
      for (const key of keys) {
        if (isTooShort) {
          // That it was there is said all the same: a limit on its drift has something to speak of.
          if (!series.has(key)) series.set(key, new Map());
          continue;
        }
        const part = partOf(key, t);
        part.attempts += 1;
        if (isError) part.errors += 1;
        if (ok && key.includes('.')) part.values.push(value);
      }
    },
    addMemory(key: string, t: number, mebibytes: number | undefined): void {
      if (mebibytes === undefined) return;
      const points = memory.get(key) ?? [];
      memory.set(key, points);
      if (!isTooShort) points.push([(t - start) / 1000, mebibytes]);
    },
    /** @param span what counts, without warm-up and drain; ms since the epoch */
    findings(span: { from: number; to: number }): Array<[key: string, finding: Finding]> {
      const [from, to] = [(span.from - start) / 1000, (span.to - start) / 1000];
      const whole = (at: number) => at * partSeconds >= from && (at + 1) * partSeconds <= to;
      const found: Array<[string, Finding]> = [];
      for (const [key, parts] of series) {
        const counted = [...parts].filter(([at]) => whole(at)).sort(([a], [b]) => a - b);
        const middle = (at: number) => (at + 0.5) * partSeconds;
        for (const figure of key.includes('.') ? (['p50', 'p95'] as const) : []) {
          const points = counted.flatMap(([at, part]): Point[] => {
            const value = figureOf(part, figure);
            return value === null ? [] : [[middle(at), value]];
          });
          found.push([`${key}.${figure}.drift`, findingOf(driftOf(points), points.length, 'ms')]);
        }
        const rates = counted.map(([at, part]) => ({
          t: middle(at),
          tried: part.attempts,
          failed: part.errors,
        }));
        const name = key.includes('.') ? 'errors' : 'errorRate';
        found.push([`${key}.${name}.drift`, findingOf(rateDriftOf(rates), rates.length, '%')]);
      }
      for (const [key, points] of memory) {
        const counted = points.filter(([s]) => s >= from && s <= to);
        found.push([`${key}.memory.drift`, findingOf(driftOf(counted), counted.length, 'MiB')]);
      }
      return found;
    },
  };
}

function figureOf({ values }: Part, figure: Figure): number | null {
  if (values.length < FEWEST[figure]) return null;
  return percentile(ascending(values), figure === 'p50' ? 0.5 : 0.95);
}

/** @param n points or parts */
function findingOf(drift: Drift | null, n: number, unit: Unit): Finding {
  if (drift) return { value: drift.perHour, unit, n, ci: drift.ci };
  return {
    value: null,
    unit,
    n,
    missing: 'the run was too short for it, or had too few values (needs 10 min)',
  };
}
