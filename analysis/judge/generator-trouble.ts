/**
 * When the generator measured itself in place of the target. The limits are calibrated: `npm run test:truth -- generator`
 * loads the generator until it misreads a known delay of 200 ms by more than a tenth, and each limit lies before that
 * point (the curve: docs/truth.md).
 */

import { milliseconds, percent } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

/** p95 of each second's worst event-loop delay: what is timed on that loop is then wrong by as much. */
const MAX_LOOP_DELAY_MS = 200;
/**
 * p95 of each second's mean wait for the loop that times HTTP requests, and of the share of time in which that loop has
 * work. Latencies are longer by the wait, the slowest ones first: beyond the lower limits p95 was off by a tenth (use 46 %:
 * 7 %, 62 %: 16 %), beyond the upper ones the median is (62 %: 8 %, 77 %: 11 %). Users without think time whose answers come
 * all at once wait longer than the mean tells: there the use is what shows it.
 */
const LOOP_WAIT_MS = { warn: 3, most: 10 };
const LOOP_USE = { warn: 0.55, most: 0.68 };
/** p95 of the generator's share of all cores. Above it, work waits for the CPU and latencies are the generator's. */
const MAX_CPU = 0.9;

export type GeneratorFigures = Pick<
  Summary['generator'],
  'cpuP95' | 'loopDelayP95' | 'loopWaitP95' | 'loopUseP95'
>;

/** One line for each limit that was passed; empty: what was measured is the target. */
export function generatorTrouble({
  cpuP95,
  loopDelayP95,
  loopWaitP95,
  loopUseP95,
}: GeneratorFigures): string[] {
  const trouble: string[] = [];
  if (loopDelayP95 !== null && loopDelayP95 > MAX_LOOP_DELAY_MS) {
    trouble.push(
      `the generator's event loop was held up: p95 ${milliseconds(loopDelayP95)}, limit ${milliseconds(MAX_LOOP_DELAY_MS)}`,
    );
  }
  const wait = waitsBeyond(LOOP_WAIT_MS.most, loopWaitP95);
  if (wait) trouble.push(`answers waited for the generator: ${wait}`);
  const use = usedBeyond(LOOP_USE.most, loopUseP95);
  if (use) trouble.push(`the loop that times HTTP requests was never idle: ${use}`);
  if (cpuP95 !== null && cpuP95 > MAX_CPU) {
    trouble.push(
      `the generator was short of CPU: p95 ${percent(cpuP95)} of all cores, limit ${percent(MAX_CPU)}`,
    );
  }
  return trouble;
}

/** One line when the slowest of the HTTP latencies may be read too long, though the median is right. */
export function generatorStrain({ loopWaitP95, loopUseP95 }: GeneratorFigures): string[] {
  const parts = [waitsBeyond(LOOP_WAIT_MS.warn, loopWaitP95), usedBeyond(LOOP_USE.warn, loopUseP95)];
  const said = parts.filter(Boolean).join('; ');
  return said
    ? [
        `the generator was busy, p95 of HTTP latencies may be some percent too long: ${said}; start fewer users, or give it a machine of its own`,
      ]
    : [];
}

function waitsBeyond(limit: number, p95: number | null): string | undefined {
  if (p95 === null || p95 <= limit) return undefined;
  return `mean wait of a second for its loop p95 ${milliseconds(p95)}, limit ${milliseconds(limit)}`;
}

function usedBeyond(limit: number, p95: number | null): string | undefined {
  if (p95 === null || p95 <= limit) return undefined;
  return `busy p95 ${percent(p95)} of a second, limit ${percent(limit)}`;
}
