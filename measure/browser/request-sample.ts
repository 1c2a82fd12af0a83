import type { Request } from '@playwright/test';
import type { OperationClass, RequestSample } from '../run/samples.ts';

/**
 * The sample of one finished or failed request of a browser. Times are the browser's own: `value` from the start
 * of the request to the end of the answer, `ttfb` to its first byte, ms.
 */
export async function requestSample(
  request: Request,
  operation: { name: string; class: OperationClass },
): Promise<RequestSample> {
  const timing = request.timing();
  const response = await request.response().catch(() => null); // gone with its page
  const failure = request.failure()?.errorText;
  const status = failure ? 0 : (response?.status() ?? 0);
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
    ok: status >= 200 && status < 400,
    ttfb: timing.responseStart >= 0 ? round(timing.responseStart - begun) : undefined,
    bytes: Number.isFinite(length) ? length : undefined,
    requestId: headers['x-request-id'],
    serverTiming: headers['server-timing'],
    error: failure,
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
