/** Users that one phase of a profile holds. */
import { didYouMean } from '../../config/nearest-name.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import { countsOf } from './mix.ts';
import type { Phase } from './phase.ts';
import { mistakeAt, type Place } from './profile-mistake.ts';
import type { Scenario } from './script.ts';

type Held = Pick<PlannedPhase, 'users' | 'usersAtEnd' | 'steered'>;

/**
 * At its begin and, where they are ramped, at its end.
 * @throws {ProfileMistake} for words that contradict each other, and for a phase that would hold nobody
 */
export function heldOf(phase: Phase, taking: readonly Scenario[], intensity: number, where: Place): Held {
  const { users, rampTo } = phase;
  const steered = phase.steered || undefined;
  if (typeof users === 'number') return { ...heldByWeight(phase, users, taking, intensity, where), steered };
  if (users !== undefined) return { ...heldByName(phase, users, taking, intensity, where), steered };
  if (typeof rampTo === 'object')
    throw mistakeAt(where, ': rampTo: it holds nobody; name the users to begin with in users', 'rampTo');
  if (steered) throw mistakeAt(where, ': steered: it holds nobody; add the users to begin with', 'steered');
  return {};
}

/** At their highest there is one of each scenario at least. */
function heldByWeight(
  { rampTo, duration }: Phase,
  users: number,
  taking: readonly Scenario[],
  intensity: number,
  where: Place,
): Held {
  if (typeof rampTo === 'object')
    throw mistakeAt(where, ': rampTo: write a number of users, as users is one', 'rampTo');
  const ends = [users, rampTo ?? users];
  const most = Math.max(...ends);
  if (most === 0)
    throw mistakeAt(where, `: users: 0 holds nobody; raise it, or write pause: ${duration}`, 'users');
  const [begin, end] = ends.map((count) =>
    countsOf(taking, scaled(count, intensity, count === most ? taking.length : 1)),
  );
  return { users: begin, usersAtEnd: rampTo === undefined ? undefined : end };
}

function heldByName(
  { rampTo, arrivalRate }: Phase,
  users: Record<string, number>,
  taking: readonly Scenario[],
  intensity: number,
  where: Place,
): Held {
  const to = typeof rampTo === 'object' ? rampTo : undefined;
  if (typeof rampTo === 'number' && arrivalRate === undefined) {
    const says = `: rampTo: users names scenarios; name them here too: rampTo: { name: ${rampTo} }`;
    throw mistakeAt(where, says, 'rampTo');
  }
  const names = Object.keys({ ...users, ...to });
  const known = taking.map(({ name }) => name as string);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const says = `: users names scenario "${unknown}", which is none of the phase${didYouMean(unknown, known)}`;
    throw mistakeAt(where, says, unknown in users ? 'users' : 'rampTo', unknown);
  }
  const idle = names.find((name) => (users[name] ?? 0) === 0 && (to?.[name] ?? 0) === 0);
  if (names.length === 0 || idle !== undefined) {
    const says = `: users: ${idle ?? 'it'} holds nobody; raise it above 0, or leave it out`;
    throw mistakeAt(where, says, 'users', ...(idle === undefined ? [] : [idle]));
  }
  const held = (count: (name: string) => number) =>
    Object.fromEntries(names.map((name) => [name, scaled(count(name), intensity, 1)]));
  return {
    users: held((name) => users[name] ?? 0),
    usersAtEnd: to && held((name) => to[name] ?? users[name] ?? 0),
  };
}

/** At least `least` where there are any. */
function scaled(count: number, intensity: number, least: number): number {
  return count === 0 ? 0 : Math.max(least, Math.round(count * intensity));
}
