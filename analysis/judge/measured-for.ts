/** Which figures of a run each limit of its profile is for. */

import { metricMatcher, parseMetricKey, printMetricKey } from '../../config/metric-key.ts';
import { parseFindingKey } from '../../config/run-figure.ts';
import type { ProfileThresholds, Threshold } from '../../config/thresholds.ts';
import type { Observations } from '../summary/observations.ts';
import { expressionOf, isPattern } from './limit.ts';
import { type MetricValue, readMetric } from './metric-value.ts';

/**
 * One value, or as many as its `*` finds; a metric that has a limit of its own does not come under a `*` as well. Empty:
 * nothing that it names was measured, though it should have been. Undefined where it may find nothing: it is an exception to
 * a `*`, or about what this run cannot see: a deployment's process, or silences, of an older suite.
 */
export function measuredFor(
  threshold: Threshold,
  profile: ProfileThresholds,
  seen: Observations,
): MetricValue[] | undefined {
  const own = new Set(profile.thresholds.filter((one) => !isPattern(one)).map(keyOf));
  const narrower = narrowerPatterns(threshold, profile);
  const values = readMetric(threshold.metric, seen).filter(
    ({ name, metric, figure }) =>
      !isPattern(threshold) ||
      (!own.has(figure === undefined ? name : `${metric} ${figure}`) &&
        !narrower.some((fits) => fits(metric ?? name))),
  );
  if (values.length > 0) return values;
  // Its figure may be of what this run does not do: budgets hold for all runs of an environment.
  if (threshold.budget) return undefined;
  const mayBeMissing =
    isException(threshold, profile, seen) ||
    isOfOwnTarget(threshold, seen) ||
    isUnwatched(threshold, seen) ||
    isOfBrowserSessions(threshold) ||
    (isPattern(threshold) && isOtherwiseMeasured(threshold.metric, seen));
  return mayBeMissing ? undefined : [];
}

/** Of two patterns that find the same the longer one holds: `page /admin/*` before `page *`. */
function narrowerPatterns(
  threshold: Threshold,
  { thresholds }: ProfileThresholds,
): Array<(metric: string) => boolean> {
  const { metric } = threshold;
  if (metric.kind !== 'figure' || !isPattern(threshold)) return [];
  return thresholds.flatMap(({ metric: other }) => {
    const isLonger =
      other.kind === 'figure' && other.figure === metric.figure && other.metric.length > metric.metric.length;
    return isLonger && other.metric.includes('*') ? [metricMatcher(other.metric)] : [];
  });
}

/** Limits on one name that judged nothing, for the run did not meet what they name: none of them can have failed. */
export function limitsNotMet(profile: ProfileThresholds, seen: Observations): string[] {
  return profile.thresholds
    .filter(
      (one) =>
        !one.breaking &&
        !one.budget &&
        !isPattern(one) &&
        !isOfOwnTarget(one, seen) &&
        !isUnwatched(one, seen),
    )
    .filter((one) => measuredFor(one, profile, seen) === undefined && !isOtherwiseMeasured(one.metric, seen))
    .map(({ expression }) => expression);
}

/** One of the names that a `*` of the profile is for, with a limit of its own. */
export function isException(threshold: Threshold, profile: ProfileThresholds, seen: Observations): boolean {
  const { metric: own } = threshold;
  if (own.kind !== 'figure' || isPattern(threshold)) return false;
  return profile.thresholds.some(
    ({ metric }) =>
      metric.kind === 'figure' &&
      metric.metric.includes('*') &&
      metric.figure === own.figure &&
      metricMatcher(metric.metric)(own.metric) &&
      (readMetric(metric, seen).length > 0 || isOtherwiseMeasured(metric, seen)),
  );
}

/** A short run may have first views alone, and a long one none outside of its warm-up: whatever a `*` is for, one of the two is there. */
function isOtherwiseMeasured(metric: Threshold['metric'], seen: Observations): boolean {
  const key = metric.kind === 'figure' ? parseMetricKey(metric.metric) : undefined;
  if (metric.kind !== 'figure' || !key || !['step', 'vital', 'view'].includes(key.kind)) return false;
  const variant = key.variant === 'cold' ? undefined : 'cold';
  return readMetric({ ...metric, metric: printMetricKey({ ...key, variant }) }, seen).length > 0;
}

/** A deployment's process is not there to be looked at: a limit on it is for the targets that a run starts itself. */
function isOfOwnTarget({ metric }: Threshold, { run, targetProcess }: Observations): boolean {
  const finding = metric.kind === 'finding' ? parseFindingKey(metric.key) : undefined;
  const isAbout = finding?.kind === 'drift' && finding.of === 'targetProcess';
  return isAbout && run.target.kind === 'deployment' && targetProcess === null;
}

function isUnwatched({ metric }: Threshold, { unresponsive }: Observations): boolean {
  const finding = metric.kind === 'finding' ? parseFindingKey(metric.key) : undefined;
  return finding?.kind === 'unresponsive' && unresponsive === undefined;
}

/**
 * Most journeys in browsers check nothing beside what their steps wait for. Where no user was in a browser no page was lost;
 * that some were planned there is asked elsewhere (evidence.ts).
 */
function isOfBrowserSessions({ metric }: Threshold): boolean {
  return (
    metric.kind === 'share' && (metric.share === 'browserChecks.failed' || metric.share === 'pages.lost')
  );
}

function keyOf({ metric }: Threshold): string {
  return metric.kind === 'figure' ? `${metric.metric} ${metric.figure}` : expressionOf(metric);
}
