import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** One request and its answer as the network saw it; times by `performance.now()`, ms. */
export interface Exchange {
  /** 0: no whole answer came, see `failure`. */
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  sent: number;
  /** Time to first byte: from sending to the head of the answer. */
  ttfb?: number;
  /** The last byte of the answer, or the moment that the client gave up. */
  ended: number;
  failure?: unknown;
  timedOut: boolean;
}

export interface Outgoing {
  method: Dispatcher.HttpMethod;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Ends the exchange at once, e.g. when the run is stopped. */
  signal?: AbortSignal;
}

/**
 * Sends one request and reads its answer to the last byte. Never throws: what went wrong is told in the result.
 * One clock for the whole exchange, because undici's own time limits are per part and only as fine as a second.
 */
export async function exchange(
  dispatcher: Dispatcher,
  origin: string,
  outgoing: Outgoing,
): Promise<Exchange> {
  const { signal, timeoutMs } = outgoing;
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, timeoutMs);
  const onStop = () => abort.abort();
  if (signal?.aborted) onStop();
  else signal?.addEventListener('abort', onStop, { once: true });

  const sent = performance.now();
  let ttfb: number | undefined;
  try {
    const answer = await dispatcher.request({
      origin,
      method: outgoing.method,
      path: outgoing.path,
      headers: outgoing.headers,
      body: outgoing.body,
      signal: abort.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    ttfb = performance.now() - sent;
    const body = Buffer.from(await answer.body.arrayBuffer());
    const ended = performance.now();
    return { status: answer.statusCode, headers: answer.headers, body, sent, ttfb, ended, timedOut: false };
  } catch (failure) {
    const ended = performance.now();
    return { status: 0, headers: {}, body: Buffer.alloc(0), sent, ttfb, ended, failure, timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onStop);
  }
}
