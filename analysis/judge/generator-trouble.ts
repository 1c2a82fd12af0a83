/**
 * When the generator measured itself instead of the target. The limits are calibrated: `npm run test:truth -- generator`
 * loads the generator until it misreads a known delay of 200 ms by more than a tenth, and each limit lies before that
 * point (the curve: docs/truth.md).
 */

import type { Reason } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';

/** p95 of each second's worst event-loop delay: what is timed on that loop is then wrong by as much. */
export const MAX_LOOP_DELAY_MS = 200;
/**
 * p95 of each second's mean wait for the loop that times HTTP requests, and of the share of time in which that loop has
 * work. Latencies are longer by the wait, the slowest ones first: beyond the lower limits p95 was off by a tenth (use 46 %:
 * 7 %, 62 %: 16 %), beyond the upper ones the median is (62 and 65 %: 8 %, 66 %: 12 %). Users without think time whose answers come
 * all at once wait longer than the mean tells: there the use is what shows it.
 */
const LOOP_WAIT_MS = { warn: 3, max: 10 };
const LOOP_USE = { warn: 0.55, max: 0.64 };
/**
 * Share of the seconds in which it stood still or had no core left. What was under way in them is among the slowest: with more
 * than half of the slowest twentieth p95 is the generator's. In a short run one or two are chance.
 */
const MAX_STALLED_SHARE = 0.025;
const CHANCE_STALLS = 2;
/** p95 of the generator's share of all cores. Above it, work waits for the CPU and latencies are the generator's. */
export const MAX_CPU = 0.9;

export type GeneratorFigures = Pick<
  Summary['generator'],
  'cpuP95' | 'loopDelayP95' | 'loopWaitP95' | 'loopUseP95' | 'stalled' | 'seconds' | 'exhausted'
>;

/** One reason for each limit that was passed, and one where the generator had nothing left to send by; empty: what was measured is the target. */
export function generatorTrouble(figures: GeneratorFigures): Reason[] {
  const { cpuP95, loopDelayP95, loopWaitP95, loopUseP95 } = figures;
  const beyond = (
    code: 'loop-delayed' | 'loop-waits' | 'loop-busy' | 'cpu-exhausted',
    p95: number | null,
    limit: number,
  ): Reason[] => {
    const found = p95Beyond(limit, p95);
    return found ? [{ verdict: 'invalid', code, ...found }] : [];
  };
  return [
    ...(figures.exhausted
      ? [{ verdict: 'invalid', code: 'generator-exhausted', ...figures.exhausted } as const]
      : []),
    ...stalledTooOften(figures),
    ...beyond('loop-delayed', loopDelayP95, MAX_LOOP_DELAY_MS),
    ...beyond('loop-waits', loopWaitP95, LOOP_WAIT_MS.max),
    ...beyond('loop-busy', loopUseP95, LOOP_USE.max),
    ...beyond('cpu-exhausted', cpuP95, MAX_CPU),
  ];
}

function stalledTooOften({ stalled = 0, seconds }: GeneratorFigures): Reason[] {
  if (stalled <= Math.max(CHANCE_STALLS, MAX_STALLED_SHARE * seconds)) return [];
  return [
    {
      verdict: 'invalid',
      code: 'generator-stalled',
      seconds: stalled,
      of: seconds,
      limit: MAX_STALLED_SHARE,
    },
  ];
}

/** A reason when the slowest of the HTTP latencies may be read too long, though the median is right. */
export function generatorStrain({ loopWaitP95, loopUseP95 }: GeneratorFigures): Reason[] {
  const loopWait = p95Beyond(LOOP_WAIT_MS.warn, loopWaitP95);
  const loopUse = p95Beyond(LOOP_USE.warn, loopUseP95);
  return loopWait || loopUse ? [{ verdict: 'warn', code: 'generator-strained', loopWait, loopUse }] : [];
}

function p95Beyond(limit: number, p95: number | null): { p95: number; limit: number } | undefined {
  return p95 === null || p95 <= limit ? undefined : { p95, limit };
}
