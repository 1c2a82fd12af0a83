/** Which failures are the same one: what differs from one occurrence to the next is taken out of their text. */

/** What kind of failure a text tells of. */
export function errorKind(error: string): string {
  const status = /\b(?:answered|status) ([1-5]\d\d)\b/.exec(error)?.[1];
  if (status) return `status ${status}`;
  if (/timeout|timed out/i.test(error)) return 'timeout';
  if (/no answer|ECONN|socket|net::ERR/i.test(error)) return 'no answer';
  if (/has been closed|crashed|Target closed/i.test(error)) return 'page gone';
  return 'other';
}

/** The text without ids, names of test data, times and counts. */
export function stableText(error: string): string {
  return error
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '#')
    .replace(/\bperf-[a-z0-9-]+/g, '#')
    .replace(/\d+/g, '#');
}

/** The group of a step's failure: step, kind and stable text. */
export function errorGroup(step: string, error: string): string {
  return [step, errorKind(error), stableText(error)].join('\n');
}
