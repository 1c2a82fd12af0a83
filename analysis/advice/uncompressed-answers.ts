/**
 * An operation whose answers are text, were worth compressing, and came uncompressed though the client accepts it.
 *
 * Reason: JSON shrinks to a fifth or less. Source: Lighthouse's "Enable text compression", which has the same least of 1.4 kB
 * (https://developer.chrome.com/docs/lighthouse/performance/uses-text-compression). Runs until November 2026 do not record it.
 */
import { bytes as inBytes } from '../format.ts';
import { download } from './large-answers.ts';
import { FEWEST, idsOf, MOST_PASSES, pageOf, quantile, type Rule, sum } from './rule.ts';

export const uncompressedAnswers: Rule = ({ log: { calls } }) => {
  const served = calls.filter((call) => call.served);
  return [...Map.groupBy(served, ({ operation }) => operation)].flatMap(([operation, own]) => {
    const plain = own.filter(({ uncompressed }) => uncompressed);
    if (plain.length < FEWEST || plain.length < MOST_PASSES * own.length) return [];
    const sizes = plain.map(({ bytes = 0 }) => bytes);
    return [
      {
        about: operation,
        finding: `${plain.length} of ${own.length} answers of ${operation} came uncompressed (p50 ${inBytes(Math.round(quantile(sizes, 0.5)))}).`,
        action: `Compress ${operation} (gzip, brotli or zstd), in the application or in the proxy before it.`,
        gain: sum(plain.map(download)),
        n: plain.length,
        of: 'answers',
        figures: [
          { name: 'uncompressed', value: plain.length / own.length, unit: '%' as const },
          { name: 'size p50', value: quantile(sizes, 0.5), unit: 'B' as const },
          { name: 'in all', value: sum(sizes), unit: 'B' as const },
        ],
        ...idsOf(plain),
        ...pageOf(plain),
      },
    ];
  });
};
