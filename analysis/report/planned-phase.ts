import type { PlannedPhase } from '../../measure/run/run-json.ts';
import { duration, thousands } from '../format.ts';

/** `steady 4.5 min`, `warm-up 30 s, 20 users held (warm-up)`. */
export function plannedPhase({
  name,
  duration: length,
  warmup,
  users,
  usersAtEnd,
  steered,
}: PlannedPhase): string {
  const ends = [users, usersAtEnd].filter((one) => one !== undefined).map((one) => thousands(sumOf(one)));
  const held = ends.length > 0 ? `, ${ends.join(' to ')} users held${steered ? ' at first' : ''}` : '';
  return `${name} ${duration(length)}${held}${warmup ? ' (warm-up)' : ''}`;
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
