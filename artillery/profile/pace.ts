/** Fits a profile to the pace that its environment keeps for sign-ins. */
import { duration, plural } from '../../analysis/format.ts';
import { type Environment, signInsPerMinute } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { signInIntervalMs } from '../../measure/session/sign-in-pace.ts';
import { arrivalTimes } from './arrival-times.ts';
import { mostHeld } from './concurrent-plan.ts';
import { DRAIN_LIMIT_S, type Plan, type Scale } from './plan.ts';
import { asArtilleryRunsIt, planOf } from './plan-of.ts';
import type { Script } from './script.ts';

export interface PacedPlan {
  plan: Plan;
  /** For the user, before the run, where the pace makes it longer. */
  note?: string;
}

/** Who signs in later than this after the last phase is not in a run of the length that was asked for; seconds. */
const LATEST_S = DRAIN_LIMIT_S / 2;
/** Longer than any run: a search for a length that works ends here; seconds. */
const A_DAY_S = 86_400;

/**
 * The plan of a profile, as long as its sign-ins take: phases are stretched in proportion and their arrivals kept, unless
 * `DURATION` says how long it is. Of a concurrent user one sign-in is known: how many sessions follow depends on how long they last.
 * @throws {ConfigError} where they do not fit into `DURATION`, with a combination that works
 */
export function pacedPlan(script: Script, environment: Environment): PacedPlan {
  const asked = planOf(script, environment);
  const perMinute = signInsPerMinute(environment);
  if (perMinute === undefined) return { plan: asked };
  const isFixed = environment.duration !== undefined;
  if (isFixed && !fits(asked, perMinute))
    throw new ConfigError(doesNotFit(script, environment, asked, perMinute));
  const plan = isFixed ? asked : asLongAsSignInsTake(asked, perMinute);
  // At its end each concurrent user may be waiting for a turn.
  const waiting = Math.max(...plan.phases.map((phase) => mostHeld(phase))) * intervalS(perMinute);
  const drain = DRAIN_LIMIT_S + Math.ceil(Math.max(lateness(plan, perMinute), waiting));
  return { plan: { ...plan, drain }, note: noteOf(script, environment, asked, plan) };
}

function noteOf(script: Script, environment: Environment, asked: Plan, plan: Plan): string | undefined {
  if (plan.duration <= asked.duration) return undefined;
  const perMinute = signInsPerMinute(environment) as number;
  const shorter = fewerUsers(script, { ...environment, duration: asked.duration }, perMinute);
  return `${plan.profile} takes ${duration(plan.duration)}, not ${duration(asked.duration)}: its ${plural(signInsOf(plan).length, 'sign-in')} are paced to ${perMinute} a minute${shorter ? `; ${shorter} keeps its length` : ''}`;
}

function doesNotFit(script: Script, environment: Environment, asked: Plan, perMinute: number): string {
  const count = signInsOf(asked).length;
  const combination =
    fewerUsers(script, environment, perMinute) ?? longerForOne(script, environment, perMinute);
  const free = asLongAsSignInsTake(planOf(script, { ...environment, duration: undefined }), perMinute);
  const given = [wordsOf(environment), asked.profile].filter(Boolean);
  return `PACE_SIGN_INS: ${given[0]} is too short for profile ${asked.profile}: ${plural(count, 'sign-in')} at ${perMinute} a minute take ${duration(count * intervalS(perMinute))}. ${combination ? `Set ${combination}, or leave` : 'Leave'} DURATION out (it then takes ${duration(free.duration)}); or lift the target's limit (RATE_LIMIT_ENABLED=false on a test deployment) and set PACE_SIGN_INS=false.`;
}

/** The most users below those asked for with whom the length is enough. */
function fewerUsers(script: Script, scale: Scale, perMinute: number): string | undefined {
  const users = script.config.plugins?.suite?.users ?? 0;
  let [fit, tooMany] = [0, scale.vus ?? Number(users)];
  while (tooMany - fit > 1) {
    const vus = Math.floor((fit + tooMany) / 2);
    if (fits(planOf(script, { ...scale, vus }), perMinute)) fit = vus;
    else tooMany = vus;
  }
  return fit > 0 ? wordsOf({ ...scale, vus: fit }) : undefined;
}

