/** What one phase of a profile asks for: sessions that arrive, users that are held, or both. */
import { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import type { PlannedPhase } from '../../measure/run/run-json.ts';
import { splitArrivals } from './mix.ts';
import type { Phase, Scenario } from './script.ts';

export interface PhaseScale {
  /** As the profile says it, and as it is run; seconds. */
  length: number;
  duration: number;
  /** Users and arrivals times this. */
  intensity: number;
}

export type PhaseLoad = Pick<
  PlannedPhase,
  'arrivals' | 'spacing' | 'rates' | 'users' | 'usersAtEnd' | 'steered'
>;

/**
 * @param where names profile and phase in messages
 * @throws {ConfigError} for a phase that starts nobody, or whose words contradict each other
 */
export function loadOf(
  written: Phase,
  scenarios: readonly Scenario[],
  scale: PhaseScale,
  where: string,
): PhaseLoad {
  const phase = withNumbers(written);
  const taking = scenariosOf(phase, scenarios, where);
  if (phase.pause !== undefined) return { arrivals: countsOf(taking, 0) };
  const held = heldOf(phase, taking, scale.intensity, where);
  const arriving = taking.filter(({ name }) => held.users?.[name as string] === undefined);
  const opens = phase.arrivalCount !== undefined || phase.arrivalRate !== undefined;
  if (!opens && !held.users) {
    throw new ConfigError(`${where} starts nobody; give it an arrivalCount or arrivalRate, or users to hold`);
  }
  if (opens && arriving.length === 0) {
    throw new ConfigError(
      `${where} holds all of its scenarios, so that nobody arrives; name those to hold: users: { ${taking[0]?.name}: ${phase.users} }`,
    );
  }
  if (!opens) {
    if (phase.arrivals !== undefined)
      throw new ConfigError(`${where}: arrivals: nobody arrives in it; take it out, or add an arrivalCount`);
    return { arrivals: {}, ...held };
  }
  const { arrivals, rates } = arrivalsOf(phase, arriving, scale, where);
  return { arrivals, rates, spacing: phase.arrivals === 'poisson' ? 'poisson' : undefined, ...held };
}

/** Artillery fills in variables as texts. */
function withNumbers(phase: Phase): Phase {
  const number = <T>(given: T) => (typeof given === 'string' ? Number(given) : given);
  const { arrivalCount, arrivalRate, users, rampTo } = phase;
  const numbers = { arrivalCount, arrivalRate, users, rampTo };
  return {
    ...phase,
    ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, number(value)])),
  };
}

function scenariosOf(phase: Phase, all: readonly Scenario[], where: string): Scenario[] {
  if (!phase.scenarios) return [...all];
  if (phase.scenarios.length === 0)
    throw new ConfigError(`${where}: scenarios names none; name one, or leave it out`);
  checkNames(phase.scenarios, all, 'scenarios', where);
  return all.filter((scenario) => phase.scenarios?.includes(scenario.name as string));
}

function checkNames(names: readonly string[], known: readonly Scenario[], key: string, where: string): void {
  const all = known.map(({ name }) => name as string);
  const unknown = names.find((wanted) => !all.includes(wanted));
  if (unknown === undefined) return;
  throw new ConfigError(
    `${where}: ${key} names scenario "${unknown}", which ${key === 'users' ? 'is none of the phase' : 'does not exist'}${didYouMean(unknown, all)}`,
  );
}

