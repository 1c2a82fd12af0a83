/** Now on the driver's clock, ms since the epoch with fractions: the same scale as a page's `timeOrigin + now`. */
export function driverNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Page and driver read one host's clock at different moments; their scales agree to about this many ms. */
export const CLOCK_TOLERANCE_MS = 3;

/**
 * Measures one step as docs/measuring.md, "Steps", defines it: from the first input of the user in the step,
 * or the navigation's start, to the moment the last awaited thing came, both on the page's clock. Where the
 * page cannot tell the end, the driver's clock stands in and the step says so.
 */
export class StepClock {
  readonly begun = driverNow();
  #start: number | undefined;
  #lastInput: number | undefined;
  #came: number[] = [];
  #lastWait: number | undefined;

  /** An input event or a navigation's start, ms since the epoch. */
  noteInput(t: number): void {
    if (t < this.begun - CLOCK_TOLERANCE_MS) return;
    if (this.#start === undefined || t < this.#start) this.#start = t;
    if (this.#lastInput === undefined || t > this.#lastInput) this.#lastInput = t;
  }

  /** A wait ended; what it waited for came at `t`, ms since the epoch. 0: the page cannot tell. */
  noteAppeared(t: number): void {
    this.#came.push(t);
    this.#lastWait = driverNow();
  }

  /** Milliseconds, and the clock that gave the end. */
  read(): { value: number; clock: 'page' | 'driver' } {
    const start = this.#start ?? this.begun;
    // What was there before the step's first input was not waited for: it says nothing about this step.
    const came = this.#came.filter((t) => t >= start - CLOCK_TOLERANCE_MS);
    // A step that waits for nothing, such as filling in a form, ends with its last input.
    const end = came.length > 0 ? Math.max(...came) : (this.#lastWait ?? this.#lastInput ?? driverNow());
    const exact = came.length > 0 || (this.#lastWait === undefined && this.#lastInput !== undefined);
    return {
      value: Math.round(Math.max(0, end - start) * 10) / 10,
      clock: exact ? 'page' : 'driver',
    };
  }
}
