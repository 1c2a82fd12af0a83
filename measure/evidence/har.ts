import type { RequestSample } from '../run/samples.ts';

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) of a session's requests, from the suite's own samples:
 * no bodies, no headers but the request's id, no query. The first begun comes first; pages are those that sent
 * something, and an HTTP client has none.
 */
export function harOf(requests: readonly RequestSample[]): object {
  const entries = requests.map((request) => {
    const wait = Math.min(request.ttfb ?? request.value, request.value);
    const receive = request.value - wait;
    return {
      pageref: request.page,
      startedDateTime: new Date(request.t - request.value).toISOString(),
      time: wait + receive,
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
      timings: { send: 0, wait, receive },
      comment: request.step ?? request.journey,
    };
  });
  entries.sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime));
  const pages = new Map<string, string>();
  for (const { pageref, startedDateTime } of entries) {
    if (pageref && !pages.has(pageref)) pages.set(pageref, startedDateTime);
  }
  return {
    log: {
      version: '1.2',
      creator: { name: 'residency-load-suite', version: '0.1.0' },
      pages: [...pages].map(([id, startedDateTime]) => ({ startedDateTime, id, title: id, pageTimings: {} })),
      entries,
    },
  };
}
