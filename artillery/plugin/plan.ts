import { parseDuration } from '../../config/duration.ts';
import { ConfigError } from '../../config/errors.ts';
import type { PlannedPhase, PlannedScenario } from '../../measure/run/run-json.ts';
import { checkScript } from './check-script.ts';
import { splitArrivals, spreadMix } from './mix.ts';
import { type Phase, roleOf, type Scenario, type Script, viaOf } from './script.ts';

/** Sessions under way when the last phase ends may take this long; then they are cut off. */
export const DRAIN_LIMIT_S = 120;

/** What a run will do: made from the script and the environment, the same in each thread. */
export interface Plan {
  profile: string;
  phases: PlannedPhase[];
  mix: PlannedScenario[];
  /** Phases as Artillery is to run them. */
  scaled: Phase[];
  /** Users at a time that the profile is made for, after `VUS`. */
  users: number;
  /** Seconds, all phases together. */
  duration: number;
}

export interface Scale {
  /** Seconds of the whole profile; undefined: as it is written. */
  duration?: number;
  vus?: number;
}

/**
 * Reads the profile and rescales it: `duration` scales the lengths of all phases in proportion, to whole seconds (rates
 * are kept), `vus` the number of arrivals; each kind of user arrives at least once a phase.
 * @throws ConfigError for a script that the suite cannot promise to run.
 */
export function planOf(script: Script, scale: Scale): Plan {
  const options = script.config.plugins?.suite ?? {};
  const profile = options.profile ?? 'custom';
  checkScript(script, profile);
  if (script.config.engines?.playwright?.trace) {
    throw new ConfigError(
      `profile ${profile}: engines.playwright.trace: Artillery's own traces hold passwords; take it out and set TRACE=all or TRACE=sample`,
    );
  }
  const scenarios = checkScenarios(script.scenarios ?? [], profile);
  const phases = script.config.phases ?? [];
  if (phases.length === 0)
    throw new ConfigError(`profile ${profile}: config.phases is empty; give it a phase`);
  const lengths = phases.map((phase) => secondsOf(phase, profile));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const seconds = wholeSeconds(lengths, scale.duration ?? total);
  const nominal = options.users ?? 0;
  if (scale.vus !== undefined && nominal <= 0) {
    throw new ConfigError(
      `profile ${profile}: VUS cannot scale it; set config.plugins.suite.users to its users`,
    );
  }
  const intensity = scale.vus === undefined ? 1 : scale.vus / nominal;

  const planned: PlannedPhase[] = [];
  const scaled: Phase[] = [];
  for (const [index, phase] of phases.entries()) {
    const name = phase.name ?? `phase ${index + 1}`;
    const length = lengths[index] as number;
    const duration = seconds[index] as number;
    const taking = scenariosOf(phase, scenarios, name, profile);
    const wanted = (arrivalsOf(phase, length, name, profile) * duration * intensity) / length;
    const count = wanted === 0 ? 0 : Math.max(taking.length, Math.round(wanted));
    const shares = taking.map((scenario) => ({
      name: scenario.name as string,
      weight: scenario.weight ?? 1,
    }));
    const counts = splitArrivals(shares, count);
    planned.push({
      name,
      duration,
      warmup: phase.warmup || undefined,
      arrivals: Object.fromEntries(shares.map((share, at) => [share.name, counts[at] as number])),
    });
    scaled.push(
      count === 0 ? { name, pause: duration } : { name, duration, arrivalCount: count, warmup: phase.warmup },
    );
  }
  const started = new Map<string, number>();
  for (const phase of planned) {
    for (const [name, count] of Object.entries(phase.arrivals))
      started.set(name, (started.get(name) ?? 0) + count);
  }
  const all = [...started.values()].reduce((sum, count) => sum + count, 0);
  return {
    profile,
    phases: planned,
    mix: scenarios.map((scenario) => ({
      name: scenario.name as string,
      via: viaOf(scenario),
      role: roleOf(scenario) as PlannedScenario['role'],
      share: all === 0 ? 0 : (started.get(scenario.name as string) ?? 0) / all,
    })),
    scaled,
    users: Math.round(nominal * intensity),
    duration: seconds.reduce((sum, one) => sum + one, 0),
  };
}

