import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../run/samples.ts';
import { Interruption } from '../steps/failure.ts';

/**
 * More than the limit's own interval: the target counts arrivals over up to 61 s (docs/contract/api.md §2.1), and on a busy
 * machine a browser sends a sign-in seconds after its turn.
 */
const MARGIN = 1.1;

/** Handed from thread to thread: all of them take their turns from the same memory. */
export interface SignInPace {
  /** One 64-bit integer: when the next sign-in may be sent, ms since the epoch. */
  readonly next: SharedArrayBuffer;
  /** Between two sign-ins, ms. */
  readonly intervalMs: number;
}

/** Between two sign-ins, ms. */
export function signInIntervalMs(perMinute: number): number {
  return Math.ceil((60_000 / perMinute) * MARGIN);
}

/** Spaces sign-ins evenly, so that a sliding window of a minute never holds more than the limit. */
export function signInPace(perMinute: number, now = Date.now()): SignInPace {
  const next = new SharedArrayBuffer(8);
  const intervalMs = signInIntervalMs(perMinute);
  // Somebody has just signed in: the check of accounts, or the worker process before this one.
  new BigInt64Array(next)[0] = BigInt(now + intervalMs);
  return { next, intervalMs };
}

/** Reserves the next turn; gives how long to wait for it, ms. */
export function takeTurn({ next, intervalMs }: SignInPace, now = Date.now()): number {
  const cell = new BigInt64Array(next);
  for (;;) {
    const planned = Atomics.load(cell, 0);
    const turn = planned > BigInt(now) ? planned : BigInt(now);
    if (Atomics.compareExchange(cell, 0, planned, turn + BigInt(intervalMs)) === planned)
      return Number(turn) - now;
  }
}

/**
 * Waits for this session's turn to sign in, and writes down for how long. Nothing without a pace.
 * @throws {Interruption} when the run is being ended
 */
export async function waitToSignIn(
  pace: SignInPace | undefined,
  write: (sample: Sample) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (!pace) return;
  const ms = takeTurn(pace);
  try {
    await delay(ms, undefined, { signal });
  } catch {
    throw new Interruption();
  }
  write({ t: Date.now(), kind: 'event', name: 'sign-in-paced', data: { ms } });
}
