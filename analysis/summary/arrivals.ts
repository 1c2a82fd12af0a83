/** Users that a plan has come, or holds, and those who came. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Session } from './session.ts';
import type { Summary } from './summary.ts';

type Row = Summary['arrivals'][number];

export function arrivalsOf(
  sessions: Iterable<Pick<Session, 'phase' | 'scenario'>>,
  { phases }: Pick<RunJson['plan'], 'phases'>,
): Row[] {
  if (phases.length === 0) return [];
  const rows = new Map<string, Row>();
  // Two phases of one name, such as the quiet ones around a spike, are one row.
  const rowOf = (phase: string, scenario: string): Row => {
    const key = `${phase}\n${scenario}`;
    const row = rows.get(key) ?? { phase, scenario, planned: 0, started: 0 };
    rows.set(key, row);
    return row;
  };
  for (const { name, arrivals, users, usersAtEnd } of phases) {
    for (const [scenario, planned] of Object.entries(arrivals)) rowOf(name, scenario).planned += planned;
    for (const scenario of Object.keys({ ...users, ...usersAtEnd })) {
      const row = rowOf(name, scenario);
      row.held = Math.max(row.held ?? 0, users?.[scenario] ?? 0, usersAtEnd?.[scenario] ?? 0);
    }
  }
  for (const { phase, scenario } of sessions) rowOf(phase, scenario).started += 1;
  return [...rows.values()];
}
