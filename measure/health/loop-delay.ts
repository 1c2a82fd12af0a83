import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** The monitor looks this often; its own period is part of what it reports. */
const RESOLUTION_MS = 10;

/** Since the last look. */
export interface LoopLook {
  /** The longest delay, ms. */
  worst: number;
  /** How long something that comes at any moment waits for the loop, on average, ms. */
  wait: number;
  /** Share of the time in which the loop had work, 0–1. */
  use: number;
}

/** Watches how this thread's event loop is delayed: what is timed on the loop is wrong by as much. */
export class LoopDelay {
  readonly #monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #use = performance.eventLoopUtilization();
  #last = performance.now();

  constructor() {
    this.#monitor.enable();
  }

  take(): LoopLook {
    const { max, mean, stddev, count } = this.#monitor;
    this.#monitor.reset();
    const now = performance.now();
    const elapsed = now - this.#last;
    this.#last = now;
    // The monitor knows the time from its first beat since the last look to its latest one. A delay that was under way at
    // either look lies outside of that, also one that the look itself makes.
    const unseen = Math.max(0, elapsed - (count * mean || 0) / 1e6 - 2 * RESOLUTION_MS);
    const use = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(use, this.#use);
    this.#use = use;
    // What comes during a delay d waits d/2 for its end, and as many come as the delay is long: Σ d²/2 of the time.
    const seen = count > 0 ? count * ((stddev / 1e6) ** 2 + (mean / 1e6 - RESOLUTION_MS) ** 2) : 0;
    const squares = seen + unseen ** 2;
    return {
      worst: Math.max(unseen, max / 1e6 - RESOLUTION_MS),
      wait: elapsed > 0 ? squares / 2 / elapsed : 0,
      use: utilization,
    };
  }

  stop(): void {
    this.#monitor.disable();
  }
}
