/** From an exchange to what is written down of it. */
import { redirectTarget } from '../../measure/errors/answer-text.ts';
import type { ErrorKind } from '../../measure/run/error-kind.ts';
import type { RequestSample } from '../../measure/run/samples.ts';
import { isUncompressed } from '../../measure/run/uncompressed.ts';
import type { Operation } from '../operation.ts';
import { NO_JSON } from './answer.ts';
import type { ClientContext } from './context.ts';
import type { Exchange } from './exchange.ts';

import { requestTimings } from './request-timings.ts';
import { traceIdIn, traceIdOf } from './trace-context.ts';

/** What the client knows of a request before it is sent. */
export interface Sending {
  /** By `performance.now()`. */
  due: number;
  attempt: number;
  timeoutMs: number;
  /** As sent; the sample holds the answer's where there is one. */
  requestId: string;
  /** Sent once more, because its reused connection was closed before an answer began. */
  resent?: boolean;
  /** The `traceparent` that the caller set instead of the client's own. */
  trace?: string;
}

/** Who asked, and what came of it. */
export interface RequestOutcome {
  context: ClientContext;
  ok: boolean;
  /** Why not. */
  error: string | undefined;
  errorKind: ErrorKind | undefined;
  checked: boolean | undefined;
}

/** Written out field by field: there is one for each request, and to put objects together costs ten times as much. */
export function requestSample(
  operation: Pick<Operation, 'name' | 'class' | 'method'>,
  result: Exchange,
  { due, attempt, requestId: sentId, trace, resent }: Omit<Sending, 'timeoutMs'>,
  { context, ok, error, errorKind, checked }: RequestOutcome,
): RequestSample {
  const { status, headers, moments } = result;
  const { value, blocked, connect, ttfb, download } = requestTimings(moments);
  const { quota, quotaLeft } = quotaOf(headers);
  const requestId = firstOf(headers['x-request-id']) ?? sentId;
  return {
    t: Date.now(),
    kind: 'request',
    name: operation.name,
    class: operation.class,
    method: operation.method,
    status,
    value,
    unit: 'ms',
    ok,
    expected: (ok && status >= 400) || undefined,
    session: context.session,
    role: context.role,
    journey: context.journey,
    phase: context.phase,
    warmup: context.warmup,
    via: 'http',
    blocked,
    connect,
    ttfb,
    download,
    // A timer may fire a fraction of a millisecond early; nothing is answered before it was due.
    fromDue: round(moments.ended - Math.min(due, moments.called)),
    bytes: result.body.length,
    uncompressed: isUncompressed(headers, result.body.length),
    redirectTo: status >= 300 && status < 400 && !ok ? placeOf(headers.location) : undefined,
    attempt,
    resent: resent || undefined,
    requestId,
    traceId: otherTraceId(requestId, sentId, trace),
    serverTiming: headers['server-timing'] as string | undefined,
    quota,
    quotaLeft,
    checked,
    error,
    errorKind,
  };
}

/** Nearly always the trace id is the request id: it is not said twice. */
function otherTraceId(requestId: string, sentId: string, trace: string | undefined): string | undefined {
  if (trace === undefined && requestId === sentId) return undefined;
  const traceId = trace === undefined ? traceIdOf(sentId) : traceIdIn(trace);
  return traceId === traceIdOf(requestId) ? undefined : traceId;
}

/** Where and how the JSON of a successful answer departs from the operation's schema; undefined when it fits. */
export function shapeProblem(
  operation: Pick<Operation, 'response'>,
  status: number,
  data: unknown,
): string | undefined {
  if (!operation.response || status >= 300) return undefined;
  if (data === undefined) return NO_JSON;
  const issue = operation.response.safeParse(data).error?.issues[0];
  return issue && `${issue.path.join('.') || 'the answer'}: ${issue.message}`;
}

export function isExpected(status: number, expected: readonly number[] | undefined): boolean {
  return expected ? expected.includes(status) : status >= 200 && status < 300;
}

function placeOf(location: string | undefined): string | undefined {
  return location === undefined ? undefined : redirectTarget(location);
}

/** Each that an answer passed through on its way may have added one. */
function firstOf(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(',', 1)[0];
}

/**
 * Of several limiters, each with its own number, the one that has the fewest left. One of the application's sends the name of
 * an object instead of a number (docs/contract/api.md §2.3).
 */
function quotaOf(headers: Exchange['headers']): Pick<RequestSample, 'quota' | 'quotaLeft'> {
  const limits = numbersIn(headers['x-ratelimit-limit']);
  const left = numbersIn(headers['x-ratelimit-remaining']);
  const known = left.filter((one) => one !== undefined);
  if (known.length === 0) return { quota: limits.find((one) => one !== undefined) };
  const quotaLeft = Math.min(...known);
  return { quota: limits.length === left.length ? limits[left.indexOf(quotaLeft)] : limits[0], quotaLeft };
}

function numbersIn(header: string | string[] | undefined): Array<number | undefined> {
  if (header === undefined) return [];
  return header
    .toString()
    .split(',')
    .map((one) => (/^\s*\d+\s*$/.test(one) ? Number(one) : undefined));
}

/** To a microsecond: what follows is noise and makes the file longer. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
