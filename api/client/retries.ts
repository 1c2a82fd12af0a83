/**
 * When a request is sent again, and how long after. Full jitter: a random time up to a bound that doubles each time
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so that those who failed together do not
 * come back together.
 *
 * Only for what is set up or cleaned up: under load each first attempt is what a user meets and what gates judge.
 */
import type { Operation } from '../operation.ts';
import type { ApiAnswer } from './answer.ts';

const ATTEMPTS = 4;
const FIRST_BOUND_MS = 100;
const LAST_BOUND_MS = 2000;
export interface Patience {
  /** No attempt is begun later than this after the first one began, ms. */
  begunWithin: number;
  /**
   * Who asks for more is not asked again: to ask sooner would prolong the refusal
   * (docs/contract/api.md §2.1). ms
   */
  retryAfter: number;
}

export const SETTING_UP: Patience = { begunWithin: 30_000, retryAfter: 10_000 };
/** A run that is being stopped waits 15 s for its sessions (api/worker/handle.ts), and a hang takes 5 s of them. */
export const CLEANING_UP: Patience = { begunWithin: 4000, retryAfter: 3000 };

/** Methods that may be repeated: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** By its method alone: what a browser would send again by itself. */
export function isIdempotent({ method }: Pick<Operation, 'method'>): boolean {
  return IDEMPOTENT.has(method);
}

export function isRepeatable({ method, idempotent }: Pick<Operation, 'method' | 'idempotent'>): boolean {
  return idempotent ?? IDEMPOTENT.has(method);
}

/** Something in between failed or the target had no time: it may be better soon. 0: no whole answer came. */
const PASSING: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

/**
 * Only these two ask to come back later. The application sends the header with ordinary answers too, where it says
 * nothing (docs/contract/api.md §2.3).
 */
const ASKS_TO_WAIT: ReadonlySet<number> = new Set([429, 503]);

type AnswerHead = Pick<ApiAnswer, 'status' | 'ok' | 'headers'>;

/** Of one request. */
export class Retries {
  readonly #patience: Patience;
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #begun: number;
  #attempts = 0;

  /** @param random from 0 to below 1 @param now ms, of a clock that never steps */
  constructor(
    patience: Patience,
    random: () => number = Math.random,
    now: () => number = () => performance.now(),
  ) {
    this.#patience = patience;
    this.#random = random;
    this.#now = now;
    this.#begun = now();
  }

  /** Ms until it must be sent again; undefined: not again. Ask after each attempt. */
  pauseAfter({ status, ok, headers }: AnswerHead): number | undefined {
    this.#attempts += 1;
    if (ok || !PASSING.has(status) || this.#attempts >= ATTEMPTS) return undefined;
    const asked = ASKS_TO_WAIT.has(status) ? retryAfterMs(headers['retry-after']) : undefined;
    if (asked !== undefined && asked > this.#patience.retryAfter) return undefined;
    const bound = Math.min(LAST_BOUND_MS, FIRST_BOUND_MS * 2 ** (this.#attempts - 1));
    const pause = (asked ?? 0) + this.#random() * bound;
    return this.#now() + pause - this.#begun > this.#patience.begunWithin ? undefined : pause;
  }
}

/**
 * What `Retry-After` says, in ms from now: seconds, or an HTTP date (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
 * undefined: neither. A date that has passed is 0.
 */
export function retryAfterMs(header: string | string[] | undefined, now = Date.now()): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = /^[A-Z][a-z]+, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
