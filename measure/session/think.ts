import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../fixtures/data/random.ts';
import { Interruption } from '../steps/failure.ts';

/** A user reads for minutes at most: the tail of the log-normal distribution is cut there. */
const LONGEST_MS = 60_000;

/** Lets this many ms pass; rejects when the signal is aborted. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

const reallyPause: Pause = (ms, signal) => wait(ms, undefined, { signal });

/** A think time, ms: log-normal around a median (seconds), times a factor; 0: none. */
export function thinkTime(times: { median: number; sigma: number }, factor: number, random: Random): number {
  return Math.min(random.logNormal(times.median * 1000, times.sigma) * factor, LONGEST_MS);
}

/** Lets a think time pass. An interruption ends it at once. */
export function thinkFor(
  times: { median: number; sigma: number },
  factor: number,
  random: Random,
  signal?: AbortSignal,
  pause: Pause = reallyPause,
): () => Promise<void> {
  return async () => {
    const drawn = thinkTime(times, factor, random); // drawn always: THINK=0 makes the same choices
    if (signal?.aborted) throw new Interruption();
    if (factor === 0) return;
    try {
      await pause(drawn, signal);
    } catch {
      throw new Interruption();
    }
  };
}
