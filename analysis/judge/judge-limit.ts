/**
 * The one judge of limits: for the verdict at the end of a run, for limits that end a run (`abort`), and for each level of a
 * stepped run or a search (`breaking`). They differ by their policy only; docs/thresholds.md has the table.
 */
import type { FigureName } from '../../config/figure-name.ts';
import { parseMetricKey } from '../../config/metric-key.ts';
import { parseFindingKey } from '../../config/run-figure.ts';
import type { LimitOutcome } from '../../measure/run/findings.ts';
import type { LimitReason } from '../summary/gate-result.ts';
import { isBeyond, type Limit } from './limit.ts';
import type { MetricValue } from './metric-value.ts';
import { judgeRate } from './rate-gate.ts';

/** How many samples a judgement needs. */
export interface JudgePolicy {
  /** With fewer, a figure within its limit does not pass. */
  toPass: Partial<Record<FigureName, number>>;
  /** With fewer, a figure beyond its limit does not fail. */
  toFail: Partial<Record<FigureName, number>>;
  /** Either of every other figure. */
  others: number;
  /** A rate passes only when its whole interval is within the limit. */
  confirmsRates: boolean;
}

/**
 * Of a percentile q: 1 / (1 − q) samples, of which one is expected beyond it: with fewer, p95 and p99 are the maximum by another
 * name. And never fewer than 6: below that not even the smallest and the largest of all enclose the median with 95 %, since
 * 2 · 0.5ⁿ is more than 0.05 (order statistics: Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2).
 */
export const FEWEST = { p50: 6, p75: 6, mean: 6, p90: 10, p95: 20, p99: 100 };

/**
 * p75 fails from 4 on: its interval has a lower end from 3 on (0.25³ is less than 0.025), and of 3 one slow view decides it.
 * A single time beyond a maximum breaks it, and a maximum of few is none yet: six are all quicker than the median of
 * what would come in one case of 64.
 */
export const FINAL_POLICY: JudgePolicy = {
  toPass: { ...FEWEST, max: 6 },
  toFail: { ...FEWEST, p75: 4 },
  others: 1,
  confirmsRates: true,
};

/**
 * For a stretch of a run that goes on: nothing that it decides can be undone, so a rate fails only when its whole interval is
 * beyond the limit. That a rate passes needs no proof there: a search tries its levels again, and the run goes on.
 */
const LIVE_FEWEST = { p50: 6, p75: 6, mean: 6, p99: 100 };
export const LIVE_POLICY: JudgePolicy = {
  toPass: LIVE_FEWEST,
  toFail: LIVE_FEWEST,
  others: 20,
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
  const isBroken = value.value !== null && isBeyond(limit, value.value);
  const fewest = isAudit(value) ? undefined : isBroken ? policy.toFail : policy.toPass;
  const needed = (figure && fewest?.[figure]) ?? policy.others;
  if (isSurelyBeyond(limit, value)) return failed(limit);
  // Prefer the metric's own reason for a missing value.
  if (n < needed && value.missing === undefined)
    return { outcome: 'inconclusive', reason: isBroken ? 'too-few-to-fail' : 'too-few-samples', needed };
  if (value.value === null) return { outcome: value.isBad ? 'failed' : 'inconclusive', reason: 'no-value' };
  if (driftTime(value)) return judgedDrift(limit, value);
  if (isRate(value)) return judgedRate(limit, value.value, n, policy);
  return isBroken ? failed(limit) : PASSED;
}

/** A repeat of an audit is a whole measurement by itself, and no user's luck: its median is judged of as many as there are. */
function isAudit({ metric }: MetricValue): boolean {
  return metric !== undefined && parseMetricKey(metric)?.kind === 'audit';
}

/**
 * Of what hangs there are always few: with requests that have not ended a percentile fails, of however few, where the lower
 * end of its interval is beyond the limit although each of them counts with no more than its age.
 */
function isSurelyBeyond(limit: Limit, { unended, ci }: MetricValue): boolean {
  const low = ci?.[0] ?? null;
  return unended !== undefined && limit.side === 'at most' && low !== null && isBeyond(limit, low);
}

/** Nothing that was seen speaks against the limit: of a rate not one failure, of another figure no value beyond it. */
export function isUnbroken(limit: Limit, value: MetricValue): boolean {
  if (value.value === null) return value.isTooShort === true;
  if (isRate(value)) return value.value === (limit.side === 'at least' ? 1 : 0);
  return !isBeyond(limit, value.value);
}

const PASSED: LimitJudgement = { outcome: 'passed', reason: 'within-limit' };

function failed({ side }: Limit): LimitJudgement {
  return { outcome: 'failed', reason: side === 'at least' ? 'below-limit' : 'above-limit' };
}

/** Of a change in the course of a run, with an interval: in which time. */
export function driftTime({
  name,
  ci,
}: Pick<MetricValue, 'name' | 'ci'>): 'an hour' | 'over the run' | undefined {
  const key = parseFindingKey(name);
  if (key?.kind !== 'drift' || ci === undefined) return undefined;
  return key.total ? 'over the run' : 'an hour';
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
  return { outcome, reason: 'rate-unconfirmed', needed };
}
