import type { Act } from './page-acts.ts';
import {
  between,
  CLOCK_TOLERANCE_MS,
  driverNow,
  type Moment,
  onDriver,
  PAGE_ROUNDING_MS,
} from './page-clock.ts';

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

/** When a step began: not before one moment, and not after another. One and the same where an input says it. */
interface Begin {
  from: Moment;
  by: Moment;
}

interface Input {
  at: Moment;
  /** `input` or `change`, which a page's own doing may lead to as well. */
  isTyped: boolean;
}

/**
 * Measures one step as docs/measuring.md, "Steps", defines it: from the first input of the user in the step, or the
 * navigation's start, to the moment the last awaited thing came. Each awaited thing came between two moments; the later
 * one counts, so that no step is shorter than the truth. The step is exact when no other end is possible that would be
 * earlier by more than a frame, and its begin is known.
 */
export class StepClock {
  readonly begun = driverNow();
  #inputs: Input[] = [];
  #acts: Act[] = [];
  #came: Came[] = [];
  #missesActs = false;

  /** An input event or a navigation's start. */
  noteInput(at: Moment, { isTyped = false } = {}): void {
    if (onDriver(at)[1] >= this.begun - CLOCK_TOLERANCE_MS) this.#inputs.push({ at, isTyped });
  }

  /** The driver began to do something as a user would. */
  noteAct(act: Act): void {
    this.#acts.push(act);
  }

  /** Nobody says what the driver does: what it did first may be unknown. */
  missActs(): void {
    this.#missesActs = true;
  }

  /** A wait ended. */
  noteAppeared(came: Came): void {
    this.#came.push(came);
  }

  /** The first input since a moment of the driver's clock: what was done then began with it. */
  firstInput(since: number): Moment | undefined {
    return this.#begin(since)?.from;
  }

  /** How long a step was tried that did not reach its end. */
  tried(): Pick<StepTime, 'value'> {
    const start = this.firstInput(Number.NEGATIVE_INFINITY) ?? { at: this.begun };
    return { value: rounded(between(start, { at: driverNow() })[1]) };
  }

  read(): StepTime {
    const first = this.#begin(Number.NEGATIVE_INFINITY);
    const { from: start, by: startBy } = first ?? this.#from({ at: this.begun });
    const isBeginKnown = start === startBy;
    const spanTo = ({ from, by, coarse }: Came) => ({
      least: from ? between(startBy, from)[0] : 0,
      most: between(start, by)[1],
      coarse,
    });
    // What was seen before the step's first input was not waited for: it says nothing about this step.
    let spans = this.#came.map(spanTo).filter(({ most }) => most >= 0);
    // A step that waits for nothing, such as filling in a form, ends with its last input.
    if (spans.length === 0 && first) spans = this.#entered().map(spanTo);
    const most = spans.length > 0 ? Math.max(...spans.map((span) => span.most)) : driverNow() - this.begun;
    const least = Math.max(0, ...spans.map((span) => span.least));
    const isExact =
      isBeginKnown &&
      spans.length > 0 &&
      most - least <= EXACT_WITHIN_MS &&
      !spans.some((span) => span.coarse && span.most > least);
    const value = rounded(most);
    if (isExact) return { value, clock: 'page' };
    return { value, clock: 'driver', offByAtMost: rounded(Math.max(0, most - least)) };
  }

  /** Where the first thing that was done gave no input that the page could note, it began between two moments. */
  #begin(since: number): Begin | undefined {
    const inputs = this.#users().filter((at) => onDriver(at)[1] >= since - CLOCK_TOLERANCE_MS);
    const first = inputs.reduce<Moment | undefined>((one, at) => (one ? earlier(one, at) : at), undefined);
    const act = this.#acts.find(({ begin }) => begin >= since - CLOCK_TOLERANCE_MS);
    const isFirst = first && (!act || onDriver(first)[1] <= endOf(act) + PAGE_ROUNDING_MS);
    if (isFirst) return this.#from(first);
    return act && { from: { at: act.begin }, by: { at: endOf(act) } };
  }

  #from(first: Moment): Begin {
    return { from: first, by: this.#missesActs ? { at: driverNow() } : first };
  }

  /** Inputs and navigations of the user. What was typed was typed by an act. */
  #users(): Moment[] {
    const isDone = (at: Moment) => this.#missesActs || this.#acts.some((act) => isWithin(at, act));
    return this.#inputs.filter(({ at, isTyped }) => !isTyped || isDone(at)).map(({ at }) => at);
  }

  /** All that was done, as if it had been waited for. */
  #entered(): Came[] {
    const inputs = this.#users();
    const unseen = this.#acts.filter((act) => !inputs.some((at) => isWithin(at, act)));
    return [
      ...inputs.map((at) => ({ from: at, by: at })),
      ...unseen.map((act) => ({ from: { at: act.begin }, by: { at: endOf(act) }, coarse: true })),
    ];
  }
}

function endOf(act: Act): number {
  return act.end ?? driverNow();
}

function isWithin(at: Moment, act: Act): boolean {
  const [earliest, latest] = onDriver(at);
  return latest >= act.begin - PAGE_ROUNDING_MS && earliest <= endOf(act) + PAGE_ROUNDING_MS;
}

function earlier(a: Moment, b: Moment): Moment {
  return between(a, b)[1] < 0 ? b : a;
}

function rounded(ms: number): number {
  return Math.round(Math.max(0, ms) * 10) / 10;
}
