/** What a trend comes to, in words that terminal, Markdown and HTML share. */
import { plural, some } from '../analysis/format.ts';
import type { LeftOut } from './alike-runs.ts';
import { changeText, intervalText } from './comparison-words.ts';
import type { Trend, TrendChange, TrendSpan } from './trend.ts';

/** Day of a run, UTC. */
export function day(start: string | undefined): string {
  return start?.slice(0, 10) ?? '';
}

export function trendHeadline({
  isEnough,
  needed,
  runs,
  changes,
  profile,
  environment,
}: Omit<Trend, 'headline'>): string {
  if (!isEnough)
    return `Too few runs: ${runs.length} of ${profile} on ${environment} that are alike; change points take ${needed}.`;
  const worse = changes.filter(({ isWorse }) => isWorse);
  const better = changes.length - worse.length;
  const [first] = worse;
  if (!first)
    return `Nothing became worse: ${better === 0 ? 'no change point' : `${plural(better, 'change')} for the better`} in ${plural(runs.length, 'run')}.`;
  const since = day(runs[first.between[1]]?.start);
  const more = worse.length > 1 ? `, and ${plural(worse.length - 1, 'more change')} for the worse` : '';
  return `Worse since ${since}: ${first.metric} ${changeText(first)} (${intervalText(first)})${more}.`;
}

/** Day of the first run after it. */
export function sinceText({ between: [, first] }: Pick<TrendChange, 'between'>, { runs }: Trend): string {
  return day(runs[first]?.start);
}

/** `Between <run> and <run>`: the last run before a change point and the first one after it. */
export function spanTitle({ between }: TrendSpan, { runs }: Trend): string {
  const [last, first] = between.map((at) => runs[at]?.id ?? '');
  return `Between ${last} and ${first}`;
}

/** What lies between the runs around a change point, a line each. */
export function spanLines({ suite, targetVersions: [before, after] }: TrendSpan): string[] {
  const target =
    before === after
      ? `target: ${before === undefined ? 'version not known' : `${before} before and after`}`
      : `target: ${before ?? 'not known'} before, ${after ?? 'not known'} after`;
  const range = suite.from && suite.to && suite.from !== suite.to ? ` (${suite.from} to ${suite.to})` : '';
  const more = suite.n - suite.commits.length;
  return [
    target,
    `suite: ${suite.missing ?? plural(suite.n, 'commit')}${range}`,
    ...suite.commits,
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}

/** Runs that were left out, by reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of leftOut) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  return [...byReason].map(([reason, ids]) => `left out: ${some(ids)} (${reason})`);
}
