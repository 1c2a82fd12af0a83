/**
 * An operation that is slower than the goal of its class (config/goals.yml): its own p95 is beyond it.
 *
 * Reason: users over HTTP take no steps, and what is slow each time has no quick quarter to be compared with, so that the rules on
 * steps do not see it. Source: the application's own goals. The gain is what each call waited beyond the goal; where most of the
 * time goes (until the first byte, or from first to last) says where to look: the parts of Resource Timing
 * (https://www.w3.org/TR/resource-timing/#attribute-descriptions).
 */
import { figureOfMetric } from '../../config/threshold-metric.ts';
import { milliseconds } from '../format.ts';
import { type Advised, FEWEST, idsOf, pageOf, quantile, type Rule, roughly, sum, took } from './rule.ts';

export const slowCalls: Rule = (seen) => {
  const goals = goalsByClass(seen);
  const classes = new Map(seen.operations.map((row) => [row.name, row.class]));
  const served = seen.log.calls.filter((call) => call.served);
  return [...Map.groupBy(served, ({ operation }) => operation)].flatMap(([operation, own]) => {
    const goal = goals.get(classes.get(operation) ?? '');
    const times = own.map(took);
    const p95 = quantile(times, 0.95);
    if (goal === undefined || own.length < FEWEST || p95 <= goal) return [];
    const slow = own.filter((call) => took(call) > goal);
    const waited = sum(slow.map(took));
    const firstBytes = sum(slow.map(({ ttfb = 0 }) => ttfb));
    const where = slow.every(({ ttfb }) => ttfb !== undefined)
      ? ` ${roughly(firstBytes / waited)} of their time was until the first byte, so ${firstBytes * 2 > waited ? 'in the server or in a queue before it' : 'more of it was the transfer of the answer'}.`
      : '';
    return [
      {
        about: operation,
        finding: `${slow.length} of ${own.length} answers of ${operation} took longer than the goal of ${milliseconds(goal)}; 95 % came within ${milliseconds(Math.round(p95))}.${where}`,
        action: `Make ${operation} quicker: its goal is ${milliseconds(goal)} for 95 % of the answers.`,
        gain: sum(slow.map((call) => took(call) - goal)),
        n: own.length,
        of: 'answers',
        figures: [
          { name: 'p50', value: quantile(times, 0.5), unit: 'ms' as const },
          { name: 'p95', value: p95, unit: 'ms' as const },
        ],
        ...idsOf(slow),
        ...pageOf(slow),
      },
    ];
  });
};

/** Goals on p95 of a class of operations, ms; of a run of several profiles the lowest. */
function goalsByClass({ ofGoals }: Advised): Map<string, number> {
  const found = new Map<string, number>();
  for (const { metric, goal } of ofGoals) {
    const { key, figure } = figureOfMetric(metric) ?? {};
    if (figure !== 'p95' || key?.kind !== 'class' || key.name === undefined) continue;
    found.set(key.name, Math.min(goal, found.get(key.name) ?? goal));
  }
  return found;
}
