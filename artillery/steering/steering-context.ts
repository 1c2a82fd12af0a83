/** What the main thread hands to the worker for its decisions. */
import type { Threshold } from '../../config/thresholds.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { SteeringContext } from '../channel.ts';
import { splitUsers } from '../profile/mix.ts';
import type { Plan, SearchOptions } from '../profile/plan.ts';

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
    most: Math.max(1, mostWithAccounts(search, mostOf)),
  }));
  return { phases, thresholds, capacity: searches && { searches }, rateLimits };
}

/** Of a mix the scenario that runs out of accounts first says it. */
function mostWithAccounts(
  { scenario, of, most }: SearchOptions,
  mostOf: (scenario: string) => number,
): number {
  if (!of) return Math.min(most, mostOf(scenario));
  const isCarried = (users: number) =>
    Object.entries(splitUsers(of, users)).every(([name, count]) => count <= mostOf(name));
  let users = most;
  while (users > 1 && !isCarried(users)) users -= 1;
  return users;
}
