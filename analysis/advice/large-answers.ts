/**
 * An operation whose answers are large: 100 kB or more for a quarter of them.
 *
 * Reason: on the 1.6 Mbit/s of Lighthouse's slow 4G 100 kB take half a second, on top of the server's time, and all of it is parsed
 * before anything is shown. Source: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md. The gain is what this
 * run measured from first to last byte, on its own network: users further away lose more.
 */
import { bytes as inBytes } from '../format.ts';
import type { LoggedCall } from '../summary/advice-evidence.ts';
import { FEWEST, idsOf, pageOf, quantile, type Rule, sum, took } from './rule.ts';

const LARGE = 100_000;

export const largeAnswers: Rule = ({ log: { calls } }) => {
  const sized = calls.filter(({ served, bytes }) => served && bytes !== undefined);
  return [...Map.groupBy(sized, ({ operation }) => operation)].flatMap(([operation, own]) => {
    const sizes = own.map(({ bytes }) => bytes ?? 0);
    const p75 = quantile(sizes, 0.75);
    if (own.length < FEWEST || p75 < LARGE) return [];
    return [
      {
        about: operation,
        finding: `A quarter of the ${own.length} answers of ${operation} has ${inBytes(Math.round(p75))} or more.`,
        action: `Send less of ${operation} at a time: pages of rows, fewer fields, or a range of dates.`,
        gain: sum(own.map(download)),
        n: own.length,
        of: 'answers',
        figures: [
          { name: 'size p75', value: p75, unit: 'B' as const },
          { name: 'in all', value: sum(sizes), unit: 'B' as const },
          { name: 'download p75', value: quantile(own.map(download), 0.75), unit: 'ms' as const },
        ],
        ...idsOf(own.filter(({ bytes = 0 }) => bytes >= p75)),
        ...pageOf(own),
      },
    ];
  });
};

/** From the first to the last byte, ms; 0 where the first is not known. */
export function download(call: LoggedCall): number {
  return call.ttfb === undefined ? 0 : Math.max(0, took(call) - call.ttfb);
}
