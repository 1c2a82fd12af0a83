/** One time limit of one request. */
export interface Deadline {
  /** By `performance.now()`, ms. */
  readonly at: number;
  readonly of: Limited;
}

export interface Limited {
  passed(): void;
}

/**
 * Nearly all requests are answered long before their limit, so that it must cost next to nothing to set one and to take
 * it back: those of one length wait in one line, with one timer for its head.
 */
class Line {
  readonly #ms: number;
  /** In the order in which they were set, and so in which they pass. */
  readonly #waiting = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(now: number, of: Limited): Deadline {
    const deadline = { at: now + this.#ms, of };
    this.#waiting.add(deadline);
    this.#timer ??= this.#lookIn(this.#ms);
    return deadline;
  }

  delete(deadline: Deadline): void {
    this.#waiting.delete(deadline);
  }

  /** Holds up no process: a request under way does that by its connection. */
  #lookIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const deadline of this.#waiting) {
      // A timer may fire up to a millisecond early.
      if (deadline.at > now + 1) {
        this.#timer = this.#lookIn(deadline.at - now);
        return;
      }
      this.#waiting.delete(deadline);
      deadline.of.passed();
    }
  }
}

const lines = new Map<number, Line>();

/** Tells `of` when `ms` have passed, unless the deadline is cancelled before. @param now by `performance.now()` */
export function deadlineAfter(ms: number, of: Limited, now: number): Deadline {
  let line = lines.get(ms);
  if (!line) {
    line = new Line(ms);
    lines.set(ms, line);
  }
  return line.add(now, of);
}

/** @param ms as it was set with */
export function cancelDeadline(ms: number, deadline: Deadline): void {
  lines.get(ms)?.delete(deadline);
}
