import type { RequestSample } from '../run/samples.ts';

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) of a session's requests, from the suite's own samples:
 * no bodies, no headers but the request's id, no query.
 */
export function harOf(requests: readonly RequestSample[], page: string): object {
  const entries = requests.map((request) => {
    const wait = request.ttfb ?? request.value;
    return {
      startedDateTime: new Date(request.t - request.value).toISOString(),
      time: request.value,
      request: {
        method: request.method,
        url: `http://target/${encodeURIComponent(request.name)}`,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        queryString: [],
        headersSize: -1,
        bodySize: -1,
        comment: request.name,
      },
      response: {
        status: request.status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: request.requestId ? [{ name: 'X-Request-ID', value: request.requestId }] : [],
        content: { size: request.bytes ?? -1, mimeType: 'x-unknown' },
        redirectURL: '',
        headersSize: -1,
        bodySize: request.bytes ?? -1,
        comment: request.error,
      },
      cache: {},
      timings: { send: 0, wait, receive: Math.max(0, request.value - wait) },
      pageref: 'page',
      comment: [request.step, request.page].filter(Boolean).join(' · '),
    };
  });
  const begun = entries[0]?.startedDateTime ?? new Date().toISOString();
  return {
    log: {
      version: '1.2',
      creator: { name: 'residency-load-suite', version: '0.1.0' },
      pages: [{ startedDateTime: begun, id: 'page', title: page, pageTimings: {} }],
      entries,
    },
  };
}
