import type { PlannedPhase } from '../../measure/run/plan.ts';
import { duration, number, thousands } from '../format.ts';

/** `steady 4.5 min`, `warm-up 30 s, 20 concurrent users (warm-up)`, `ramp 2 min, 0.5 to 5 sessions a second`. */
export function plannedPhase({
  rates,
  spacing,
  name,
  duration: length,
  warmup,
  users,
  usersAtEnd,
  steered,
}: PlannedPhase): string {
  const ends = [users, usersAtEnd].filter((one) => one !== undefined).map((one) => thousands(sumOf(one)));
  const closed =
    ends.length > 0 ? `, ${ends.join(' to ')} concurrent users${steered ? ' at first' : ''}` : '';
  const ramp = rates ? `, ${number(rates[0])} to ${number(rates[1])} sessions a second` : '';
  const random = spacing === 'poisson' ? ', at random moments' : '';
  return `${name} ${duration(length)}${ramp}${random}${closed}${warmup ? ' (warm-up)' : ''}`;
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
