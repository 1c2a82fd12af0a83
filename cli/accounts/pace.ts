/** Keeps to the target's limit of registrations, and understands how long a refusal asks to wait. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiAnswer } from '../../api/client/api-client.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';

/** What a stock deployment takes from one address (docs/contract/api.md §2.1); refused attempts count too. */
export const REGISTRATIONS = { limit: 3, windowMs: 60_000 } as const;
/** The target's window and ours do not begin at the same moment. */
const MARGIN_MS = 1000;
const LONGEST_MS = 300_000;
/** Refused so often in a row, something else uses the limit up, or it is another one. */
const MOST_REFUSALS = 5;

/** Lets `limit` through in any window. */
export class Pace {
  readonly #times: number[] = [];
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #wait: (ms: number) => Promise<unknown>;
  readonly #now: () => number;

  constructor(
    { limit, windowMs }: { limit: number; windowMs: number } = REGISTRATIONS,
    { wait = delay as (ms: number) => Promise<unknown>, now = Date.now } = {},
  ) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#wait = wait;
    this.#now = now;
  }

  /** Resolves when one more may be sent. */
  async turn(): Promise<void> {
    const before = this.#times.at(-this.#limit);
    const left = before === undefined ? 0 : before + this.#windowMs + MARGIN_MS - this.#now();
    if (left > 0) await this.#wait(left);
  }

  /** One has been answered: the target counted it at the latest now. */
  taken(): void {
    this.#times.push(this.#now());
  }
}

/** How long `count` registrations take at that pace, in words. */
export function durationOf(count: number, isPaced: boolean): string {
  if (!isPaced) return 'a second each at most';
  const minutes = Math.floor((count - 1) / REGISTRATIONS.limit);
  return minutes === 0 ? 'less than a minute' : `about ${minutes} min`;
}

/**
 * How long a 429 asks to wait, ms. Its body says when the window is over, by the target's own clock, which `Date` tells;
 * its `Retry-After` may come from the other limiter, whose minute ends sooner
 * (docs/contract/verified.md §2.9).
 */
export function waitAfter({ data, headers }: Pick<ApiAnswer<unknown>, 'data' | 'headers'>): number {
  const { reset_at: reset } = ((data as { detail?: object })?.detail ?? {}) as { reset_at?: unknown };
  const theirs = Date.parse(String(headers.date ?? ''));
  const byBody = typeof reset === 'number' && !Number.isNaN(theirs) ? reset * 1000 - theirs : undefined;
  const byHeader = Number(headers['retry-after'] ?? Number.NaN) * 1000;
  const ms = byBody ?? (Number.isNaN(byHeader) ? REGISTRATIONS.windowMs : byHeader);
  return Math.min(LONGEST_MS, Math.max(0, ms) + MARGIN_MS);
}

export interface Waiting {
  /** @throws {Interruption} when it is broken off */
  wait(ms: number): Promise<void>;
  tell(line: string): void;
}

/** Sends until the target takes it: a 429 is waited for. Gives the last answer, which is a 429 after many of them. */
export async function untilTaken<A extends Pick<ApiAnswer<unknown>, 'status' | 'data' | 'headers'>>(
  send: () => Promise<A>,
  { wait, tell }: Waiting,
): Promise<A> {
  for (let refusals = 0; ; refusals += 1) {
    const answer = await send();
    if (answer.status !== TOO_MANY_REQUESTS || refusals === MOST_REFUSALS) return answer;
    const ms = waitAfter(answer);
    tell(`the target takes no more for now (answer 429): going on in ${Math.ceil(ms / 1000)} s`);
    await wait(ms);
  }
}
