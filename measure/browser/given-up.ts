import type { Request } from '@playwright/test';
import { driverNow } from './page-clock.ts';

/** The page says of its views and of its requests in messages that come a moment apart. */
const APART_MS = 250;
/** A click, and the request that it sends, are one act. */
const SAME_ACT_MS = 20;
/** Younger than this a request was not waited for: a redirect by script, which changes the view, takes it back. */
const HARDLY_BEGUN_MS = 1000;
/** What takes a request's place is sent within this time, a search as one types, with its pause, as well. */
const REPLACED_WITHIN_MS = 1000;
/** Effects that run twice (React's strict mode) take their first request back at once, and send the same again. */
const AT_ONCE_MS = 100;
/** Of a page's requests this many are remembered as ones that took another's place. */
const REMEMBERED = 50;

interface Left {
  t: number;
  /** What the user did last before. */
  acted: number;
}

/**
 * Tells apart why a page took a request back. The browser says "aborted" of all: the user has gone elsewhere and nobody
 * waits for the answer, another request has taken its place, or the page gave up waiting (a time-out, an abort) while the
 * user still looks at it, which is a failure of the target. docs/measuring.md, "Requests", has the rules in words.
 *
 * Times are the driver's clock, ms since the epoch.
 */
export class GivenUp {
  #acted = Number.NEGATIVE_INFINITY;
  readonly #wentElsewhere: number[] = [];
  readonly #left: Left[] = [];
  readonly #sent: Array<{ request: Request; t: number }> = [];
  #changed: Array<() => void> = [];
  #isOver = false;

  /** The user clicked or typed. */
  acted(t = driverNow()): void {
    this.#acted = t;
  }

  /** Another view has begun. */
  viewBegan(t = driverNow()): void {
    this.#left.push({ t, acted: this.#acted });
    this.#wake();
  }

  /** The user is about to leave by the address bar or the back button, the session ends, or the page is gone. */
  wentElsewhere(t = driverNow()): void {
    this.#wentElsewhere.push(t);
  }

  sent(request: Request, t = driverNow()): void {
    this.#sent.push({ request, t });
    if (this.#sent.length > REMEMBERED) this.#sent.shift();
    this.#wake();
  }

  /** The session is over: what is not known by now is decided. */
  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /**
   * Whether the page gave a request up that it had sent at `begun` and took back at `t`. What leads to it, or takes its
   * place, may be heard of later: waits for that.
   */
  async isGivenUp(request: Request, begun: number, t: number): Promise<boolean> {
    const until = t + REPLACED_WITHIN_MS;
    for (;;) {
      if (this.#hadLeft(begun, t) || this.#isReplaced(request, begun, t)) return false;
      const left = until - driverNow();
      if (this.#isOver || left <= 0) return true;
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left);
        this.#changed.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  #hadLeft(begun: number, t: number): boolean {
    if (this.#wentElsewhere.some((left) => left >= begun && left <= t)) return true;
    const isUsers = ({ acted }: Left) => acted > begun + SAME_ACT_MS && acted <= t + SAME_ACT_MS;
    return this.#left.some(
      (left) => left.t >= begun && left.t <= t + APART_MS && (isUsers(left) || t - begun < HARDLY_BEGUN_MS),
    );
  }

  /** The user's act that took it back asked for something else to look at: another tab, another filter. */
  #isLeftFor(other: Request, sent: number, begun: number, t: number): boolean {
    const isUsersAct =
      this.#acted > begun + SAME_ACT_MS && Math.abs(t - this.#acted) <= SAME_ACT_MS + AT_ONCE_MS;
    return isUsersAct && other.method() === 'GET' && Math.abs(sent - t) <= AT_ONCE_MS;
  }

  #isReplaced(request: Request, begun: number, t: number): boolean {
    const isUsersAct = this.#acted > begun + SAME_ACT_MS && this.#acted >= t - REPLACED_WITHIN_MS;
    return this.#sent.some(
      (other) =>
        other.request !== request &&
        other.t > begun &&
        other.t >= t - REPLACED_WITHIN_MS &&
        (this.#isLeftFor(other.request, other.t, begun, t) ||
          (isSameCall(other.request, request) &&
            (isUsersAct || t - begun < AT_ONCE_MS || asksAnother(other.request, request)))),
    );
  }

  #wake(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const wake of waiting) wake();
  }
}

function isSameCall(one: Request, other: Request): boolean {
  return one.method() === other.method() && new URL(one.url()).pathname === new URL(other.url()).pathname;
}

/** A page that tries again after a time-out sends the same; one whose user wants something else does not. */
function asksAnother(one: Request, other: Request): boolean {
  return one.url() !== other.url() || one.postData() !== other.postData();
}
