import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The monitor looks this often; its own period is part of what it reports. */
const RESOLUTION_MS = 10;

/** Watches how long this thread's event loop is held up: what is timed on the loop is wrong by as much. */
export class LoopDelay {
  readonly #monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#monitor.enable();
  }

  /** The longest delay since this was last asked, ms. */
  take(): number {
    const delay = Math.max(0, this.#monitor.max / 1e6 - RESOLUTION_MS);
    this.#monitor.reset();
    return delay;
  }

  stop(): void {
    this.#monitor.disable();
  }
}
