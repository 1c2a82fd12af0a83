import { plural } from '../../analysis/format.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';

/** What the terminal says as a phase begins: `steady: 270 s, 330 sessions`, `steady: 270 s, 20 concurrent users, 60 at its end`. */
export function phaseLine({ name, duration, arrivals, users, usersAtEnd }: PlannedPhase): string {
  const sessions = sum(arrivals);
  const parts = [
    `${name}: ${Math.round(duration)} s`,
    users && `${plural(sum(users), 'concurrent user')}${usersAtEnd ? `, ${sum(usersAtEnd)} at its end` : ''}`,
    (sessions > 0 || !users) && plural(sessions, 'session'),
  ];
  return parts.filter(Boolean).join(', ');
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
