/** What of each feature's budget a run could not judge: it has no such figure. */
import type { Budget, Budgets } from '../../config/budgets.ts';
import { unitOf } from '../../config/threshold-metric.ts';
import { limitText } from '../format.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { limitOf } from './limit.ts';

/** @param limits those that judged the run */
export function featuresOf(
  { features }: Budgets,
  limits: readonly Budget[],
  gates: readonly JudgedGate[],
): NonNullable<Summary['budgets']> {
  // A pattern's gates are those of the names that it found, set in the same line.
  const isJudged = ({ expression, where, budget }: Budget) =>
    gates.some(
      (gate) =>
        gate.where === where &&
        gate.budget?.name === budget.name &&
        (expression.includes('*') || gate.metric.endsWith(expression)),
    );
  return features.map(({ name, owner }) => ({
    name,
    owner,
    unmeasured: limits
      .filter((one) => one.budget.of === 'feature' && one.budget.name === name && !isJudged(one))
      .map((one) => {
        const { limit, side } = limitOf(one);
        const level = one.level === 'error' ? 'error' : 'warn';
        return { metric: one.expression, expected: limitText(side, limit, unitOf(one.metric)), level };
      }),
  }));
}
