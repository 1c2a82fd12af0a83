import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../fixtures/data/random.ts';
import { Interruption } from './steps/failure.ts';

/** A user reads for minutes at most: the tail of the log-normal distribution is cut there. */
const LONGEST_MS = 60_000;

/** Lets this many ms pass; rejects when the signal is aborted. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

const reallyPause: Pause = (ms, signal) => wait(ms, undefined, { signal });

/**
 * Think time: log-normal around a median (seconds), times a factor; 0: none. An interruption ends it at once.
 */
export function thinkFor(
  times: { median: number; sigma: number },
  factor: number,
  random: Random,
  signal?: AbortSignal,
  pause: Pause = reallyPause,
): () => Promise<void> {
  return async () => {
    const drawn = random.logNormal(times.median * 1000, times.sigma); // drawn always: THINK=0 makes the same choices
    if (signal?.aborted) throw new Interruption();
    if (factor === 0) return;
    try {
      await pause(Math.min(drawn * factor, LONGEST_MS), signal);
    } catch {
      throw new Interruption();
    }
  };
}
