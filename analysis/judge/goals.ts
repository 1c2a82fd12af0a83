/** What became of the goals of `config/goals.yml`: by the judge of limits, and never part of a verdict. */
import type { Goal } from '../../config/goals.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { GoalOutcome, JudgedGoal } from '../summary/goal-result.ts';
import type { Observations } from '../summary/observations.ts';
import { FINAL_POLICY, judgeLimit } from './judge-limit.ts';
import { limitOf } from './limit.ts';
import { readMetric } from './metric-value.ts';

const OUTCOMES = { passed: 'met', failed: 'missed', inconclusive: 'undecided' } as const;

/** One result for each goal whose metric was measured, with the gate of the same metric beside it. */
export function judgeGoals(
  goals: readonly Goal[],
  gates: readonly JudgedGate[],
  seen: Observations,
): JudgedGoal[] {
  return goals.flatMap((goal) => {
    const { limit, side } = limitOf(goal);
    return readMetric(goal.metric, seen).map((value): JudgedGoal => {
      const { outcome, needed } = judgeLimit({ limit, side }, value, FINAL_POLICY);
      const gate = gates.find(({ metric, builtIn }) => metric === value.name && !builtIn);
      return {
        metric: value.name,
        outcome: OUTCOMES[outcome] satisfies GoalOutcome,
        goal: limit,
        side,
        observed: value.value,
        unit: value.unit,
        ci: value.ci,
        n: value.n,
        needed,
        ...(gate && { limit: gate.limit, limitOutcome: gate.outcome }),
        where: goal.where,
        why: goal.why,
      };
    });
  });
}
