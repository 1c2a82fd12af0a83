import type { RequestSample } from '../run/samples.ts';

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) of a session's requests, from the suite's own samples:
 * no bodies, no headers but the request's id, no query. The first begun comes first; pages are those that sent
 * something, and an HTTP client has none.
 */
export function harOf(requests: readonly RequestSample[]): object {
  const entries = requests.map((request) => {
    const timings = timingsOf(request);
    return {
      pageref: request.page,
      startedDateTime: new Date(request.t - request.value).toISOString(),
      time: Object.values(timings).reduce((sum, part) => sum + part, 0),
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
        redirectURL: request.redirectTo ?? '',
        headersSize: -1,
        bodySize: request.bytes ?? -1,
        comment: request.error,
      },
      cache: {},
      timings,
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

/** Parts of the time, ms. Those that are not known, or were none, are left out; a browser's run from its sending. */
function timingsOf({ value, blocked = 0, connect = 0, ttfb }: RequestSample) {
  const sent = Math.max(0, value - blocked - connect);
  const wait = Math.min(ttfb ?? sent, sent);
  return {
    ...(blocked > 0 && { blocked }),
    ...(connect > 0 && { connect }),
    send: 0,
    wait,
    receive: sent - wait,
  };
}
