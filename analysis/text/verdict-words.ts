/** What verdicts and outcomes of gates are called, in every report. */

import type { Verdict } from '../../config/verdicts.ts';
import type { LimitOutcome } from '../../measure/run/findings.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';

export const VERDICT_WORDS: Record<Verdict, string> = {
  pass: 'Pass',
  warn: 'Pass with warnings',
  fail: 'Fail',
  invalid: 'Invalid',
};

export const OUTCOME_WORDS: Record<LimitOutcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  inconclusive: 'Not enough data',
};

/** A gate that something speaks against, and that its samples do not confirm, does not lack data: it lacks certainty. */
export function outcomeWords({ outcome, verdict }: Pick<GateResult, 'outcome' | 'verdict'>): string {
  return outcome === 'inconclusive' && verdict !== 'pass' ? 'Not confirmed' : OUTCOME_WORDS[outcome];
}

/** "Pass with warnings: 36 gates passed, 1 failed, …" */
export function headlineText({ verdict, text }: Summary['headline']): string {
  return `${VERDICT_WORDS[verdict]}: ${text}`;
}
