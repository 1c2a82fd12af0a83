/**
 * The one judge of limits: for the verdict at the end of a run, for limits that end a run (`abort`), and for each level of a
 * stepped run or a search (`breaking`). They differ by their policy only; docs/thresholds.md has the table.
 */
import type { FigureName } from '../../config/figure-name.ts';
import { parseFindingKey } from '../../config/run-figure.ts';
import type { LimitOutcome } from '../../measure/run/findings.ts';
import type { LimitReason } from '../summary/gate-result.ts';
import { isBeyond, type Limit } from './limit.ts';
import type { MetricValue } from './metric-value.ts';
import { judgeRate } from './rate-gate.ts';

/** How many samples a judgement needs. */
export interface JudgePolicy {
  /** With fewer, a figure is not judged. */
  minSamples: Partial<Record<FigureName, number>>;
  /** The same of every other figure. */
  minSamplesOfOthers: number;
  /** With fewer, a figure beyond its limit fails nothing. */
  minSamplesToFail: Partial<Record<FigureName, number>>;
  /** A rate passes only when its whole interval is within the limit. */
  confirmsRates: boolean;
}

/**
 * With fewer samples a p95 or p99 is the maximum by another name (docs/verdict.md, "Gates"), and one slow
 * view decides p75.
 */
export const FINAL_POLICY: JudgePolicy = {
  minSamples: { p95: 20, p99: 100 },
  minSamplesOfOthers: 1,
  minSamplesToFail: { p75: 4 },
  confirmsRates: true,
};

/**
 * For a stretch of a run that goes on: nothing that it decides can be undone, so a rate fails only when its whole interval is
 * beyond the limit. That a rate passes needs no proof there: a search tries its levels again, and the run goes on.
 */
export const LIVE_POLICY: JudgePolicy = {
  minSamples: { p99: 100, p50: 5, p75: 5, mean: 5 },
  minSamplesOfOthers: 20,
  minSamplesToFail: {},
  confirmsRates: false,
};

export interface LimitJudgement {
  outcome: LimitOutcome;
  reason: LimitReason;
  /** As in GateResult. */
  needed?: number;
}

/** A rate is judged by its 95 % interval, and so is a drift; every other figure by its value. */
export function judgeLimit(limit: Limit, value: MetricValue, policy: JudgePolicy): LimitJudgement {
  const { figure, n } = value;
  const minimum = (figure && policy.minSamples[figure]) ?? policy.minSamplesOfOthers;
  // Prefer the metric's own reason for a missing value.
  if (n < minimum && value.missing === undefined)
    return { outcome: 'inconclusive', reason: 'too-few-samples', needed: minimum };
  if (value.value === null) return { outcome: value.isBad ? 'failed' : 'inconclusive', reason: 'no-value' };
  if (isDrift(value)) return judgedDrift(limit, value);
  if (isRate(value)) return judgedRate(limit, value.value, n, policy);
  if (!isBeyond(limit, value.value)) return PASSED;
  const toFail = (figure && policy.minSamplesToFail[figure]) ?? 1;
  if (n >= toFail) return failed(limit);
  return { outcome: 'inconclusive', reason: 'too-few-to-fail', needed: toFail };
}

const PASSED: LimitJudgement = { outcome: 'passed', reason: 'within-limit' };

function failed({ side }: Limit): LimitJudgement {
  return { outcome: 'failed', reason: side === 'at least' ? 'below-limit' : 'above-limit' };
}

/** A change by the hour, with an interval. */
export function isDrift({ name, ci }: Pick<MetricValue, 'name' | 'ci'>): boolean {
  return parseFindingKey(name)?.kind === 'drift' && ci !== undefined;
}

/** Passed when the whole interval is within the limit, failed when all of it is beyond. */
function judgedDrift(limit: Limit, { ci: [low, high] = [null, null] }: MetricValue): LimitJudgement {
  if (low !== null && low > limit.limit) return failed(limit);
  if (high !== null && high <= limit.limit) return PASSED;
  return { outcome: 'inconclusive', reason: 'drift-unconfirmed' };
}

/** A share that was counted: it has an interval. Completeness and Apdex have none. */
function isRate({ unit, ci }: MetricValue): boolean {
  return unit === '%' && ci !== undefined;
}

function judgedRate(
  limit: Limit,
  observed: number,
  n: number,
  { confirmsRates }: JudgePolicy,
): LimitJudgement {
  const { outcome, needed } = judgeRate(observed, n, limit.limit, limit.side === 'at least');
  if (outcome === 'passed') return PASSED;
  if (outcome === 'failed') return failed(limit);
  if (!confirmsRates && !isBeyond(limit, observed)) return PASSED;
  // Of each single name there are few: where none failed, the limit on all of them is the one to confirm it.
  if (limit.isPattern && observed === 0) return PASSED;
  return { outcome, reason: 'rate-unconfirmed', needed };
}
