import { isAtLeast, isShare, type MetricExpression } from './threshold-metric.ts';

/** A share in percent, or a limit that no share can break. */
export function problemOfShare(
  metric: MetricExpression,
  limit: number,
): { what: string; fix: string } | undefined {
  if (!isShare(metric)) return undefined;
  const moreIsBetter = isAtLeast(metric);
  if (limit > 1 || (limit === 1 && !moreIsBetter)) {
    const percent = limit > 100 ? 1 : limit;
    const what = limit === 1 ? 'a limit of 1 can never fail; a share is 0 to 1' : 'a share is 0 to 1';
    return { what, fix: `Write ${Number((percent / 100).toPrecision(12))} for ${percent} %.` };
  }
  return moreIsBetter && limit === 0
    ? {
        what: 'a limit of at least 0 can never fail',
        fix: 'Write the share that must be reached, or [off, 0].',
      }
    : undefined;
}
