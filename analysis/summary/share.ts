import { clopperPearson } from '../statistics/clopper-pearson.ts';
import type { Share } from './summary.ts';

/** The share of failures. */
export function failedShare({ n, failed }: { n: number; failed: number }): Share {
  return { value: n > 0 ? failed / n : null, n, ci: clopperPearson(failed, n) ?? undefined };
}

/** The share of requests that had an answer below 500. */
export function availabilityOf({ n, down }: { n: number; down: number }): Share {
  return { value: n > 0 ? 1 - down / n : null, n, ci: clopperPearson(n - down, n) ?? undefined };
}
