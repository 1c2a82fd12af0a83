/** Since when a figure is another one: change points in the history of a profile's runs. */
import type { LeftOut } from './alike-runs.ts';
import { changePoints } from './change-points.ts';
import { factsOf } from './detect.ts';
import type { RunFigures } from './run-figures.ts';
import type { SuiteCommits } from './suite-commits.ts';
import type { Trend, TrendChange, TrendSpan } from './trend.ts';
import { chosenSeries, ENOUGH_RUNS, levelsOf, seriesOf } from './trend-series.ts';
import { trendHeadline } from './trend-words.ts';

export interface TrendOptions {
  environment: string;
  profile: string;
  leftOut: readonly LeftOut[];
  /** Only these metrics; `*` stands for any name. */
  only?: readonly string[];
  /** Of those, the ones that are looked at. Absent: all. */
  isShown?(metric: string, decides: boolean): boolean;
  commitsBetween(from: string | undefined, to: string | undefined): SuiteCommits;
}

/**
 * @param runs alike, oldest first
 * @throws {ConfigError} one line: no run has such a metric
 */
export function trendOf(runs: readonly RunFigures[], options: TrendOptions): Trend {
  const { environment, profile, leftOut, only, isShown = () => true, commitsBetween } = options;
  const series = chosenSeries(seriesOf(runs), only).filter((one) => isShown(one.metric, one.decides));
  const changes = changePoints(series);
  const result: Omit<Trend, 'headline'> = {
    schema: 1,
    environment,
    profile,
    runs: runs.map(factsOf),
    leftOut: [...leftOut],
    needed: ENOUGH_RUNS,
    isEnough: runs.length >= ENOUGH_RUNS,
    changes,
    spans: spansOf(changes, runs, commitsBetween),
    metrics: series.map(({ scale, ...one }) => ({
      ...one,
      worse: scale.worse,
      scale: scale.kind,
      levels: levelsOf({ scale, ...one }, changes),
    })),
  };
  return { headline: trendHeadline(result), ...result };
}

/** Newest first, each once. */
function spansOf(
  changes: readonly TrendChange[],
  runs: readonly RunFigures[],
  commitsBetween: TrendOptions['commitsBetween'],
): TrendSpan[] {
  const distinct = new Map(changes.map(({ between }) => [between.join(), between]));
  return [...distinct.values()]
    .sort(([, a], [, b]) => b - a)
    .map((between) => {
      const [last, first] = between.map((at) => runs[at] as RunFigures) as [RunFigures, RunFigures];
      return {
        between,
        suite: commitsBetween(last.commit, first.commit),
        targetVersions: [last.targetVersion, first.targetVersion],
      };
    });
}
