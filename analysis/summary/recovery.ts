/** How long the target takes to be itself again after a rush. */

import { printFindingKey } from '../../config/run-figure.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { Collector } from './collector.ts';
import { phasesByProfile } from './planned-time.ts';
import type { RequestTimes } from './request-times.ts';
import type { Finding } from './summary.ts';

/** What one look at it covers, and how far apart looks are; ms. */
export const WINDOW_MS = 5000;
const STEP_MS = 500;
/** Fewer requests in a window say nothing. */
const MIN_REQUESTS = 20;
/** It is back when p95 is within this of the quiet level before … */
export const BACK_WITHIN = 1.2;
/** … and so is p95 of each stretch of this length from there to the end of the phase, ms. */
export const STAYS_MS = 15_000;

interface Part {
  phase: PlannedPhase;
  from: number;
  to: number;
}

export function collectRecoveries(
  phases: readonly PlannedPhase[],
  times: Pick<RequestTimes, 'sentWithin'>,
): Collector {
  return {
    into({ findings }, { phasesStarted, drainFrom, end }) {
      for (const own of phasesByProfile(phases)) {
        const started = phasesStarted.filter(({ phase }) => own.some(({ name }) => name === phase));
        Object.assign(findings, Object.fromEntries(recoveries(own, started, drainFrom ?? end, times)));
      }
    },
  };
}

/**
 * Of each phase marked `spike`: ms from its end until p95 of sliding windows of raw requests is within 1.2 times p95 of
 * the phase before it, and p95 of each 15 s from there to the phase's end is so too. Requests count when they are sent, and while
 * they are in flight with their age: by time of ending, those that hang would be in no window. Windows swing by chance, and
 * some of the quiet phase's own lie above that: where one in twenty did, that is the limit. A failed request counts as one
 * that never ends.
 * @param started begin of each phase, ms since the epoch
 * @param end of the run, or of its last phase
 */
export function recoveries(
  phases: readonly PlannedPhase[],
  started: ReadonlyArray<{ phase: string; t: number }>,
  end: number,
  times: Pick<RequestTimes, 'sentWithin'>,
): Array<[key: string, finding: Finding]> {
  const parts = phases.map((phase, index): Part | undefined => {
    const from = started[index]?.t;
    return from === undefined ? undefined : { phase, from, to: started[index + 1]?.t ?? end };
  });
  return parts.flatMap((part, index): Array<[string, Finding]> => {
    if (!part?.phase.spike) return [];
    return [
      [
        printFindingKey({ kind: 'recovery', phase: part.phase.name }),
        recoveryOf(parts[index - 1], parts[index + 1], times),
      ],
    ];
  });
}

function recoveryOf(
  quiet: Part | undefined,
  after: Part | undefined,
  times: Pick<RequestTimes, 'sentWithin'>,
): Finding {
  const unknown = (missing: string): Finding => ({ value: null, unit: 'ms', n: 0, missing });
  const tooFew = (missing: string): Finding => ({ ...unknown(missing), isTooShort: true });
  if (!quiet) return unknown('no phase comes before it to compare with');
  if (!after) return unknown('the run ended before a phase came after it');
  const before = times.sentWithin(quiet.from, quiet.to);
  const level = p95Of(before);
  if (level === null || before.length < MIN_REQUESTS)
    return tooFew(`the phase before it has too few requests (${before.length}, needs ${MIN_REQUESTS})`);
  if (!Number.isFinite(level)) return unknown('in the phase before it more than 5 % of requests failed');
  const limit = Math.max(level * BACK_WITHIN, ownSwing(quiet, times));
  const looks = looksAt(after, times);
  const n = times.sentWithin(after.from, after.to).length;
  if (looks.length === 0) return { ...tooFew('the phase after it has too few requests'), n };
  const lasting = lastsFrom(after, limit, times);
  const back = looks.find(({ t, p95 }) => t >= lasting && p95 <= limit);
  if (back) return { value: back.t - after.from, unit: 'ms', n };
  const watched = Math.round((after.to - after.from) / 1000);
  return {
    value: null,
    unit: 'ms',
    n,
    missing: `p95 was not back within ${Math.round(limit)} ms in the ${watched} s after it`,
    isBad: true,
  };
}

/** From when on no stretch is beyond the limit; stretches are cut at the end of the phase. */
function lastsFrom({ from, to }: Part, limit: number, times: Pick<RequestTimes, 'sentWithin'>): number {
  const steps = Math.floor((to - WINDOW_MS - from) / STEP_MS);
  for (let step = steps; step >= 0; step -= 1) {
    const t = from + step * STEP_MS;
    if ((p95Of(times.sentWithin(t, Math.min(t + STAYS_MS, to))) ?? 0) > limit) return t + STEP_MS;
  }
  return from;
}

/** Windows that begin one after the other, each whole within the phase. */
function looksAt(
  { from, to }: Part,
  times: Pick<RequestTimes, 'sentWithin'>,
): Array<{ t: number; p95: number }> {
  const looks: Array<{ t: number; p95: number }> = [];
  for (let t = from; t + WINDOW_MS <= to; t += STEP_MS) {
    const values = times.sentWithin(t, t + WINDOW_MS);
    const p95 = p95Of(values);
    if (p95 !== null && values.length >= MIN_REQUESTS) looks.push({ t, p95 });
  }
  return looks;
}

function ownSwing(quiet: Part, times: Pick<RequestTimes, 'sentWithin'>): number {
  const seen = looksAt(quiet, times).map(({ p95 }) => p95);
  return percentile(ascending(seen.filter(Number.isFinite)), 0.95) ?? 0;
}

/** By rank, for infinite values cannot be interpolated. */
function p95Of(values: readonly number[]): number | null {
  const sorted = ascending(values.filter((value) => !Number.isNaN(value)));
  return sorted.length === 0 ? null : (sorted[Math.ceil(0.95 * sorted.length) - 1] as number);
}
