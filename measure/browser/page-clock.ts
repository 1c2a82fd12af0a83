/** Now on the driver's clock, ms since the epoch with fractions. It runs evenly, and is never set while the process lives. */
export function driverNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A moment on one clock, ms: without `clock` the driver's, else since the document of that clock began. */
export interface Moment {
  at: number;
  clock?: PageClock;
}

/**
 * The clock of one document, which runs as evenly as the driver's. Where its zero lies on the driver's clock is measured,
 * never read from the page: `performance.timeOrigin` is wrong by as much as the machine's clock was set between the two.
 * What the page sent at `now` was sent before it was heard, and after it was asked for.
 */
export class PageClock {
  #earliest = Number.NEGATIVE_INFINITY;
  #latest = Number.POSITIVE_INFINITY;

  /** The page said `now`, which was heard at once, or later. */
  heard(now: number): void {
    this.#latest = Math.min(this.#latest, driverNow() - now);
  }

  /**
   * The page was asked at a moment of the driver's clock and has just answered.
   * @param began its time when it began to answer
   * @param ended its time when it answered
   */
  answered(began: number, asked: number, ended = began): void {
    this.#earliest = Math.max(this.#earliest, asked - began);
    this.heard(ended);
  }

  /** The document's begin on the driver's clock, ms: not before, and not after. */
  get zero(): readonly [earliest: number, latest: number] {
    const earliest = Number.isFinite(this.#earliest) ? this.#earliest : this.#latest - UNASKED_MS;
    return [Math.min(earliest, this.#latest), this.#latest];
  }
}

/** A document that was gone before it answered: what it said was heard within this many ms, on a busy machine too. */
const UNASKED_MS = 1000;

/** What a page says is heard within about this many ms. */
export const CLOCK_TOLERANCE_MS = 3;
/** A page's times are rounded to this, ms. */
export const PAGE_ROUNDING_MS = 1;

/** From one moment to another: ms at least, and at most. Exact where one clock gave both. */
export function between(from: Moment, to: Moment): readonly [least: number, most: number] {
  if (from.clock === to.clock) return [to.at - from.at, to.at - from.at];
  const [a, b] = [onDriver(from), onDriver(to)];
  return [b[0] - a[1], b[1] - a[0]];
}

/** Not before, and not after, on the driver's clock. */
export function onDriver({ at, clock }: Moment): readonly [earliest: number, latest: number] {
  const [earliest, latest] = clock?.zero ?? [0, 0];
  return [at + earliest, at + latest];
}

/** A request as its document noted it. */
export interface Noted {
  begin: Moment;
  end: Moment;
  /** 0: it was aborted. */
  status: number;
}

/** Of several requests of one address, the one that was begun when this was heard on the driver's clock. */
export function nearest<T extends { begin: Moment }>(noted: readonly T[], heard: number): T | undefined {
  const late = ({ begin }: T) => Math.abs(heard - onDriver(begin)[1]);
  return noted.toSorted((a, b) => late(a) - late(b))[0];
}
