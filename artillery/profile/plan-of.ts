import { parseDuration } from '../../config/duration.ts';
import type { PlannedPhase, PlannedScenario } from '../../measure/run/plan.ts';
import { capacityPlanOf } from './capacity-plan.ts';
import { checkScript, scenarioAt } from './check-script.ts';
import { heldSeconds, mostHeld } from './concurrent-plan.ts';
import { splitArrivals, spreadMix } from './mix.ts';
import { checkOwnTarget } from './own-target.ts';
import type { Phase } from './phase.ts';
import { phaseLoad } from './phase-load.ts';
import type { Plan, Scale } from './plan.ts';
import { mistakeAt, type Place, ProfileMistake } from './profile-mistake.ts';
import { roleOf, type Scenario, type Script, viaOf } from './script.ts';

/**
 * Reads the profile and rescales it: `duration` scales the lengths of all phases in proportion, to whole seconds (rates
 * are kept), `vus` the number of arrivals and of concurrent users; each kind of user comes at least once a phase.
 * @throws ConfigError for a script that the suite cannot promise to run.
 */
export function planOf(script: Script, scale: Scale): Plan {
  const options = script.config.plugins?.suite ?? {};
  const profile = options.profile ?? 'custom';
  const whole: Place = { words: `profile ${profile}`, path: [] };
  checkOwnTarget(script, profile, scale.baseUrl);
  checkScript(script, profile);
  if (script.config.engines?.playwright?.trace) {
    const says =
      ": engines.playwright.trace: Artillery's own traces hold passwords; take it out and set TRACE=all or TRACE=sample";
    throw mistakeAt(whole, says, 'config', 'engines', 'playwright', 'trace');
  }
  const scenarios = checkScenarios(script.scenarios ?? [], profile);
  const phases = script.config.phases ?? [];
  if (phases.length === 0)
    throw mistakeAt(whole, ': config.phases is empty; give it a phase', 'config', 'phases');
  const places = phases.map(
    ({ name }, index): Place => ({
      words: `profile ${profile}: phase "${name ?? index + 1}"`,
      path: ['config', 'phases', index],
    }),
  );
  const lengths = phases.map((phase, index) => secondsOf(phase, places[index] as Place));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const seconds = wholeSeconds(lengths, scale.duration ?? total);
  const nominal = options.users ?? 0;
  if (scale.vus !== undefined && nominal <= 0) {
    const says = ': VUS cannot scale it; set config.plugins.suite.users to its users';
    throw mistakeAt(whole, says, 'config', 'plugins', 'suite');
  }
  const intensity = scale.vus === undefined ? 1 : scale.vus / nominal;

  const planned = phases.map((phase, index): PlannedPhase => {
    const name = phase.name ?? `phase ${index + 1}`;
    const [length, duration] = [lengths[index] as number, seconds[index] as number];
    const load = phaseLoad(phase, scenarios, { length, duration, intensity }, places[index] as Place);
    return { name, duration, warmup: phase.warmup || undefined, spike: phase.spike || undefined, ...load };
  });
  const longer = (scale.duration ?? total) / total;
  if (planned.every(startsNobody))
    throw mistakeAt(
      whole,
      ': nobody comes in any phase; give one an arrivalCount, or users to hold',
      'config',
      'phases',
    );
  return {
    profile,
    phases: planned,
    mix: mixOf(planned, scenarios),
    scaled: planned.map(asArtilleryRunsIt),
    users: Math.round(nominal * intensity),
    duration: seconds.reduce((sum, one) => sum + one, 0),
    maxTime: scale.maxTime ?? secondsFrom(options.maxTime),
    seed: scale.seed ?? 1,
    capacity: capacityPlanOf(options.capacity, planned, scenarios, profile, {
      time: longer,
      users: intensity,
    }),
  };
}

function startsNobody(phase: PlannedPhase): boolean {
  return sumOf(Object.values(phase.arrivals)) + mostHeld(phase) === 0;
}

/** Of its own phases Artillery keeps the length and the order only: when who starts is the engine's (arrival-process.ts). */
export function asArtilleryRunsIt(phase: PlannedPhase): Phase {
  const { name, duration, warmup } = phase;
  if (startsNobody(phase)) return { name, pause: duration };
  const arrivalCount = sumOf(Object.values(phase.arrivals)) + mostHeld(phase);
  return { name, duration, arrivalCount, warmup };
}

function mixOf(phases: readonly PlannedPhase[], scenarios: readonly Scenario[]): PlannedScenario[] {
  const totals = (counted: Array<Iterable<[string, number]>>) => {
    const totals = new Map<string, number>();
    for (const counts of counted)
      for (const [name, count] of counts) totals.set(name, (totals.get(name) ?? 0) + count);
    return totals;
  };
  const arriving = totals(phases.map(({ arrivals }) => Object.entries(arrivals)));
  const holding = totals(phases.map((phase) => heldSeconds(phase)));
  return scenarios.map((scenario) => {
    const name = scenario.name as string;
    const held = !arriving.get(name) && holding.get(name) ? true : undefined;
    const of = held ? holding : arriving;
    const all = sumOf([...of.values()]);
    return {
      name,
      via: viaOf(scenario),
      role: roleOf(scenario) as PlannedScenario['role'],
      share: all === 0 ? 0 : (of.get(name) ?? 0) / all,
      ...(held && { held }),
    };
  });
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
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
  const groups = names.map((name) => mix.find((scenario) => scenario.name === name)?.via ?? 'http');
  return spreadMix(Object.values(phase.arrivals), groups).map((index) => names[index] as string);
}

function checkScenarios(scenarios: readonly Scenario[], profile: string): Scenario[] {
  if (scenarios.length === 0)
    throw new ProfileMistake(`profile ${profile}: it has no scenarios; give it one`, ['scenarios']);
  const names = new Set<string>();
  for (const [index, scenario] of scenarios.entries()) {
    const name = scenario.name ?? '';
    if (!name || names.has(name)) {
      const says = `profile ${profile}: each scenario needs a name of its own (${name || 'one has none'})`;
      throw new ProfileMistake(says, ['scenarios', index]);
    }
    names.add(name);
    if (!roleOf(scenario)) {
      const says = `: flowFunction: ${scenario.flowFunction} is not a role; write admin, coordinator, faculty, resident or visitor`;
      throw mistakeAt(scenarioAt(profile, scenario, index), says, 'flowFunction');
    }
  }
  return [...scenarios];
}

/** Undefined for what is no length. */
function secondsFrom(given: number | string | undefined): number | undefined {
  const seconds = typeof given === 'number' ? given : parseDuration(String(given ?? ''));
  return seconds !== null && seconds > 0 ? seconds : undefined;
}

function secondsOf(phase: Phase, where: Place): number {
  const given = phase.duration ?? phase.pause;
  const seconds = secondsFrom(given);
  if (seconds === undefined) {
    const key = phase.duration === undefined && phase.pause !== undefined ? 'pause' : 'duration';
    throw mistakeAt(where, `: ${key}: ${given} is not a duration; write 30, 30s or 5m`, key);
  }
  return seconds;
}
