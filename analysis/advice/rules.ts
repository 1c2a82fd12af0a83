/** All rules, and what they say of a run: ranked by the time that its users would get back. */
import type { Verdict } from '../../config/verdicts.ts';
import { ADVICE_RULES, type Advice } from '../summary/advice.ts';
import { blockedEventLoop } from './blocked-event-loop.ts';
import { costlyStep } from './costly-step.ts';
import { largeAnswers } from './large-answers.ts';
import { layoutShifts } from './layout-shifts.ts';
import { longScripts } from './long-scripts.ts';
import { manyCalls } from './many-calls.ts';
import { rateLimit } from './rate-limit.ts';
import { repeatedCalls } from './repeated-calls.ts';
import type { Advised, Rule } from './rule.ts';
import { saturatedPool } from './saturated-pool.ts';
import { serialCalls } from './serial-calls.ts';
import { slowCalls } from './slow-calls.ts';
import { throughputKnee } from './throughput-knee.ts';
import { timeShares } from './time-shares.ts';
import { uncachedAnswers } from './uncached-answers.ts';
import { uncompressedAnswers } from './uncompressed-answers.ts';

const RULES: Record<Advice['rule'], Rule> = {
  'costly-step': costlyStep,
  'slow-calls': slowCalls,
  'time-shares': timeShares,
  'serial-calls': serialCalls,
  'repeated-calls': repeatedCalls,
  'many-calls': manyCalls,
  'uncached-answers': uncachedAnswers,
  'large-answers': largeAnswers,
  'uncompressed-answers': uncompressedAnswers,
  'layout-shifts': layoutShifts,
  'long-scripts': longScripts,
  'blocked-event-loop': blockedEventLoop,
  'saturated-pool': saturatedPool,
  'rate-limit': rateLimit,
  'throughput-knee': throughputKnee,
};

/** The same kind of thing ten times is one thing to look at. */
const MOST_EACH = 3;

/**
 * Of each rule the three that would give back most, all in the order of that; what costs no waiting comes last. Gains overlap:
 * what one rule and another would give back may be the same time. Nothing of an invalid run, whose times say nothing.
 */
export function adviceOf(seen: Advised, verdict: Verdict): Advice[] {
  if (verdict === 'invalid') return [];
  return ADVICE_RULES.flatMap((rule) =>
    RULES[rule](seen)
      .map((one) => ({ rule, ...one }))
      .sort(more)
      .slice(0, MOST_EACH),
  ).sort(more);
}

function more({ gain: one }: Advice, { gain: other }: Advice): number {
  return (other ?? -1) - (one ?? -1);
}
