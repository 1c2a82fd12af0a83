/** From an exchange to what is written down of it. */
import type { RequestSample } from '../../measure/run/samples.ts';
import type { Operation } from '../operation.ts';
import type { Exchange } from './exchange.ts';

/** What the client knows of a request beside the exchange itself. */
type Told = Pick<RequestSample, 't' | 'session' | 'role' | 'journey' | 'phase' | 'warmup' | 'via'> & {
  /** By `performance.now()`. */
  due: number;
  attempt: number;
  /** As sent; the sample holds the answer's where there is one. */
  requestId: string;
  ok: boolean;
  what: string;
};

export function requestSample(
  operation: Pick<Operation, 'name' | 'class' | 'method'>,
  result: Exchange,
  { due, attempt, requestId, ok, what, ...about }: Told,
): RequestSample {
  return {
    ...about,
    kind: 'request',
    name: operation.name,
    class: operation.class,
    method: operation.method,
    status: result.status,
    value: round(result.ended - result.sent),
    unit: 'ms',
    ok,
    ttfb: result.ttfb === undefined ? undefined : round(result.ttfb),
    // A timer may fire a fraction of a millisecond early; nothing is answered before it was due.
    fromDue: round(result.ended - Math.min(due, result.sent)),
    bytes: result.body.length,
    attempt,
    requestId: textOf(result.headers['x-request-id']) ?? requestId,
    serverTiming: textOf(result.headers['server-timing']),
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

/** To a microsecond: what follows is noise and makes the file longer. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
