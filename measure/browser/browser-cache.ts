import { setTimeout } from 'node:timers/promises';
import type { Request } from '@playwright/test';

/** What a service worker asked for longer ago is no longer looked for, nor is what no page seems to wait for. */
const REMEMBERED = 100;
/** A page and its service worker have connections of their own to the driver, which may be this far apart, ms. */
const EVENTS_APART_MS = 50;

/**
 * Which answers came from the browser's own caches and not from the target. The browser reports a size on the wire of 0
 * for them, which costs a question to ask for: only what may come from a cache is asked about.
 */
export class BrowserCache {
  readonly #asked = new Set<string>();
  /** Requests of service workers that no page's call is known to have led to. */
  readonly #byWorkers: Array<{ path: string; method: string; t: number }> = [];

  /**
   * Notes a request that is being sent, on the driver's clock. Gives whether its answer may come from a cache: a browser
   * context begins with empty ones, so the same address was asked for before.
   */
  mayHold(request: Request, t: number): boolean {
    if (request.serviceWorker()) {
      this.#byWorkers.push({ ...callOf(request), t });
      if (this.#byWorkers.length > REMEMBERED) this.#byWorkers.shift();
    }
    const url = request.url();
    const isKnown = this.#asked.has(url);
    this.#asked.add(url);
    return isKnown && ['GET', 'HEAD'].includes(request.method());
  }

  /** Whether the answer of a finished request came from a cache: the browser's, or a service worker's. */
  async gave(request: Request, mayHold: boolean): Promise<boolean> {
    if (request.existingResponse()?.fromServiceWorker()) return true;
    if (!mayHold) return false;
    if (request.timing().requestStart < 0) return true; // from memory
    // Playwright takes the headers' size from what came over the wire: of nothing that leaves less than nothing.
    const sizes = await request.sizes().catch(() => undefined); // gone with its page
    return sizes !== undefined && sizes.responseBodySize < 0;
  }

  /** How many of these redirects the browser had remembered (301, 308): it knows no header that it would have sent with them. */
  async remembered(redirects: readonly Request[]): Promise<number> {
    const headers = await Promise.all(
      redirects.map((request) => request.allHeaders().catch(() => undefined)),
    );
    return headers.filter((sent) => sent && !('host' in sent || ':authority' in sent)).length;
  }

  /**
   * Whether a call of a page, sent at `begun`, became a request of its service worker: that is a call of its own, with the
   * target's time, whatever the worker gave the page and when. `isFailed`: the browser then does not say who answered.
   */
  async isWorkers(request: Request, begun: number, isFailed = false): Promise<boolean> {
    const isByWorker = request.existingResponse()?.fromServiceWorker() ?? false;
    if (!isFailed && !isByWorker) return false;
    if (this.#takeWorkers(request, begun)) return true;
    if (!isByWorker) return false;
    await setTimeout(EVENTS_APART_MS);
    return this.#takeWorkers(request, begun);
  }

  #takeWorkers(request: Request, begun: number): boolean {
    const { path, method } = callOf(request);
    const at = this.#byWorkers.findIndex(
      (own) => own.t >= begun - EVENTS_APART_MS && own.path === path && own.method === method,
    );
    if (at >= 0) this.#byWorkers.splice(at, 1);
    return at >= 0;
  }
}

function callOf(request: Request): { path: string; method: string } {
  return { path: new URL(request.url()).pathname, method: request.method() };
}
