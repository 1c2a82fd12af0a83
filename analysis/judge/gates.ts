/** What becomes of the limits of `config/thresholds.yml` at the end of a run. */

import { metricMatcher, parseMetricKey } from '../../config/metric-key.ts';
import { shareFigure } from '../../config/run-figure.ts';
import { printMetric, unitOf } from '../../config/threshold-metric.ts';
import type { ProfileThresholds, Threshold } from '../../config/thresholds.ts';
import type { Verdict } from '../../measure/run/run.ts';
import { limitText } from '../format.ts';
import type { GateResult, JudgedGate } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Level } from '../summary/summary.ts';
import { journeysExercised } from './journeys-exercised.ts';
import { driftTime, FINAL_POLICY, isUnbroken, judgeLimit, type LimitJudgement } from './judge-limit.ts';
import { expressionOf, isPattern, limitOf } from './limit.ts';
import { isException, measuredFor } from './measured-for.ts';
import { wasPlanned } from './measured-when-planned.ts';
import { type MetricValue, readMetric } from './metric-value.ts';

/**
 * One result per threshold, or per metric that a threshold's `*` finds. A threshold without samples fails: it would
 * otherwise never be noticed.
 */
export function checkGates(profile: ProfileThresholds, seen: Observations): JudgedGate[] {
  const gates = profile.thresholds.flatMap((threshold) => {
    if (threshold.breaking) return everJudged(threshold, seen.levels) ? [] : [neverJudged(threshold, seen)];
    const values = measuredFor(threshold, profile, seen);
    if (values?.length === 0) return [unmeasured(threshold, seen)];
    const isOneOfMany = isPattern(threshold) || !!threshold.budget || isException(threshold, profile, seen);
    return (values ?? []).map((value) => judged(threshold, value, isOneOfMany));
  });
  const builtIn = journeysExercised(seen);
  if (!profile.thresholds.some(limitsStepErrors)) builtIn.push(...anyFailedStep(seen));
  return [...gates, ...builtIn];
}

function judged(threshold: Threshold, value: MetricValue, isOneOfMany: boolean): JudgedGate {
  const { where, why, budget } = threshold;
  const { limit, side } = limitOf(threshold);
  const { value: observed, unit, ci, n } = value;
  const judgement = judgeLimit(limitOf(threshold), value, FINAL_POLICY);
  const level = levelOf(threshold);
  return {
    metric: value.name,
    level,
    ...judgement,
    verdict: verdictOf(judgement, level, isUnbroken(limitOf(threshold), value)),
    limit,
    side,
    expected: limitText(side, limit, unit, observed === null ? undefined : driftTime(value)),
    observed,
    unit,
    ci,
    n,
    ...(value.unended && { unended: value.unended }),
    of: threshold.metric.kind === 'share' ? shareFigure(threshold.metric.share).of : undefined,
    ...(judgement.reason === 'no-value' && { missing: whyMissing(value) }),
    ...(isOneOfMany && { isOneOfMany }),
    ...(budget && { budget }),
    where,
    why,
  };
}

function whyMissing({ missing, figure }: MetricValue): string {
  if (missing !== undefined) return missing;
  return figure === 'drift' ? 'the run was too short for it (needs 10 min)' : 'it has no such figure';
}

/** A run that was interrupted did not come to it: that says nothing of the target, nor of how the limit is written. */
function unmeasured(threshold: Threshold, seen: Observations): JudgedGate {
  if (seen.run.ended !== 'interrupted') return withoutSamples(threshold, wasPlanned(threshold.metric, seen));
  return { ...withoutSamples(threshold), outcome: 'inconclusive', verdict: 'pass' };
}

/** What was planned and measured nothing is no matter of a limit's level: the limit can never fail. */
function withoutSamples(threshold: Threshold, isPlanned = false): JudgedGate {
  const { expression, where, why } = threshold;
  const { limit, side } = limitOf(threshold);
  const judgement: LimitJudgement = { outcome: 'failed', reason: 'no-samples' };
  const level = levelOf(threshold);
  const unit = unitOf(threshold.metric);
  return {
    metric: expression,
    level,
    ...judgement,
    verdict: isPlanned ? 'fail' : verdictOf(judgement, level),
    limit,
    side,
    expected: limitText(side, limit, unit),
    observed: null,
    unit,
    n: 0,
    where,
    why,
  };
}

/** A limit that is judged level by level says nothing about the run as a whole (summary/levels.ts). */
function everJudged({ metric }: Threshold, levels: readonly Level[]): boolean {
  const fits = metricMatcher(expressionOf(metric));
  return levels.some(({ limits }) =>
    limits.some((one) => one.verdict !== 'inconclusive' && fits(one.metric)),
  );
}

function neverJudged(threshold: Threshold, seen: Observations): JudgedGate {
  const values = readMetric(threshold.metric, seen);
  const n = values.reduce((sum, value) => sum + value.n, 0);
  const judgement: LimitJudgement = {
    // What cannot be misspelt is something that the run has not done.
    outcome: n > 0 || hasFixedName(threshold) ? 'inconclusive' : 'failed',
    reason: 'no-level-judged',
  };
  const missing = 'no level of users had enough samples to judge it';
  return {
    ...withoutSamples(threshold),
    ...judgement,
    verdict: verdictOf(
      judgement,
      levelOf(threshold),
      values.every((value) => isUnbroken(limitOf(threshold), value)),
    ),
    n,
    missing,
  };
}

/** Classes and shares of the whole run: their names are checked when limits are read. */
function hasFixedName({ metric }: Threshold): boolean {
  if (metric.kind === 'share') return true;
  return (
    metric.kind === 'figure' && !isPattern({ metric }) && parseMetricKey(metric.metric)?.kind === 'class'
  );
}

/** Where a profile says nothing of failed steps, none may fail. */
function anyFailedStep(seen: Observations): JudgedGate[] {
  return seen.steps
    .filter((step) => step.errors > 0)
    .map((step) => ({
      metric: printMetric({ kind: 'step', name: step.name }, 'errors'),
      level: 'error',
      outcome: 'failed',
      reason: 'above-limit',
      verdict: 'fail',
      limit: 0,
      side: 'at most',
      expected: limitText('at most', 0, '%'),
      observed: step.errors / step.attempts,
      unit: '%',
      n: step.attempts,
      where: 'built in: a profile without a limit on step errors allows none',
      builtIn: true,
    }));
}

function limitsStepErrors({ metric }: Threshold): boolean {
  if (metric.kind === 'share') return metric.share === 'steps.errorRate';
  return metric.kind === 'figure' && metric.metric === 'step.*' && metric.figure === 'errors';
}

/** Those that are `off` are left out before anything is judged (config/thresholds.ts). */
function levelOf({ level }: Threshold): GateResult['level'] {
  return level as GateResult['level'];
}

/** An inconclusive gate warns where something speaks against its limit; else it is a note of the run (judge/verdict.ts). */
function verdictOf({ outcome }: LimitJudgement, level: GateResult['level'], unbroken = false): Verdict {
  if (outcome === 'passed' || (outcome === 'inconclusive' && unbroken)) return 'pass';
  return outcome === 'failed' && level === 'error' ? 'fail' : 'warn';
}
