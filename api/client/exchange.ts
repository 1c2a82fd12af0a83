import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { endingOpening, newestOpening } from './connections.ts';
import { cancelDeadline, type Deadline, deadlineAfter, type Limited } from './deadlines.ts';
import type { Moments } from './request-timings.ts';
import { type Stoppable, stoppedBy } from './stops.ts';

/** One request and its answer as the network saw it. */
export interface Exchange {
  /** 0: no whole answer came, see `failure`. */
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  moments: Moments;
  failure?: unknown;
  timedOut: boolean;
  /** An interim answer (1xx) came, so that the target had read the request. */
  interim: boolean;
}

export interface Outgoing {
  method: Dispatcher.HttpMethod;
  /** With the query. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
  body?: string;
  /** From the call to the last byte, ms. */
  timeoutMs: number;
  /** Ends the exchange at once, e.g. when the run is stopped. */
  signal?: AbortSignal;
}

/**
 * Sends one request and reads its answer to the last byte. Never throws: what went wrong is reported in the result.
 * Moments are taken where undici meets them, in its own callbacks: nothing of ours is between. A time for the opening of
 * a connection is known of a pool with a `timedConnector`; of another it counts as waiting for a free one.
 */
export function exchange(dispatcher: Dispatcher, origin: string, outgoing: Outgoing): Promise<Exchange> {
  return new Promise((resolve) => new Listener(outgoing, resolve).send(dispatcher, origin));
}

const NOTHING = Buffer.alloc(0);

/** By name: a header that came on several lines is a list of them. */
type Lines = Record<string, string | string[] | undefined>;

/** Several lines of one header are one, with commas between: https://www.rfc-editor.org/rfc/rfc9110#section-5.3 */
function joined(headers: Lines): IncomingHttpHeaders {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value) && name !== 'set-cookie') headers[name] = value.join(', ');
  }
  return headers as IncomingHttpHeaders;
}

class Listener implements Dispatcher.DispatchHandler, Stoppable, Limited {
  readonly #outgoing: Outgoing;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #called = performance.now();
  readonly #deadline: Deadline;
  #stops: Set<Stoppable> | undefined;
  #opening: number | undefined;
  #sent: number | undefined;
  #firstByte: number | undefined;
  #interim = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #body: Buffer | undefined;
  #more: Buffer[] | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #timedOut = false;
  #ended = false;

  constructor(outgoing: Outgoing, resolve: (exchange: Exchange) => void) {
    this.#outgoing = outgoing;
    this.#resolve = resolve;
    // One clock for the whole exchange: undici's own limits are per part and only as fine as a second.
    this.#deadline = deadlineAfter(outgoing.timeoutMs, this, this.#called);
  }

  passed(): void {
    this.#timedOut = true;
    this.#giveUp('timed out');
  }

  stop(): void {
    this.#giveUp('stopped');
  }

  send(dispatcher: Dispatcher, origin: string): void {
    const { signal, method, path, headers, body } = this.#outgoing;
    if (signal?.aborted) {
      this.stop();
      return;
    }
    if (signal) {
      this.#stops = stoppedBy(signal);
      this.#stops.add(this);
    }
    const before = newestOpening();
    dispatcher.dispatch({ origin, method, path, headers, body, headersTimeout: 0, bodyTimeout: 0 }, this);
    // Known this early for those that are given up while the connection is being opened.
    if (this.#sent === undefined && newestOpening() !== before) this.#opening = newestOpening()?.begun;
  }

  /** A connection is free, and the request is written to it next. Comes again if undici has to send it once more. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#ended) {
      controller.abort(new Error('given up before it was sent'));
      return;
    }
    this.#sent = performance.now();
    this.#opening = endingOpening()?.begun;
    this.#controller = controller;
  }

  /** Of an interim answer (1xx) too, which is no part of what was asked for; then once more for the answer itself. */
  onResponseStarted(): void {
    this.#firstByte ??= performance.now();
  }

  onResponseStart(_: unknown, status: number, headers: Lines): void {
    if (status < 200) {
      this.#interim = true;
      this.#firstByte = undefined;
      return;
    }
    this.#status = status;
    this.#headers = joined(headers);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#body === undefined) this.#body = chunk;
    else {
      this.#more ??= [this.#body];
      this.#more.push(chunk);
    }
  }

  onResponseEnd(): void {
    const body = this.#more ? Buffer.concat(this.#more) : (this.#body ?? NOTHING);
    this.#end({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_: unknown, failure: unknown): void {
    if (this.#sent === undefined) this.#opening = endingOpening()?.begun ?? this.#opening;
    this.#fail(failure);
  }

  #giveUp(why: string): void {
    const failure = new Error(why);
    this.#fail(failure);
    this.#controller?.abort(failure);
  }

  #fail(failure: unknown): void {
    this.#end({ status: 0, headers: {}, body: NOTHING, failure });
  }

  #end(outcome: Omit<Exchange, 'moments' | 'timedOut' | 'interim'>): void {
    if (this.#ended) return;
    const ended = performance.now();
    this.#ended = true;
    cancelDeadline(this.#outgoing.timeoutMs, this.#deadline);
    this.#stops?.delete(this);
    const { status, headers, body, failure } = outcome;
    this.#resolve({
      status,
      headers,
      body,
      failure,
      timedOut: this.#timedOut,
      interim: this.#interim,
      moments: {
        called: this.#called,
        opening: this.#opening,
        sent: this.#sent,
        firstByte: this.#firstByte,
        ended,
      },
    });
  }
}
