import type { CDPSession, Request } from '@playwright/test';

/** What DevTools tells of an answer comes a moment before or after Playwright's own word of it. */
const WAIT_MS = 1000;

/** They come from two processes of the browser, in any order. */
interface Seen {
  method?: string;
  url?: string;
  status?: number;
  isHidden?: boolean;
}

/**
 * Statuses of answers that a page may not read. An API on another origin sends no CORS headers with an answer that its
 * framework never saw, such as a 500; the page, and Playwright, then know of a network error only. DevTools gets
 * the status all the same (`Network.responseReceivedExtraInfo`).
 */
export class HiddenAnswers {
  readonly #devtools: CDPSession;
  readonly #seen = new Map<string, Seen>();
  /** By method and URL, in the order in which they came. */
  readonly #found = new Map<string, number[]>();
  #changed: Array<() => void> = [];
  #watching = false;

  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  /**
   * Begins to look, for requests from now on: costs events for each, so it is done only where the API is known or seen to be
   * on another origin than the pages.
   */
  watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    const devtools = this.#devtools;
    devtools.on('Network.requestWillBeSent', ({ requestId, request: { method, url } }) => {
      this.#note(requestId, { method, url });
    });
    devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
      this.#note(requestId, { status: statusCode });
    });
    devtools.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
      if (corsErrorStatus) this.#note(requestId, { isHidden: true });
      else this.#seen.delete(requestId);
    });
    devtools.on('Network.loadingFinished', ({ requestId }) => void this.#seen.delete(requestId));
    // The page may close before it is on.
    devtools
      .send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 })
      .catch(() => undefined);
  }

  /** The status of the answer that was hidden from the page; 0: none came. */
  async statusOf(request: Request): Promise<number> {
    if (!this.#watching) return 0;
    const key = keyOf({ method: request.method(), url: request.url() });
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const status = this.#found.get(key)?.shift();
      if (status !== undefined) return status;
      const left = until - Date.now();
      if (left <= 0) return 0;
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left);
        this.#changed.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  #note(requestId: string, what: Partial<Seen>): void {
    const seen = { ...this.#seen.get(requestId), ...what };
    this.#seen.set(requestId, seen);
    const { method, url, status, isHidden } = seen;
    if (method === undefined || url === undefined || status === undefined || !isHidden) return;
    this.#seen.delete(requestId);
    const key = keyOf({ method, url });
    this.#found.set(key, [...(this.#found.get(key) ?? []), status]);
    for (const wake of this.#changed) wake();
    this.#changed = [];
  }
}

/** Whether the API is on another origin than the pages. */
export function isElsewhere({ url, apiUrl }: { url: string; apiUrl: string }): boolean {
  return new URL(url).origin !== new URL(apiUrl).origin;
}

function keyOf({ method, url }: { method: string; url: string }): string {
  return `${method} ${url}`;
}
