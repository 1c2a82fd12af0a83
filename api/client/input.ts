import type { ParamNames } from '../operation.ts';

export type QueryValue = string | number | boolean | undefined;

interface AnyInput {
  query?: Record<string, QueryValue>;
  headers?: Record<string, string>;
  /** Statuses that count as success in this call, instead of the operation's own. */
  expect?: readonly number[];
  /** An unexpected status is recorded as it is and returned, not thrown: the caller goes on with it. */
  mayFail?: boolean;
  /** When it is due, by `performance.now()`; default: after the last answer and the pauses since. For a timetable. */
  due?: number;
  /** Restores the target: is sent also when the run is being stopped, gives up sooner, and is repeated where that is safe. */
  cleanup?: boolean;
  /** Prepares what the journey works with, and is not what is measured: is repeated where that is safe. */
  setup?: boolean;
}

/** What a call of an operation takes: its path's parameters and its body are required where it has them. */
export type RequestInput<P extends string, B> = AnyInput &
  ([ParamNames<P>] extends [never] ? { params?: undefined } : { params: Record<ParamNames<P>, string> }) &
  ([B] extends [never] ? { body?: undefined } : { body: B });

/** The argument may be left out where nothing in it is required. */
export type Call<P extends string, B> =
  Record<never, never> extends RequestInput<P, B>
    ? [input?: RequestInput<P, B>]
    : [input: RequestInput<P, B>];

/**
 * The path of the request, parameters filled in. Throws for a parameter that is missing.
 * @param base path of the API base, without a slash at the end
 */
export function urlPath(base: string, template: string, params: Record<string, string> | undefined): string {
  if (!template.includes('{')) return base + template;
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (!value) throw new TypeError(`${template} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
  return base + path;
}

/** What `URLSearchParams` leaves as it is (https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set). */
const AS_IT_IS = /^[\w*.-]*$/;

export function queryOf(query: Record<string, QueryValue> | undefined): string {
  if (query === undefined) return '';
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) text += `${text ? '&' : '?'}${encoded(name)}=${encoded(String(value))}`;
  }
  return text;
}

function encoded(text: string): string {
  return AS_IT_IS.test(text) ? text : new URLSearchParams([[text, '']]).toString().slice(0, -1);
}

/** Names and values in turn, as undici takes them with the least work. A header of the caller's replaces one of ours. */
export function headerList(
  { json, form, bearer }: { json: boolean; form: boolean; bearer: string | undefined },
  { requestId, traceparent }: { requestId: string; traceparent: string | undefined },
  given: Record<string, string> | undefined,
): string[] {
  const list = ['accept', 'application/json', 'accept-encoding', 'gzip', 'x-request-id', requestId];
  if (traceparent !== undefined) list.push('traceparent', traceparent);
  if (json) list.push('content-type', 'application/json');
  if (form) list.push('content-type', 'application/x-www-form-urlencoded');
  if (bearer !== undefined) list.push('authorization', `Bearer ${bearer}`);
  for (const [name, value] of Object.entries(given ?? {})) {
    const at = list.findIndex((word, index) => index % 2 === 0 && word === name.toLowerCase());
    if (at < 0) list.push(name, value);
    else list[at + 1] = value;
  }
  return list;
}
