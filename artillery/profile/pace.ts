import { duration } from '../../analysis/format.ts';
import { type Environment, signInsPerMinute } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { mostHeld } from './held-plan.ts';
import { DRAIN_LIMIT_S, type Plan } from './plan.ts';

/**
 * Makes sure that paced sign-ins let all sessions of the plan in before the run is cut off. Of a concurrent user one sign-in is known:
 * how many sessions follow depends on how long they last.
 * @throws ConfigError with the sign-ins, the time that they take, and the ways out
 */
export function checkPace(environment: Environment, { profile, phases, mix, duration: planned }: Plan): void {
  const perMinute = signInsPerMinute(environment);
  if (perMinute === undefined) return;
  const users = mix
    .filter(({ role }) => role !== 'visitor')
    .reduce((all, { name }) => {
      const arriving = phases.reduce((sum, { arrivals }) => sum + (arrivals[name] ?? 0), 0);
      return all + arriving + Math.max(...phases.map((phase) => mostHeld(phase, [name])));
    }, 0);
  const seconds = (users / perMinute) * 60;
  const room = planned + DRAIN_LIMIT_S / 2;
  if (seconds <= room) return;
  const carried = Math.max(1, Math.floor((room / 60) * perMinute));
  throw new ConfigError(
    `PACE_SIGN_INS: profile ${profile} needs ${users} sign-ins within ${duration(planned)}; at ${perMinute} a minute that takes ${duration(seconds)}, and ${carried} is what the time is enough for. Lower VUS, lift the target's limit (RATE_LIMIT_ENABLED=false on a test deployment) and set PACE_SIGN_INS=false, or say how many it allows: PACE_SIGN_INS=60`,
  );
}
