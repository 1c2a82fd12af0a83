/**
 * W3C Trace Context, level 1: https://www.w3.org/TR/trace-context-1/#traceparent-header
 *
 * One id finds a request everywhere: the trace id is the request id (a random UUID) without its hyphens. The parent id is
 * its second half, which starts with the UUID's variant and so is never all zeros.
 */

const VERSION = '00';
/** The caller may have recorded it: asks the target to record its part too. */
const SAMPLED = '01';

export const traceIdOf = (requestId: string): string => requestId.replaceAll('-', '');

/** The header's value for a request. `requestId`: a UUID of version 4, in lower case. */
export function traceparent(requestId: string): string {
  const traceId = traceIdOf(requestId);
  return `${VERSION}-${traceId}-${traceId.slice(16)}-${SAMPLED}`;
}

/** The header's value that a caller set, however it wrote the name. */
export function traceparentIn(headers: Record<string, string> = {}): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'traceparent')?.[1];
}

/** The trace id in a header's value; undefined when it is none. */
export function traceIdIn(header: string): string | undefined {
  return /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header)?.[1];
}