/** The shortest length, in half minutes, that is enough for one user (of each kind, at least one comes). */
function longerForOne(script: Script, scale: Scale, perMinute: number): string | undefined {
  if (!script.config.plugins?.suite?.users) return undefined;
  let length = scale.duration ?? 0;
  while (length < A_DAY_S) {
    const one = { ...scale, vus: 1, duration: length };
    const plan = planOf(script, one);
    if (fits(plan, perMinute)) return wordsOf(one);
    const needed = signInsOf(plan).length * intervalS(perMinute) - LATEST_S;
    length = Math.ceil(Math.max(length + 1, needed) / 30) * 30;
  }
  return undefined;
}

/** `DURATION=2m VUS=3`. */
function wordsOf({ duration: length, vus }: Scale): string {
  const words = [];
  if (length !== undefined) words.push(`DURATION=${length % 60 === 0 ? `${length / 60}m` : `${length}s`}`);
  if (vus !== undefined) words.push(`VUS=${vus}`);
  return words.join(' ');
}

function fits(plan: Plan, perMinute: number): boolean {
  return lateness(plan, perMinute) <= Math.max(LATEST_S, intervalS(perMinute));
}

function asLongAsSignInsTake(plan: Plan, perMinute: number): Plan {
  const enough = (factor: number) => lateness(stretched(plan, factor), perMinute) <= intervalS(perMinute);
  if (enough(1)) return plan;
  let [short, long] = [1, 2];
  while (!enough(long)) [short, long] = [long, long * 2];
  while (long - short > 0.005 * long) {
    const middle = (short + long) / 2;
    if (enough(middle)) long = middle;
    else short = middle;
  }
  return stretched(plan, long);
}

/** Everybody who came comes still, the slower: rates fall as phases grow. */
function stretched(plan: Plan, factor: number): Plan {
  const phases = plan.phases.map((phase) => {
    const length = Math.ceil(phase.duration * factor);
    const [from, to] = phase.rates ?? [];
    const slower = phase.duration / length;
    const rates: [number, number] | undefined =
      from === undefined || to === undefined ? undefined : [from * slower, to * slower];
    return { ...phase, duration: length, rates };
  });
  const length = phases.reduce((sum, phase) => sum + phase.duration, 0);
  return { ...plan, phases, scaled: phases.map(asArtilleryRunsIt), duration: length };
}

/** How long after the last phase the last user signs in, seconds; 0: before its end. */
function lateness(plan: Plan, perMinute: number): number {
  const interval = intervalS(perMinute);
  let last = 0;
  // The check of accounts took the turn before the first.
  let turn = interval;
  for (const moment of signInsOf(plan)) {
    last = Math.max(moment, turn);
    turn = last + interval;
  }
  return Math.max(0, last - plan.duration);
}

/**
 * When each user comes to sign in, seconds from the begin: those who arrive, and each concurrent user when it is first there. A visitor's
 * wrong password counts at the target as well.
 */
function signInsOf({ phases, mix, seed }: Plan): number[] {
  const moments: number[] = [];
  const there = new Map<string, number>();
  let begin = 0;
  for (const [index, phase] of phases.entries()) {
    for (const { name } of mix) {
      const before = there.get(name) ?? 0;
      const most = Math.max(before, mostHeld(phase, [name]));
      there.set(name, most);
      moments.push(...Array.from({ length: most - before }, () => begin));
    }
    for (const ms of arrivalTimes(phase, `${seed} ${index}`)) moments.push(begin + ms / 1000);
    begin += phase.duration;
  }
  return moments.sort((a, b) => a - b);
}

function intervalS(perMinute: number): number {
  return signInIntervalMs(perMinute) / 1000;
}
