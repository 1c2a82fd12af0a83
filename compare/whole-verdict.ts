/** What all metrics that decide come to, and in which order a reader wants to see them. */
import type { ComparedMetric, MetricVerdict } from './comparison.ts';

/** Those that inform decide nothing. */
export function wholeVerdict(metrics: readonly ComparedMetric[]): MetricVerdict {
  const verdicts = metrics
    .filter(({ decides, excusedBy }) => decides && !excusedBy)
    .map(({ verdict, current }) => (verdict === 'missing' && current !== null ? 'unclear' : verdict));
  for (const verdict of ['worse', 'missing', 'unclear', 'better'] as const)
    if (verdicts.includes(verdict)) return verdict;
  // Without any that decides, nothing was decided.
  return metrics.some(({ decides }) => decides) ? 'same' : 'unclear';
}

/** Those that decide and are worse, what is missing, warnings, then the others; within each the largest change for the worse. */
export function mostWorryingFirst(metrics: readonly ComparedMetric[]): ComparedMetric[] {
  return metrics.toSorted((a, b) => rank(a) - rank(b) || badness(b) - badness(a));
}

const ORDER: readonly MetricVerdict[] = ['worse', 'missing', 'unclear', 'better', 'same'];

function rank({ decides, verdict, excusedBy }: ComparedMetric): number {
  const own = ORDER.indexOf(verdict) + (excusedBy ? 0.5 : 0);
  return own + (decides ? 0 : ORDER.length);
}

/** Change for the worse as a multiple of the practical limit. */
export function badness({ change, limit, worse }: ComparedMetric): number {
  if (change === null) return 0;
  return ((worse === 'up' ? 1 : -1) * change) / limit;
}
