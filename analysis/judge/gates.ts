/** Observed figures held against the limits of `config/thresholds.yml`. */
import { type FigureName, isAtLeast, parseMetric, printMetric } from '../../config/metric-expression.ts';
import { metricMatcher } from '../../config/metric-key.ts';
import type { ProfileThresholds, Threshold } from '../../config/thresholds.ts';
import type { Verdict } from '../../measure/run/run.ts';
import { change, quantity, thousands } from '../format.ts';
import type { Observations } from '../summary/summarize.ts';
import type { GateResult, Level, PrimaryFigure } from '../summary/summary.ts';
import { type MetricValue, readMetric } from './metric-value.ts';
import { judgeRate } from './rate-gate.ts';

/** With fewer samples the percentile is the maximum by another name (design §5.7, "too few"). */
const MIN_SAMPLES: Partial<Record<FigureName, number>> = { p95: 20, p99: 100 };

/** With fewer samples one slow view decides p75: a broken limit is told, and fails nothing. */
const MIN_SAMPLES_TO_FAIL: Partial<Record<FigureName, number>> = { p75: 4 };

/**
 * One result per threshold, or per metric that a threshold's `*` finds. A metric that has a limit of its own is
 * not held against a `*` as well. A threshold without samples fails: it would otherwise never be noticed.
 */
export function checkGates(profile: ProfileThresholds, seen: Observations): GateResult[] {
  const own = new Set(profile.thresholds.filter((threshold) => !isPattern(threshold)).map(keyOf));
  const gates = profile.thresholds.flatMap((threshold) => {
    if (threshold.breaking) return everJudged(threshold, seen.levels) ? [] : [neverJudged(threshold, seen)];
    const values = readMetric(threshold.metric, seen).filter(
      ({ name, metric, figure }) =>
        !isPattern(threshold) || !own.has(figure === undefined ? name : `${metric} ${figure}`),
    );
    if (values.length > 0) return values.map((value) => judge(threshold, value));
    if (isException(threshold, profile, seen) || isOfOwnTarget(threshold, seen)) return [];
    return [withoutSamples(threshold)];
  });
  return profile.thresholds.some(limitsStepErrors) ? gates : [...gates, ...anyFailedStep(seen)];
}

export function primaryFigures(
  profile: ProfileThresholds,
  seen: Observations,
  gates: readonly GateResult[],
): PrimaryFigure[] {
  return profile.primary.map((expression) => {
    const parsed = parseMetric(expression);
    const value = typeof parsed === 'string' ? undefined : readMetric(parsed, seen)[0];
    const gate = value && gates.find((candidate) => candidate.metric === value.name);
    return {
      metric: expression,
      value: value?.value ?? null,
      unit: value?.unit ?? '1',
      n: value?.n ?? 0,
      ci: value?.ci,
      verdict: gate?.verdict,
      expected: gate?.expected,
    };
  });
}

function judge(threshold: Threshold, value: MetricValue): GateResult {
  const { limit, where, why } = threshold;
  const level = threshold.level as GateResult['level'];
  const atLeast = isAtLeast(threshold.metric);
  const expected = `${atLeast ? '≥' : '≤'} ${quantity(limit, value.unit)}`;
  const result = {
    metric: value.name,
    level,
    expected,
    observed: value.value,
    unit: value.unit,
    ci: value.ci,
    n: value.n,
    where,
    why,
  };
  const fewest = (value.figure && MIN_SAMPLES[value.figure]) ?? 1;
  // What says itself why it is not there says it better.
  if (value.n < fewest && value.missing === undefined) {
    const message = `${value.name}: not enough samples (n = ${value.n}, needs ${fewest}), set in ${where}`;
    return { ...result, verdict: 'warn', message };
  }
  if (value.value === null) {
    const why =
      value.missing ??
      (value.figure === 'drift' ? 'the run was too short for it (needs 10 min)' : 'it has no such figure');
    const message = `${value.name}: ${why} (n = ${value.n}), set in ${where}`;
    return { ...result, verdict: value.isBad ? failing(level) : 'warn', message };
  }
  const observed = value.value;
  if (isDrift(value)) return judgedDrift(threshold, value, result);
  if (isRate(value)) return judgedByInterval(threshold, value, result);
  const holds = atLeast ? observed >= limit : observed <= limit;
  const message = `${value.name}: expected ${expected}, observed ${quantity(observed, value.unit)} (n = ${value.n}), set in ${where}`;
  if (holds) return { ...result, verdict: 'pass', message };
  const toFail = (value.figure && MIN_SAMPLES_TO_FAIL[value.figure]) ?? 1;
  if (value.n >= toFail) return { ...result, verdict: failing(level), message };
  return {
    ...result,
    verdict: 'warn',
    message: `${message}: too few samples to fail, which needs ${toFail}`,
  };
}

function isDrift({ name, ci }: MetricValue): boolean {
  return name.endsWith('.drift') && ci !== undefined;
}

/** A slope is sure only as far as its interval is: held when all of that is within the limit, broken when all is beyond. */
function judgedDrift(
  { limit, where, level }: Threshold,
  { name, value, unit, ci: [low, high] = [null, null], n }: MetricValue,
  result: Omit<GateResult, 'verdict' | 'message'>,
): GateResult {
  // A change of a share is told in points of a hundred.
  const told = (one: number | null) =>
    unit === '%' && one !== null ? change(one, unit) : quantity(one, unit);
  const expected = `≤ ${told(limit)} an hour`;
  const message = `${name}: expected ${expected}, observed ${told(value)} (${told(low)} to ${told(high)}, n = ${n}), set in ${where}`;
  const gate = { ...result, expected, message };
  if (low !== null && low > limit) return { ...gate, verdict: failing(level as GateResult['level']) };
  if (high !== null && high <= limit) return { ...gate, verdict: 'pass' };
  return {
    ...gate,
    verdict: 'warn',
    message: `${message}: not shown, the limit is within the 95 % interval`,
  };
}