/**
 * Splits a time among phases in proportion to their lengths. Artillery refuses a phase whose length is no whole number of
 * seconds (artillery 2.0.34, lib/core/phases.ts), so the whole is rounded, and each phase has one second at least.
 */
function wholeSeconds(lengths: readonly number[], wanted: number): number[] {
  const phases = lengths.map((length, index) => ({ name: String(index), weight: length }));
  return splitArrivals(phases, Math.max(lengths.length, Math.round(wanted)));
}

/** Which scenario each arrival of a planned phase starts, in order. */
export function arrivalOrder(phase: PlannedPhase, mix: readonly PlannedScenario[]): string[] {
  const names = Object.keys(phase.arrivals);
  const groups = names.map((name) => mix.find((scenario) => scenario.name === name)?.via ?? 'api');
  return spreadMix(Object.values(phase.arrivals), groups).map((index) => names[index] as string);
}

function checkScenarios(scenarios: readonly Scenario[], profile: string): Scenario[] {
  if (scenarios.length === 0) throw new ConfigError(`profile ${profile}: it has no scenarios; give it one`);
  const names = new Set<string>();
  for (const scenario of scenarios) {
    const name = scenario.name ?? '';
    if (!name || names.has(name)) {
      throw new ConfigError(
        `profile ${profile}: each scenario needs a name of its own (${name || 'one has none'})`,
      );
    }
    names.add(name);
    if (!roleOf(scenario)) {
      throw new ConfigError(
        `profile ${profile}: scenario "${name}": flowFunction: ${scenario.flowFunction} is not a role; write admin, coordinator, faculty, resident or visitor`,
      );
    }
  }
  return [...scenarios];
}

function scenariosOf(phase: Phase, all: readonly Scenario[], name: string, profile: string): Scenario[] {
  if (!phase.scenarios) return [...all];
  if (phase.scenarios.length === 0) {
    throw new ConfigError(
      `profile ${profile}: phase "${name}": scenarios names none; name one, or leave it out`,
    );
  }
  const unknown = phase.scenarios.find((wanted) => !all.some((scenario) => scenario.name === wanted));
  if (unknown !== undefined) {
    throw new ConfigError(
      `profile ${profile}: phase "${name}" names scenario "${unknown}", which does not exist`,
    );
  }
  return all.filter((scenario) => phase.scenarios?.includes(scenario.name as string));
}

function secondsOf(phase: Phase, profile: string): number {
  const given = phase.duration ?? phase.pause;
  const seconds = typeof given === 'number' ? given : parseDuration(String(given ?? ''));
  if (seconds === null || !(seconds > 0)) {
    throw new ConfigError(
      `profile ${profile}: phase "${phase.name}": duration: ${given} is not a duration; write 30, 30s or 5m`,
    );
  }
  return seconds;
}

/** Arrivals that a phase promises. A ramp's are its mean rate times its length; Artillery itself would floor them. */
function arrivalsOf(phase: Phase, seconds: number, name: string, profile: string): number {
  if (phase.pause !== undefined) return 0;
  if (phase.arrivalCount !== undefined) return phase.arrivalCount;
  if (phase.rampTo !== undefined) {
    throw new ConfigError(
      `profile ${profile}: phase "${name}": rampTo starts no user below 0.5/s; write steps of arrivalCount`,
    );
  }
  if (phase.arrivalRate !== undefined) return phase.arrivalRate * seconds;
  throw new ConfigError(
    `profile ${profile}: phase "${name}" starts nobody; give it an arrivalCount or arrivalRate`,
  );
}
