/** From an exchange to what is written down of it. */
import type { RequestSample } from '../../measure/run/samples.ts';
import type { Operation } from '../operation.ts';
import type { Exchange } from './exchange.ts';
import { partsOf } from './parts.ts';
import { traceIdIn, traceIdOf } from './trace-context.ts';

/** What the client knows of a request before it is sent. */
export interface Sending {
  /** By `performance.now()`. */
  due: number;
  attempt: number;
  timeoutMs: number;
  /** As sent; the sample holds the answer's where there is one. */
  requestId: string;
  /** The `traceparent` that the caller set in place of the client's own. */
  trace?: string;
}

type Told = Pick<RequestSample, 't' | 'session' | 'role' | 'journey' | 'phase' | 'warmup' | 'via'> &
  Omit<Sending, 'timeoutMs'> & { ok: boolean; what: string; checked?: boolean };

export function requestSample(
  operation: Pick<Operation, 'name' | 'class' | 'method'>,
  result: Exchange,
  { due, attempt, requestId: sentId, trace, ok, what, ...about }: Told,
): RequestSample {
  const { called, ended } = result.moments;
  const { value, ...parts } = partsOf(result.moments);
  const requestId = textOf(result.headers['x-request-id']) ?? sentId;
  const traceId = trace === undefined ? traceIdOf(sentId) : traceIdIn(trace);
  return {
    ...about,
    kind: 'request',
    name: operation.name,
    class: operation.class,
    method: operation.method,
    status: result.status,
    value,
    unit: 'ms',
    ok,
    expected: (ok && result.status >= 400) || undefined,
    ...parts,
    // A timer may fire a fraction of a millisecond early; nothing is answered before it was due.
    fromDue: round(ended - Math.min(due, called)),
    bytes: result.body.length,
    attempt,
    requestId,
    // Nearly always the same as the request id: not said twice.
    traceId: traceId === traceIdOf(requestId) ? undefined : traceId,
    serverTiming: textOf(result.headers['server-timing']),
    quota: numberOf(result.headers['x-ratelimit-limit']),
    quotaLeft: numberOf(result.headers['x-ratelimit-remaining']),
    error: ok ? undefined : what,
  };
}

/** Where and how the JSON of a successful answer departs from the operation's schema; undefined when it fits. */
export function shapeProblem(
  operation: Pick<Operation, 'response'>,
  status: number,
  data: unknown,
): string | undefined {
  if (!operation.response || status >= 300) return undefined;
  if (data === undefined) return 'the answer is not JSON';
  const issue = operation.response.safeParse(data).error?.issues[0];
  return issue && `${issue.path.join('.') || 'the answer'}: ${issue.message}`;
}

export function isExpected(status: number, expected: readonly number[] | undefined): boolean {
  return expected ? expected.includes(status) : status >= 200 && status < 300;
}

/** undefined when the answer is empty or no JSON. */
export function jsonOf({ body, headers }: Exchange): unknown {
  if (body.length === 0 || !String(headers['content-type'] ?? '').includes('json')) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** One of the application's limiters sends the name of an object in place of a number (contract: api.md §2.3). */
function numberOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}

/** To a microsecond: what follows is noise and makes the file longer. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
