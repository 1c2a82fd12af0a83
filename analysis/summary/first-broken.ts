/** Which limit of a level broke first, and what the target was doing then. */
import { parseMetricKey } from '../../config/metric-key.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import type { LevelEnded } from '../../measure/run/findings.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { RequestSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { isAttempt } from './attempt.ts';
import type { About } from './collector.ts';
import { isServed } from './request-counts.ts';
import type { FirstBroken } from './summary.ts';

/** A figure is looked at this often, ms; what was under way is of this time before it broke. */
const EVERY_MS = 500;
const RUNNING_MS = 1000;
/** With fewer a percentile is the maximum by another name. */
const FEWEST = 20;
const MOST_OPERATIONS = 3;
const PERCENTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };

interface Call {
  t: number;
  value: number;
  name: string;
  class: string;
  /** Its time counts. */
  isGood: boolean;
  isError: boolean;
  isDown: boolean;
}

export type Calls = ReturnType<typeof collectCalls>;

/** Requests of the run, kept only where it has levels. */
export function collectCalls({ plan }: Pick<RunJson, 'plan'>) {
  const hasLevels = plan.phases.some(({ users, usersAtEnd, steered }) => steered || (users && !usersAtEnd));
  const calls: Call[] = [];
  return {
    samples: {
      request(sample: RequestSample, { isError, excused }: About) {
        if (!hasLevels || !isAttempt(sample)) return;
        const { t, value, name, class: ofClass, status } = sample;
        const isDown = (isError || excused) && (status === 0 || status >= 500);
        calls.push({
          t,
          value,
          name,
          class: ofClass,
          isGood: isServed(sample),
          isError,
          isDown: isDown && !excused,
        });
      },
    },
    firstBroken: (level: LevelEnded) => firstBroken(calls, level),
  };
}

function firstBroken(calls: readonly Call[], { limits, from, to }: LevelEnded): FirstBroken | undefined {
  const here = calls.filter(({ t }) => t >= from && t < to).sort((a, b) => a.t - b.t);
  let first: { metric: string; at: number } | undefined;
  for (const { metric, limit, verdict } of limits) {
    if (verdict !== 'failed') continue;
    const isBeyond = figureOf(metric, limit);
    const at = isBeyond && brokenFrom(here, isBeyond, { from, to });
    if (at !== undefined && (first === undefined || at < first.at)) first = { metric, at };
  }
  return (
    first && { metric: first.metric, after: (first.at - from) / 1000, running: runningAt(calls, first.at) }
  );
}

type IsBeyond = (calls: readonly Call[]) => boolean;

/** Undefined for what is not made of requests. */
function figureOf(metric: string, limit: number): IsBeyond | undefined {
  const shareOf =
    (isBad: (call: Call) => boolean, most: number): IsBeyond =>
    (all) =>
      all.length >= FEWEST && all.filter(isBad).length / all.length > most;
  if (metric === 'requests.errorRate') return shareOf(({ isError }) => isError, limit);
  if (metric === 'availability') return shareOf(({ isDown }) => isDown, 1 - limit);
  const parsed = parseMetric(metric);
  const { figure, metric: key = '' } = typeof parsed === 'object' && parsed.kind === 'figure' ? parsed : {};
  const share = PERCENTILES[figure as keyof typeof PERCENTILES];
  const { kind, name } = parseMetricKey(key) ?? {};
  if (share === undefined || (kind !== 'class' && kind !== 'request')) return undefined;
  const isOf = (call: Call) => call.isGood && call[kind === 'class' ? 'class' : 'name'] === name;
  return (all) => {
    const values = all.filter(isOf).map(({ value }) => value);
    return values.length >= FEWEST && (percentile(ascending(values), share) ?? 0) > limit;
  };
}

/** The moment from which the figure of all that had ended stayed beyond its limit until the level's end. */
function brokenFrom(calls: readonly Call[], isBeyond: IsBeyond, { from, to }: { from: number; to: number }) {
  let broken: number | undefined;
  for (let at = to; at > from; at -= EVERY_MS) {
    if (!isBeyond(calls.filter(({ t }) => t < at))) break;
    broken = at;
  }
  return broken;
}

/** Operations that were under way in the second before, the one that took longest first: what others waited for. */
function runningAt(calls: readonly Call[], at: number): FirstBroken['running'] {
  const under = calls.filter(({ t, value }) => t >= at - RUNNING_MS && t - value <= at);
  return [...Map.groupBy(under, ({ name }) => name)]
    .map(([operation, all]) => ({
      operation,
      count: all.length,
      ms: Math.max(...all.map(({ value }) => value)),
    }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MOST_OPERATIONS);
}
