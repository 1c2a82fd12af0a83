import type { Request, Response } from '@playwright/test';
import { describeAnswer } from '../errors/answer-text.ts';
import { kindOfNoAnswer } from '../errors/foreign-texts.ts';
import type { OperationClass, RequestSample } from '../run/samples.ts';
import { isUncompressed } from '../run/uncompressed.ts';

/** One call of a page: the request that it sent, or the last of those that redirects led it through. */
export interface Call {
  request: Request;
  /** The one that the page sent. */
  first: Request;
  operation: { name: string; class: OperationClass };
  /** Redirects that the browser followed. */
  redirects: number;
}

/** What is known of a failed request: the browser gives no times of it. */
export interface FailedRequest {
  /** On the driver's clock, ms since the epoch. */
  begun: number;
  ended: number;
  /** Status of an answer that was hidden from the page; 0: there was none. */
  hiddenStatus: number;
  /** Its page waited no longer, while its user did. */
  isGivenUp: boolean;
}

/**
 * The sample of one finished or failed call of a browser. Times are the browser's own: `value` from the sending of the
 * first request to the end of the last answer, `ttfb` to that answer's first byte, ms. Those of a failed one are the
 * driver's.
 */
export async function requestSample(call: Call, failed?: FailedRequest): Promise<RequestSample> {
  if (failed) return failedSample(call, failed);
  const { request } = call;
  const response = request.existingResponse();
  const status = response?.status() ?? 0;
  const ok = status >= 200 && status < 400;
  const headers = response?.headers() ?? {};
  const { startTime, responseStart, responseEnd } = request.timing();
  const begun = sentAt(call.first);
  // Where there is nothing to read, the browser says only when it put the request away.
  const isEnded = responseEnd >= 0 && !(request.failure() && hasNoBody(request));
  const end = startTime + Math.max(0, isEnded ? responseEnd : responseStart);
  const length = Number(headers['content-length']);
  return {
    t: Math.round(end),
    ...aboutCall(call),
    status,
    value: round(Math.max(0, end - begun)),
    ok,
    errorKind: ok ? undefined : status > 0 ? 'http-status' : 'no-answer',
    error: ok || !response ? undefined : describeAnswer(status, await jsonOf(response)),
    ttfb: responseStart >= 0 ? round(Math.max(0, startTime + responseStart - begun)) : undefined,
    bytes: hasNoBody(request) ? 0 : Number.isFinite(length) ? length : undefined,
    uncompressed: hasNoBody(request) ? undefined : isUncompressed(headers, length),
    requestId: headers['x-request-id'],
    serverTiming: headers['server-timing'],
  };
}

/** What the answer says, where it is JSON: asked for of failures alone, to distinguish one from another. */
export async function jsonOf(response: Response | undefined): Promise<unknown> {
  return response?.json().catch(() => undefined); // no JSON, or gone with its page
}

/** What the browser would say of a request whose document is gone: of those it says nothing. */
const CUT = 'net::ERR_ABORTED';

function failedSample(call: Call, { begun, ended, hiddenStatus, isGivenUp }: FailedRequest): RequestSample {
  const failure = call.request.failure()?.errorText ?? CUT;
  if (isGivenUp)
    return {
      t: Math.round(ended),
      ...aboutCall(call),
      status: 0,
      value: round(Math.max(0, ended - begun)),
      ok: false,
      errorKind: 'given-up',
      error: `given up by the page after ${Math.round(ended - begun)} ms`,
    };
  return {
    t: Math.round(ended),
    ...aboutCall(call),
    status: hiddenStatus,
    value: round(Math.max(0, ended - begun)),
    ok: false,
    errorKind: hiddenStatus > 0 ? 'http-status' : kindOfNoAnswer(failure),
    error: hiddenStatus > 0 ? `${hiddenStatus}, without the CORS headers that let the page read it` : failure,
  };
}

function aboutCall({ first, operation, redirects }: Call) {
  return {
    kind: 'request' as const,
    name: operation.name,
    class: operation.class,
    method: first.method(),
    unit: 'ms' as const,
    redirects: redirects || undefined,
  };
}

/** The first of its redirects. */
export function firstOf(request: Request): Request {
  const before = request.redirectedFrom();
  return before ? firstOf(before) : request;
}

/** Its answer is whole with its head. https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
export function hasNoBody(request: Request): boolean {
  const response = request.existingResponse();
  if (!response) return false;
  return (
    request.method() === 'HEAD' ||
    [204, 205, 304].includes(response.status()) ||
    response.headers()['content-length'] === '0'
  );
}

/** When it was sent on an open connection, ms since the epoch. */
function sentAt(request: Request): number {
  const { startTime, requestStart } = request.timing();
  return startTime + Math.max(0, requestStart);
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
