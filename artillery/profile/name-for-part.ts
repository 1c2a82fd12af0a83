import type { Phase } from './phase.ts';
import type { Script } from './script.ts';

/**
 * Names of phases and scenarios begin with their profile (`load: steady`), so that no two of a run of several profiles are
 * the same. Changes the script. The main thread and the worker each have a copy of their own.
 */
export function nameForPart(script: Script): void {
  const { config, scenarios = [] } = script;
  const profile = config.plugins?.suite?.profile ?? 'custom';
  const named = (name: string) => `${profile}: ${name}`;
  const counts = <T>(given: T | Record<string, number>) =>
    typeof given === 'object' && given !== null
      ? Object.fromEntries(Object.entries(given).map(([name, count]) => [named(name), count]))
      : given;
  for (const scenario of scenarios) if (scenario.name) scenario.name = named(scenario.name);
  config.phases = config.phases?.map(
    (phase, index): Phase => ({
      ...phase,
      name: named(phase.name ?? `phase ${index + 1}`),
      ...(phase.users !== undefined && { users: counts(phase.users) }),
      ...(phase.rampTo !== undefined && { rampTo: counts(phase.rampTo) }),
      ...(Array.isArray(phase.scenarios) && { scenarios: phase.scenarios.map(named) }),
    }),
  );
}
