/**
 * An operation that a browser reads again in a later step, with an answer of the same size, though its user changed nothing.
 *
 * Reason: `Cache-Control: max-age`, or a store in the page, answers without the way to the server; a 304 or an answer from the
 * browser's cache is not counted. Source: RFC 9111 §4.2 (freshness), web.dev/articles/http-cache. Other users may have changed it
 * meanwhile: how old an answer may be is for the product to say.
 */
import { duration } from '../format.ts';
import type { LoggedCall } from '../summary/advice-evidence.ts';
import { FEWEST, idsOf, pageOf, quantile, type Rule, sum, took, wasRead } from './rule.ts';

/** Longer ago it would not be fresh in most caches of an application, ms. */
const FRESH = 5 * 60_000;
/** A first and a second read within it are one step's, which has a rule of its own, ms. */
const SAME_STEP = 1000;
/** Sessions that show it: one user's way through the pages may be odd. */
const FEWEST_SESSIONS = 3;

interface Again {
  call: LoggedCall;
  after: number;
}

export const uncachedAnswers: Rule = ({ log: { calls } }) => {
  const browsers = calls.filter(({ via, session }) => via === 'browser' && session !== '');
  const again = [...Map.groupBy(browsers, ({ session }) => session).values()].flatMap(readAgain);
  return [...Map.groupBy(again, ({ call }) => call.operation)].flatMap(([operation, reads]) => {
    const sessions = new Set(reads.map(({ call }) => call.session)).size;
    if (reads.length < FEWEST || sessions < FEWEST_SESSIONS) return [];
    const all = browsers.filter((call) => call.operation === operation && wasRead(call)).length;
    const [ages, times] = [reads.map(({ after }) => after), reads.map(({ call }) => took(call))];
    return [
      {
        about: operation,
        finding: `${reads.length} of ${all} reads of ${operation} in browsers gave an answer of the same size again, half of them within ${duration(quantile(ages, 0.5) / 1000)}, with nothing changed by that user.`,
        action: `Let browsers keep ${operation} for a while (Cache-Control, or a store in the page), as long as its users may see it that old.`,
        gain: sum(times),
        n: reads.length,
        of: 'reads',
        figures: [
          { name: 'share of reads', value: reads.length / all, unit: '%' as const },
          { name: 'p50', value: quantile(times, 0.5), unit: 'ms' as const },
          { name: 'sessions', value: sessions, unit: '1' as const },
        ],
        ...idsOf(reads.map(({ call }) => call)),
        ...pageOf(reads.map(({ call }) => call)),
      },
    ];
  });
};

/** @param calls of one session, in order of sending */
function readAgain(calls: readonly LoggedCall[]): Again[] {
  const before = new Map<string, LoggedCall>();
  const found: Again[] = [];
  for (const call of calls) {
    // Signing in changes who asks; any other write may change what is read.
    if (call.method !== 'GET') before.clear();
    if (!wasRead(call) || !call.bytes) continue;
    const key = `${call.operation} ${call.bytes}`;
    const after = call.sent - (before.get(key)?.ended ?? Number.NEGATIVE_INFINITY);
    if (after > SAME_STEP && after <= FRESH) found.push({ call, after });
    before.set(key, call);
  }
  return found;
}
