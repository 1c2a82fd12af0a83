/** Where budgets and thresholds limit the same: nobody could tell which holds. */
import type { Budget, Budgets } from './budgets.ts';
import { ConfigError } from './errors.ts';
import { metricMatcher } from './metric-key.ts';
import { isAtLeast } from './threshold-metric.ts';
import type { ProfileThresholds, Severity, Threshold } from './thresholds.ts';

/**
 * A budget of a narrower name takes the place of a `*` of the thresholds, as a line of its own does there, and must be no wider.
 * Everything else that both files limit is refused.
 * @throws {ConfigError} one line, both places named
 */
export function checkConflicts(
  budgets: ReadonlyMap<string, Budgets>,
  thresholds: ReadonlyMap<string, ProfileThresholds>,
): void {
  const limits = [...thresholds.values()]
    .flatMap((profile) => profile.thresholds)
    .filter(({ level }) => level !== 'off');
  for (const { limits: all } of budgets.values())
    for (const budget of all) {
      if (budget.level === 'off') continue;
      for (const limit of limits) checkPair(budget, limit);
    }
}

function checkPair(budget: Budget, limit: Threshold): void {
  if (figureOf(budget) !== figureOf(limit)) return;
  const [own, other] = [keyOf(budget), keyOf(limit)];
  if (own === other || metricMatcher(own)(other))
    throw new ConfigError(
      `${budget.where}: '${budget.expression}' is limited by ${limit.where} too ('${limit.expression}'). Take one of the two out.`,
    );
  if (metricMatcher(other)(own) && isWider(budget, limit))
    throw new ConfigError(
      `${budget.where}: '${budget.expression}' takes the place of '${limit.expression}' (${limit.where}) and is wider: ` +
        `${budget.level}, ${budget.limit} for ${limit.level}, ${limit.limit}. Make it stricter, or change that limit.`,
    );
}

function keyOf({ metric, expression }: Pick<Threshold, 'metric' | 'expression'>): string {
  return metric.kind === 'figure' ? metric.metric : expression;
}

function figureOf({ metric }: Pick<Threshold, 'metric'>): string | undefined {
  return metric.kind === 'figure' ? metric.figure : undefined;
}

const WEIGHT: Readonly<Record<Severity, number>> = { off: 0, warn: 1, error: 2 };

function isWider(budget: Budget, limit: Threshold): boolean {
  const sign = isAtLeast(budget.metric) ? -1 : 1;
  return WEIGHT[budget.level] < WEIGHT[limit.level] || sign * (budget.limit - limit.limit) > 0;
}
