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
  /** Restores the target: is sent also when the run is being stopped, and gives up sooner. */
  cleanup?: boolean;
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

/** Path of the request below the API base, parameters filled in. Throws for a parameter that is missing. */
export function urlPath(base: URL, template: string, params: Record<string, string> | undefined): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (!value) throw new TypeError(`${template} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
  return base.pathname.replace(/\/$/, '') + path;
}

export function queryOf(query: Record<string, QueryValue> | undefined): string {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return '';
  return `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
}
