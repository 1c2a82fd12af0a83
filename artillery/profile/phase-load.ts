/** What one phase of a profile asks for: sessions that arrive, users that loop, or both. */
import { didYouMean } from '../../config/nearest-name.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import { countsOf } from './mix.ts';
import type { Phase } from './phase.ts';
import { heldOf } from './phase-users.ts';
import { mistakeAt, type Place } from './profile-mistake.ts';
import type { Scenario } from './script.ts';

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

/** @throws {ProfileMistake} for a phase that starts nobody, or whose words contradict each other */
export function phaseLoad(
  written: Phase,
  scenarios: readonly Scenario[],
  scale: PhaseScale,
  where: Place,
): PhaseLoad {
  const phase = withNumbers(written);
  const taking = scenariosOf(phase, scenarios, where);
  const opens = phase.arrivalCount !== undefined || phase.arrivalRate !== undefined;
  if (phase.pause !== undefined) {
    if (opens || phase.users !== undefined)
      throw mistakeAt(where, ': pause: nobody comes in one; write duration in its place', 'pause');
    return { arrivals: countsOf(taking, 0) };
  }
  const held = heldOf(phase, taking, scale.intensity, where);
  const arriving = taking.filter(({ name }) => held.users?.[name as string] === undefined);
  if (!opens && !held.users)
    throw mistakeAt(where, ' starts nobody; give it an arrivalCount or arrivalRate, or users to hold');
  if (opens && arriving.length === 0) {
    const named = `{ ${taking[0]?.name}: ${phase.users} }`;
    const says = ` holds all of its scenarios, so that nobody arrives; name those to hold: users: ${named}`;
    throw mistakeAt(where, says, 'users');
  }
  if (opens) return { ...arrivalsOf(phase, arriving, scale, where), ...held };
  if (phase.arrivals !== undefined)
    throw mistakeAt(
      where,
      ': arrivals: nobody arrives in it; take it out, or add an arrivalCount',
      'arrivals',
    );
  return { arrivals: {}, ...held };
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

function scenariosOf(phase: Phase, all: readonly Scenario[], where: Place): Scenario[] {
  if (!phase.scenarios) return [...all];
  if (phase.scenarios.length === 0)
    throw mistakeAt(where, ': scenarios names none; name one, or leave it out', 'scenarios');
  const known = all.map(({ name }) => name as string);
  const unknown = phase.scenarios.find((wanted) => !known.includes(wanted));
  if (unknown !== undefined) {
    const says = `: scenarios names scenario "${unknown}", which does not exist${didYouMean(unknown, known)}`;
    throw mistakeAt(where, says, 'scenarios', phase.scenarios.indexOf(unknown));
  }
  return all.filter((scenario) => phase.scenarios?.includes(scenario.name as string));
}

/** Arrivals that a phase promises. A ramp's are its mean rate times its length: none is lost. */
function arrivalsOf(
  { arrivalCount, arrivalRate, rampTo, arrivals }: Phase,
  arriving: readonly Scenario[],
  { length, duration, intensity }: PhaseScale,
  where: Place,
): Pick<PhaseLoad, 'arrivals' | 'rates' | 'spacing'> {
  if (arrivalCount !== undefined && arrivalRate !== undefined)
    throw mistakeAt(where, ' has an arrivalCount and an arrivalRate; write one of them', 'arrivalCount');
  const end = typeof rampTo === 'number' ? rampTo : undefined;
  if (arrivalCount !== undefined && end !== undefined) {
    const says =
      ': rampTo: a rate to ramp to needs one to begin with; write arrivalRate instead of arrivalCount';
    throw mistakeAt(where, says, 'rampTo');
  }
  const begin = arrivalRate ?? (arrivalCount as number) / length;
  const wanted = ((begin + (end ?? begin)) / 2) * duration * intensity;
  if (wanted === 0) throw mistakeAt(where, ` starts nobody; raise it above 0, or write pause: ${length}`);
  return {
    arrivals: countsOf(arriving, Math.max(arriving.length, Math.round(wanted))),
    rates: end === undefined ? undefined : [begin * intensity, end * intensity],
    spacing: arrivals === 'poisson' ? 'poisson' : undefined,
  };
}
