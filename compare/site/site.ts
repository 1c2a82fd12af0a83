/** A site of all runs of a history: its pages, by their paths in it. */
import { alikeRuns } from '../alike-runs.ts';
import type { SuiteCommits } from '../suite-commits.ts';
import type { Trend } from '../trend.ts';
import { trendOf } from '../trend-of-runs.ts';
import { profilePage } from './profile-page.ts';
import { runPage } from './run-page.ts';
import { runsPage } from './runs-page.ts';
import type { SiteContent, SiteProfile } from './site-runs.ts';

export interface SiteOptions {
  commitsBetween(from: string | undefined, to: string | undefined): SuiteCommits;
}

/** Change points are looked for in the newest runs: the search takes the square of their number. */
const MOST_RUNS = 200;

/** Of the same runs always the same pages. */
export function* sitePages(
  content: SiteContent,
  options: SiteOptions,
): Generator<[path: string, text: string]> {
  const headlines = new Map<string, string>();
  for (const profile of content.profiles) {
    const trend = trendOfProfile(profile, options);
    headlines.set(profile.path, trend.headline);
    yield [`profiles/${profile.path}.html`, profilePage(profile, trend)];
    for (const [at, { path }] of profile.runs.entries()) yield [`runs/${path}.html`, runPage(profile, at)];
  }
  yield ['index.html', runsPage(content, headlines)];
}

/** Of vitals, operations and primary metrics: those by week. Cold values are few. */
function trendOfProfile({ environment, profile, runs }: SiteProfile, { commitsBetween }: SiteOptions): Trend {
  const { runs: alike, leftOut } = alikeRuns(runs.map(({ run }) => run));
  const newest = alike.slice(-MOST_RUNS);
  const older = alike.length - newest.length;
  return trendOf(newest, {
    environment,
    profile,
    leftOut: [
      ...leftOut,
      ...alike
        .slice(0, older)
        .map(({ id }) => ({ id, reason: `change points are looked for in the newest ${MOST_RUNS} runs` })),
    ],
    isShown: (metric, decides) =>
      decides ||
      (/^(vital|request|class)\./.test(metric) &&
        /\.p(75|95)( page |$)/.test(metric) &&
        !metric.endsWith(' cold')),
    commitsBetween,
  });
}
