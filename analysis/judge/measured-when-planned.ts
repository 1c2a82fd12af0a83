/** Whether a limit without any samples judges something that the run planned and did: it could then never fail. */
import { parseMetricKey } from '../../config/metric-key.ts';
import type { MetricExpression } from '../../config/threshold-metric.ts';
import type { Observations } from '../summary/observations.ts';

/** What only pages and their steps have. */
const OF_BROWSERS: ReadonlySet<string> = new Set([
  'step',
  'vital',
  'view',
  'stepCalls',
  'stepBytes',
  'steps.errorRate',
  'browserChecks.failed',
  'pages.lost',
  'page.errors',
  'page.filesFailed',
  'completeness',
  'apdex',
]);

/**
 * Nobody can tell which journey a step or an operation belongs to that was never seen. So it was planned when each journey of
 * the run was exercised, and with them all that the run can measure; a journey by its name. A run of an older suite does not
 * say what it planned.
 */
export function wasPlanned(
  metric: MetricExpression,
  { run, journeys }: Pick<Observations, 'run' | 'journeys'>,
): boolean {
  const { mix } = run.plan;
  if (!mix.some((scenario) => scenario.journeys)) return false;
  const key = metric.kind === 'figure' ? parseMetricKey(metric.metric) : undefined;
  if (key?.kind === 'journey' && !key.name?.includes('*'))
    return journeys.some(({ name, outcome }) => name === key.name && outcome !== 'not-drawn');
  const what = metric.kind === 'share' ? metric.share : key?.kind;
  const isOfBrowsers = what !== undefined && OF_BROWSERS.has(what);
  if (isOfBrowsers && !mix.some(({ via }) => via === 'browser')) return false;
  return metric.kind !== 'finding' && journeys.every(({ outcome }) => outcome !== 'not-drawn');
}