/** Arrivals that a phase promises. A ramp's are its mean rate times its length: none is lost. */
function arrivalsOf(
  phase: Phase,
  arriving: readonly Scenario[],
  { length, duration, intensity }: PhaseScale,
  where: string,
): Pick<PhaseLoad, 'arrivals' | 'rates'> {
  const { arrivalCount, arrivalRate = 0, rampTo } = phase;
  if (arrivalCount !== undefined && phase.arrivalRate !== undefined)
    throw new ConfigError(`${where} has an arrivalCount and an arrivalRate; write one of them`);
  const rampedTo = typeof rampTo === 'number' ? rampTo : undefined;
  if (arrivalCount !== undefined && rampedTo !== undefined) {
    throw new ConfigError(
      `${where}: rampTo: a rate to ramp to needs one to begin with; write arrivalRate in place of arrivalCount`,
    );
  }
  const rate = rampedTo === undefined ? arrivalRate : (arrivalRate + rampedTo) / 2;
  const wanted =
    (arrivalCount === undefined ? rate * duration : (arrivalCount * duration) / length) * intensity;
  if (wanted === 0)
    throw new ConfigError(`${where} starts nobody; raise it above 0, or write pause: ${length}`);
  const count = Math.max(arriving.length, Math.round(wanted));
  const rates: [number, number] | undefined =
    rampedTo === undefined ? undefined : [arrivalRate * intensity, rampedTo * intensity];
  return { arrivals: countsOf(arriving, count), rates };
}

/** Users that a phase holds, at its begin and, where they are ramped, at its end. */
function heldOf(
  phase: Phase,
  taking: readonly Scenario[],
  intensity: number,
  where: string,
): Pick<PhaseLoad, 'users' | 'usersAtEnd' | 'steered'> {
  const { users, rampTo } = phase;
  const steered = phase.steered || undefined;
  if (users === undefined) {
    if (typeof rampTo === 'object')
      throw new ConfigError(`${where}: rampTo: it holds nobody; name the users to begin with in users`);
    if (steered) throw new ConfigError(`${where}: steered: it holds nobody; add the users to begin with`);
    return {};
  }
  if (typeof users === 'number') {
    if (typeof rampTo === 'object')
      throw new ConfigError(`${where}: rampTo: write a number of users, as users is one`);
    const ends = [users, rampTo ?? users];
    if (Math.max(...ends) === 0)
      throw new ConfigError(`${where}: users: 0 holds nobody; raise it, or write pause: ${phase.duration}`);
    const [begin, end] = ends.map((count) =>
      scaled(count, intensity, count === Math.max(...ends) ? taking.length : 1),
    );
    return {
      users: countsOf(taking, begin as number),
      usersAtEnd: rampTo === undefined ? undefined : countsOf(taking, end as number),
      steered,
    };
  }
  const to = typeof rampTo === 'object' ? rampTo : undefined;
  if (typeof rampTo === 'number' && phase.arrivalRate === undefined) {
    throw new ConfigError(
      `${where}: rampTo: users names scenarios; name them here too: rampTo: { name: ${rampTo} }`,
    );
  }
  checkNames(Object.keys({ ...users, ...to }), taking, 'users', where);
  const names = Object.keys({ ...users, ...to });
  const idle = names.find((name) => (users[name] ?? 0) === 0 && (to?.[name] ?? 0) === 0);
  if (names.length === 0 || idle !== undefined)
    throw new ConfigError(`${where}: users: ${idle ?? 'it'} holds nobody; raise it above 0, or leave it out`);
  const scaledAll = (counts: Record<string, number>, missing: (name: string) => number) =>
    Object.fromEntries(names.map((name) => [name, scaled(counts[name] ?? missing(name), intensity, 1)]));
  return {
    users: scaledAll(users, () => 0),
    usersAtEnd: to && scaledAll(to, (name) => users[name] ?? 0),
    steered,
  };
}

/** At least `least` where there are any. */
function scaled(count: number, intensity: number, least: number): number {
  return count === 0 ? 0 : Math.max(least, Math.round(count * intensity));
}

/** A number split among scenarios by weight. */
function countsOf(scenarios: readonly Scenario[], count: number): Record<string, number> {
  const shares = scenarios.map(({ name, weight }) => ({ name: name as string, weight: weight ?? 1 }));
  const counts = splitArrivals(shares, count);
  return Object.fromEntries(shares.map(({ name }, index) => [name, counts[index] as number]));
}
