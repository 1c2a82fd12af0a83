import { between, CLOCK_TOLERANCE_MS, driverNow, type Moment, onDriver } from './page-clock.ts';

/** When an awaited thing came. */
export interface Came {
  /** It cannot have come before. Absent: nothing is known of that. */
  from?: Moment;
  /** It had come by then. */
  by: Moment;
  /** No clock of the page gave these times, or none that can be compared with its input. */
  coarse?: boolean;
}

/** What is shown comes with a frame, 60 a second; the clocks of two processes are compared to about 2 ms. */
export const EXACT_WITHIN_MS = 1000 / 60 + 2;

/** A step's time, ms. `driver`: coarse, too long by `offByAtMost` ms at most. */
export interface StepTime {
  value: number;
  clock: 'page' | 'driver';
  offByAtMost?: number;
}

/**
 * Measures one step as docs/measuring.md, "Steps", defines it: from the first input of the user in the step, or the
 * navigation's start, to the moment the last awaited thing came. Each awaited thing came between two moments; the later
 * one counts, so that no step is shorter than the truth. The step is exact when no other end is possible that would be
 * earlier by more than a frame.
 */
export class StepClock {
  readonly begun = driverNow();
  #inputs: Moment[] = [];
  #came: Came[] = [];

  /** An input event or a navigation's start. */
  noteInput(input: Moment): void {
    if (onDriver(input)[1] >= this.begun - CLOCK_TOLERANCE_MS) this.#inputs.push(input);
  }

  /** A wait ended. */
  noteAppeared(came: Came): void {
    this.#came.push(came);
  }

  /** The first input since a moment of the driver's clock: what was done then began with it. */
  firstInput(since: number): Moment | undefined {
    return this.#inputs
      .filter((input) => onDriver(input)[1] >= since - CLOCK_TOLERANCE_MS)
      .reduce<Moment | undefined>((first, input) => (first ? earlier(first, input) : input), undefined);
  }

  /** How long a step was tried that did not reach its end. */
  tried(): Pick<StepTime, 'value'> {
    const start = this.firstInput(Number.NEGATIVE_INFINITY) ?? { at: this.begun };
    return { value: rounded(between(start, { at: driverNow() })[1]) };
  }

  read(): StepTime {
    const first = this.firstInput(Number.NEGATIVE_INFINITY);
    const start = first ?? { at: this.begun };
    const spans = this.#came
      .map(({ from, by, coarse }) => ({
        least: from ? between(start, from)[0] : 0,
        most: between(start, by)[1],
        coarse,
      }))
      // What was seen before the step's first input was not waited for: it says nothing about this step.
      .filter(({ most }) => most >= 0);
    if (spans.length === 0 && first) {
      // A step that waits for nothing, such as filling in a form, ends with its last input.
      const [, most] = this.#inputs
        .map((input) => between(start, input))
        .reduce((last, span) => (span[1] > last[1] ? span : last));
      return { value: rounded(most), clock: 'page' };
    }
    const most = spans.length > 0 ? Math.max(...spans.map((span) => span.most)) : driverNow() - this.begun;
    const least = Math.max(0, ...spans.map((span) => span.least));
    const isExact =
      spans.length > 0 &&
      most - least <= EXACT_WITHIN_MS &&
      !spans.some((span) => span.coarse && span.most > least);
    const value = rounded(most);
    if (isExact) return { value, clock: 'page' };
    return { value, clock: 'driver', offByAtMost: rounded(Math.max(0, most - least)) };
  }
}

function earlier(a: Moment, b: Moment): Moment {
  return between(a, b)[1] < 0 ? b : a;
}

function rounded(ms: number): number {
  return Math.round(Math.max(0, ms) * 10) / 10;
}
