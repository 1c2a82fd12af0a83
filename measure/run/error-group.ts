/** Which failures are the same one: what differs from one occurrence to the next is taken out of their text. */
import type { ErrorFacts } from './error-kind.ts';

/** The text without ids, names of test data, times and counts. */
export function stableText(error: string): string {
  return error
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '#')
    .replace(/\bperf-[a-z0-9-]+/g, '#')
    .replace(/\d+/g, '#');
}

/** The group of a failure: where it happened, kind and stable text. */
export function errorGroup(where: string, { errorKind, status }: ErrorFacts, error: string): string {
  return [where, errorKind, status ?? '', stableText(error)].join('\n');
}
