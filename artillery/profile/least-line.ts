/** A line for the user where a profile cannot come down to the users that were asked for. */
import { plural } from '../../analysis/format.ts';
import type { Plan } from './plan.ts';

/** Each scenario of a phase has one user at least, so that none is left out unseen. */
export function leastLine(
  { profile, phases }: Pick<Plan, 'profile' | 'phases'>,
  vus?: number,
): string | undefined {
  if (vus === undefined) return undefined;
  const raised = phases.flatMap(({ name, arrivals, users }) => {
    const counts = Object.values({ ...arrivals, ...users }).filter((n) => n > 0);
    return counts.length > vus && counts.every((n) => n === 1) ? [{ name, n: counts.length }] : [];
  });
  if (raised.length === 0) return undefined;
  const each = raised.map(({ name, n }) => `${name} ${plural(n, 'user')}`).join(', ');
  return `VUS=${vus}: ${profile} still starts one user of each scenario: ${each}`;
}