/** A share that was counted: it has an interval. Completeness and Apdex are no such. */
function isRate({ unit, ci }: MetricValue): boolean {
  return unit === '%' && ci !== undefined;
}

function judgedByInterval(
  threshold: Threshold,
  value: MetricValue,
  result: Omit<GateResult, 'verdict' | 'message'>,
): GateResult {
  const observed = value.value as number;
  const { verdict, fewest } = judgeRate(observed, value.n, threshold.limit, isAtLeast(threshold.metric));
  const message = `${value.name}: expected ${result.expected}, observed ${quantity(observed, '%')} (n = ${value.n}), set in ${threshold.where}`;
  if (verdict === 'broken') return { ...result, verdict: failing(result.level), message };
  // Of each single name there are few: where none failed, the limit on all of them is the one to show it.
  const isClear = verdict === 'held' || (isPattern(threshold) && observed === 0);
  return isClear
    ? { ...result, verdict: 'pass', message }
    : {
        ...result,
        verdict: 'warn',
        message: `${message}: not shown, ${fewest ? `it takes ${thousands(fewest)}` : 'the limit is within the 95 % interval'}`,
        // One that failed is worth a line of its own.
        fewest: observed === (isAtLeast(threshold.metric) ? 1 : 0) ? fewest : undefined,
      };
}

function withoutSamples(threshold: Threshold): GateResult {
  const { expression, where, why } = threshold;
  const level = threshold.level as GateResult['level'];
  const expected = `${isAtLeast(threshold.metric) ? '≥' : '≤'} ${threshold.limit}`;
  return {
    metric: expression,
    level,
    expected,
    observed: null,
    unit: '1',
    n: 0,
    verdict: failing(level),
    message: `${expression}: expected ${expected}, but there are no samples (n = 0), set in ${where}`,
    where,
    why,
  };
}

/** A limit that is kept or broken level by level says nothing of the run as a whole (summary/levels.ts). */
function everJudged({ metric }: Threshold, levels: readonly Level[]): boolean {
  const fits = metricMatcher(expressionOf(metric));
  return levels.some(({ limits }) => limits.some((one) => one.verdict !== 'too few' && fits(one.metric)));
}

function neverJudged(threshold: Threshold, seen: Observations): GateResult {
  const { expression, where, metric } = threshold;
  const n = readMetric(metric, seen).reduce((sum, value) => sum + value.n, 0);
  return {
    ...withoutSamples(threshold),
    n,
    ...(n > 0 && { verdict: 'warn' }),
    message: `${expression}: no level of users had enough samples to hold against it, set in ${where}`,
  };
}

/** Where a profile says nothing of failed steps, none may fail. */
function anyFailedStep(seen: Observations): GateResult[] {
  return seen.steps
    .filter((step) => step.errors > 0)
    .map((step) => {
      const metric = printMetric({ kind: 'step', name: step.name }, 'errors');
      const where = 'built in: a profile without a limit on step errors allows none';
      const observed = step.errors / step.attempts;
      return {
        metric,
        level: 'error',
        expected: '≤ 0 %',
        observed,
        unit: '%',
        n: step.attempts,
        verdict: 'fail',
        message: `${metric}: expected ≤ 0 %, observed ${quantity(observed, '%')} (n = ${step.attempts}), ${where}`,
        where,
      };
    });
}

function limitsStepErrors({ metric }: Threshold): boolean {
  if (metric.kind === 'share') return metric.share === 'steps.errorRate';
  return metric.kind === 'figure' && metric.metric === 'step.*' && metric.figure === 'errors';
}

function isException(threshold: Threshold, profile: ProfileThresholds, seen: Observations): boolean {
  const { metric: own } = threshold;
  if (own.kind !== 'figure' || isPattern(threshold)) return false;
  return profile.thresholds.some(
    ({ metric }) =>
      metric.kind === 'figure' &&
      metric.metric.includes('*') &&
      metric.figure === own.figure &&
      metricMatcher(metric.metric)(own.metric) &&
      readMetric(metric, seen).length > 0,
  );
}

/** A deployment's process is not there to be looked at: a limit on it is for the targets that a run starts itself. */
function isOfOwnTarget({ metric }: Threshold, { run, targetProcess }: Observations): boolean {
  const isAbout = metric.kind === 'finding' && metric.key.startsWith('targetProcess.');
  return isAbout && run.target.kind === 'deployment' && targetProcess === null;
}

function failing(level: GateResult['level']): Verdict {
  return level === 'error' ? 'fail' : 'warn';
}

function isPattern({ metric }: Threshold): boolean {
  return expressionOf(metric).includes('*');
}

function keyOf({ metric }: Threshold): string {
  return metric.kind === 'figure' ? `${metric.metric} ${metric.figure}` : expressionOf(metric);
}

function expressionOf(metric: Threshold['metric']): string {
  if (metric.kind === 'figure') return `${metric.metric}.${metric.figure}`;
  return metric.kind === 'share' ? metric.share : metric.key;
}
