/** What the main thread hands to the worker for its decisions. */
import type { Threshold } from '../../config/thresholds.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { SteeringContext } from '../channel.ts';
import type { Plan } from '../profile/plan.ts';

/** undefined: no limit acts, no level is judged, and nothing is searched for. */
export function steeringOf(
  { phases, capacity, mix }: Plan,
  limits: readonly Threshold[],
  accounts: readonly Account[],
  rateLimits?: boolean,
): SteeringContext | undefined {
  const thresholds = limits.filter(({ breaking, abortAfter }) => breaking || abortAfter !== undefined);
  const hasLevels = phases.some(({ users, usersAtEnd, warmup }) => users && !usersAtEnd && !warmup);
  if (thresholds.length === 0 && !hasLevels && !capacity) return undefined;
  /** A session has an account for itself: more users than accounts cannot be there. */
  const mostOf = (scenario: string) => {
    const role = mix.find(({ name }) => name === scenario)?.role;
    return role === 'visitor'
      ? Number.POSITIVE_INFINITY
      : accounts.filter((account) => account.role === role).length;
  };
  const searches = capacity?.searches.map((search) => ({
    ...search,
    most: Math.max(1, Math.min(search.most, mostOf(search.scenario))),
  }));
  return { phases, thresholds, capacity: searches && { searches }, rateLimits };
}
