import { plural, quantity, thousands } from '../format.ts';
import type { GoalResult, JudgedGoal } from '../summary/goal-result.ts';
import { OUTCOME_WORDS } from './verdict-words.ts';

/** `class.crud.p95 455 ms; goal 300 ms missed; limit 2 000 ms passed`. */
export function goalText(result: JudgedGoal): string {
  const { metric, observed, unit, goal } = result;
  const parts = [
    `${metric} ${quantity(observed, unit)}`,
    `goal ${quantity(goal, unit)} ${outcomeText(result)}`,
    limitText(result),
  ];
  return parts.filter(Boolean).join('; ');
}

export function outcomeText({ outcome, n, needed }: JudgedGoal): string {
  if (outcome !== 'undecided') return outcome;
  return `${OUTCOME_WORDS.inconclusive.toLowerCase()} (n = ${thousands(n)}${needed === undefined ? '' : ` of at least ${thousands(needed)}`})`;
}

/** Of the gate beside it; '' where there is none. */
export function limitText({ limit, limitOutcome, unit }: JudgedGoal): string {
  if (limit === undefined || limitOutcome === undefined) return '';
  return `limit ${quantity(limit, unit)} ${OUTCOME_WORDS[limitOutcome].toLowerCase()}`;
}

/** `5 of 8 goals met, 2 missed, 1 without enough data`. */
export function goalsText(goals: readonly GoalResult[]): string {
  const count = (one: GoalResult['outcome']) => goals.filter(({ outcome }) => outcome === one).length;
  const parts = [`${count('met')} of ${plural(goals.length, 'goal')} met`];
  if (count('missed') > 0) parts.push(`${count('missed')} missed`);
  if (count('undecided') > 0) parts.push(`${count('undecided')} without enough data`);
  return parts.join(', ');
}

/** Missed ones first: what is read first asks for work. */
export function missedFirst(goals: readonly GoalResult[]): GoalResult[] {
  const rank = { missed: 0, undecided: 1, met: 2 };
  return [...goals].sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}
