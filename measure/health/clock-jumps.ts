/**
 * A step of the wall clock smaller than this is not reported. NTP slews by 0.5 ms a second at most (adjtime(3)); a step is
 * what it makes of more than 128 ms (https://www.ntp.org/documentation/4.2.8-series/clock/).
 */
const TOLD_FROM_MS = 250;
/** The two clocks are read one after the other: longer than this apart, the process was delayed in between. */
const APART_MS = 20;
const TRIES = 5;

/** Notices when the wall clock (ms since the epoch) does not advance as the monotonic one does. */
export class ClockJumps {
  readonly #wall: () => number;
  readonly #monotonic: () => number;
  #offset: number;

  constructor(wall = () => Date.now(), monotonic = () => performance.now()) {
    this.#wall = wall;
    this.#monotonic = monotonic;
    this.#offset = this.#read();
  }

  /** How far the clock has stepped since this was last asked, ms; backwards is negative. Undefined: it has not. */
  take(): number | undefined {
    const before = this.#offset;
    this.#offset = this.#read();
    const jump = Math.round(this.#offset - before);
    return Math.abs(jump) >= TOLD_FROM_MS ? jump : undefined;
  }

  /** Wall clock less monotonic clock; the best of some tries, so that a busy machine is no jump. */
  #read(): number {
    let best = { offset: 0, apart: Number.POSITIVE_INFINITY };
    for (let tries = 0; tries < TRIES && best.apart > APART_MS; tries += 1) {
      const before = this.#monotonic();
      const wall = this.#wall();
      const after = this.#monotonic();
      if (after - before < best.apart) best = { offset: wall - (before + after) / 2, apart: after - before };
    }
    return best.offset;
  }
}
