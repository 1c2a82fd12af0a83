import type { Request, Response } from '@playwright/test';
import { describeAnswer } from '../errors/answer-text.ts';
import { kindOfNoAnswer } from '../errors/foreign-texts.ts';
import type { OperationClass, RequestSample } from '../run/samples.ts';
import { driverNow } from './step-clock.ts';

/** What is known of a failed request: the browser gives no times of it. */
export interface FailedRequest {
  /** When it was begun, on the driver's clock, ms since the epoch. */
  begun: number;
  /** Status of an answer that was hidden from the page; 0: there was none. */
  hiddenStatus: number;
}

/**
 * The sample of one finished or failed request of a browser. Times are the browser's own: `value` from the start
 * of the request to the end of the answer, `ttfb` to its first byte, ms. Those of a failed one are the driver's.
 */
export async function requestSample(
  request: Request,
  operation: { name: string; class: OperationClass },
  failed?: FailedRequest,
): Promise<RequestSample> {
  if (failed) return failedSample(request, operation, failed);
  const timing = request.timing();
  const response = await request.response().catch(() => null); // gone with its page
  const status = response?.status() ?? 0;
  const ok = status >= 200 && status < 400;
  const begun = Math.max(0, timing.requestStart);
  const headers = response?.headers() ?? {};
  const end = timing.responseEnd >= 0 ? timing.responseEnd : timing.responseStart;
  const length = Number(headers['content-length']);
  return {
    t: Math.round(timing.startTime + Math.max(0, end)),
    kind: 'request',
    name: operation.name,
    class: operation.class,
    method: request.method(),
    status,
    value: round(Math.max(0, end - begun)),
    unit: 'ms',
    ok,
    errorKind: ok ? undefined : status > 0 ? 'http-status' : 'no-answer',
    error: ok || !response ? undefined : describeAnswer(status, await jsonOf(response)),
    ttfb: timing.responseStart >= 0 ? round(timing.responseStart - begun) : undefined,
    bytes: Number.isFinite(length) ? length : undefined,
    requestId: headers['x-request-id'],
    serverTiming: headers['server-timing'],
  };
}

/** What the answer says, where it is JSON: asked for of failures alone, to distinguish one from another. */
async function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined); // no JSON, or gone with its page
}

function failedSample(
  request: Request,
  operation: { name: string; class: OperationClass },
  { begun, hiddenStatus }: FailedRequest,
): RequestSample {
  const failure = request.failure()?.errorText ?? 'failed';
  const ended = driverNow();
  return {
    t: Math.round(ended),
    kind: 'request',
    name: operation.name,
    class: operation.class,
    method: request.method(),
    status: hiddenStatus,
    value: round(Math.max(0, ended - begun)),
    unit: 'ms',
    ok: false,
    errorKind: hiddenStatus > 0 ? 'http-status' : kindOfNoAnswer(failure),
    error: hiddenStatus > 0 ? `${hiddenStatus}, without the CORS headers that let the page read it` : failure,
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
