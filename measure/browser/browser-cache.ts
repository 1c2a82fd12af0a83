import type { BrowserContext, Request } from '@playwright/test';

/**
 * Which answers came from the browser's own caches and not from the target. The browser reports a size on the wire of 0
 * for them, which costs a question to ask for: only what may come from a cache is asked about.
 */
export class BrowserCache {
  readonly #context: BrowserContext;
  readonly #asked = new Set<string>();
  /** By address: requests that the pages' service workers sent, and whose answers no page has got yet. */
  readonly #byWorkers = new Map<string, number>();

  constructor(context: BrowserContext) {
    this.#context = context;
    context.on('serviceworker', this.#watchWorkers);
  }

  /**
   * Notes a request that is being sent. Gives whether its answer may come from a cache: a browser context begins with
   * empty ones, so the same address was asked for before.
   */
  mayHold(request: Request): boolean {
    const url = request.url();
    const isKnown = this.#asked.has(url);
    this.#asked.add(url);
    return isKnown && ['GET', 'HEAD'].includes(request.method());
  }

  /** Whether the answer of a finished request came from a cache: the browser's, or a service worker's. */
  async gave(request: Request, mayHold: boolean): Promise<boolean> {
    const isWorkers = request.existingResponse()?.fromServiceWorker() === true;
    if (!isWorkers && !mayHold) return false;
    if (isWorkers) {
      const sent = this.#byWorkers.get(request.url()) ?? 0;
      if (sent > 0) this.#byWorkers.set(request.url(), sent - 1);
      return sent === 0;
    }
    if (request.timing().requestStart < 0) return true; // from memory
    // Playwright takes the headers' size from what came over the wire: of nothing that leaves less than nothing.
    const sizes = await request.sizes().catch(() => undefined); // gone with its page
    return sizes !== undefined && sizes.responseBodySize < 0;
  }

  close(): void {
    this.#context.off('serviceworker', this.#watchWorkers);
    this.#context.off('request', this.#noteWorkers);
  }

  readonly #watchWorkers = (): void => {
    this.#context.off('request', this.#noteWorkers);
    this.#context.on('request', this.#noteWorkers);
  };

  readonly #noteWorkers = (request: Request): void => {
    if (!request.serviceWorker()) return;
    const url = request.url();
    this.#byWorkers.set(url, (this.#byWorkers.get(url) ?? 0) + 1);
  };
}
