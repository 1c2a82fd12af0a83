/**
 * When the generator measured itself in place of the target. The limits are calibrated: `npm run test:truth -- generator`
 * loads the generator until it misreads a known delay of 200 ms by more than a tenth, and each limit lies before that
 * point (the curve: docs/truth.md).
 */
import type { Summary } from '../measure/run/run-json.ts';
import { milliseconds, percent } from './format.ts';

/** p95 of each second's worst event-loop delay: what is timed on that loop is then wrong by as much. */
const MOST_LOOP_DELAY_MS = 200;
/** p95 of each second's mean wait for the loop that times HTTP requests: latencies are longer by as much. */
const MOST_LOOP_WAIT_MS = 10;
/** p95 of the generator's share of all cores. Above it, work waits for the CPU and latencies are the generator's. */
const MOST_CPU = 0.9;

export type GeneratorFigures = Pick<Summary['generator'], 'cpuP95' | 'loopDelayP95' | 'loopWaitP95'>;

/** One line for each limit that was passed; empty: what was measured is the target. */
export function generatorTrouble({ cpuP95, loopDelayP95, loopWaitP95 }: GeneratorFigures): string[] {
  const trouble: string[] = [];
  if (loopDelayP95 !== null && loopDelayP95 > MOST_LOOP_DELAY_MS) {
    trouble.push(
      `the generator's event loop was held up: p95 ${milliseconds(loopDelayP95)}, limit ${milliseconds(MOST_LOOP_DELAY_MS)}`,
    );
  }
  if (loopWaitP95 !== null && loopWaitP95 > MOST_LOOP_WAIT_MS) {
    trouble.push(
      `answers waited for the generator: p95 ${milliseconds(loopWaitP95)} on average of each second, limit ${milliseconds(MOST_LOOP_WAIT_MS)}`,
    );
  }
  if (cpuP95 !== null && cpuP95 > MOST_CPU) {
    trouble.push(
      `the generator was short of CPU: p95 ${percent(cpuP95)} of all cores, limit ${percent(MOST_CPU)}`,
    );
  }
  return trouble;
}
