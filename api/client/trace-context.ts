/**
 * W3C Trace Context, level 1: https://www.w3.org/TR/trace-context-1/#traceparent-header
 *
 * One id finds a request everywhere: the trace id is the request id (a random UUID) without its hyphens. The parent id is
 * its second half, which starts with the UUID's variant and so is never all zeros.
 */
import { randomBytes } from 'node:crypto';

const VERSION = '00';
/** The caller may have recorded it: asks the target to record its part too. */
const SAMPLED = '01';

export const traceIdOf = (requestId: string): string => requestId.replaceAll('-', '');

/** Random numbers for this many ids are drawn at a time: drawing is dearer than an id. */
const IDS_AT_A_TIME = 256;
const DIGITS = 32;
let drawn = '';
let used = 0;

/** A random UUID of version 4 (RFC 9562), in lower case, and the `traceparent` of its request. */
export function newRequestId(): { requestId: string; traceparent: string } {
  if (used === drawn.length) {
    drawn = randomBytes((IDS_AT_A_TIME * DIGITS) / 2).toString('hex');
    used = 0;
  }
  const from = used;
  used += DIGITS;
  const low = drawn.slice(from, from + 8);
  const middle = drawn.slice(from + 8, from + 12);
  const high = `4${drawn.slice(from + 13, from + 16)}`;
  const sequence = VARIANTS[drawn.charCodeAt(from + 16) & 3] + drawn.slice(from + 17, from + 20);
  const node = drawn.slice(from + 20, from + DIGITS);
  return {
    requestId: `${low}-${middle}-${high}-${sequence}-${node}`,
    traceparent: `${VERSION}-${low}${middle}${high}${sequence}${node}-${sequence}${node}-${SAMPLED}`,
  };
}

/** The first digit of the fourth group: the two highest bits are 10. */
const VARIANTS = '89ab';

/** The header's value that a caller set, however it wrote the name. */
export function traceparentIn(headers: Record<string, string> | undefined): string | undefined {
  if (headers === undefined) return undefined;
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'traceparent')?.[1];
}

/** The trace id in a header's value; undefined when it is none. */
export function traceIdIn(header: string): string | undefined {
  return /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header)?.[1];
}
