/** A profile that crosses the target's rate limits needs a target that keeps them. */
import { duration, plural } from '../../analysis/format.ts';
import type { Environment } from '../../config/environment.ts';
import { STOCK_LIMITS } from '../../config/environments.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Plan } from './plan.ts';
import { planOf } from './plan-of.ts';
import { type Scenario, type Script, viaOf } from './script.ts';

/**
 * The environment as such a profile needs it: the embedded scheduler gets the limits of a stock deployment.
 * @throws {ConfigError} where the environment says that its target has none, several users would share a limit, or `DURATION`
 * is shorter than the limits are in force
 */
export async function withLimitsNeeded(
  environment: Environment,
  script: Script,
  { profile, phases, duration: planned }: Plan,
): Promise<Environment> {
  const crossing = await crossingScenarios(script.scenarios);
  if (crossing.length === 0) return environment;
  const needed = planOf(script, { baseUrl: environment.baseUrl }).duration;
  for (const { name = '' } of crossing) {
    const users = phases.reduce((sum, { arrivals }) => sum + (arrivals[name] ?? 0), 0);
    if (users <= 1) continue;
    throw new ConfigError(
      `profile ${profile}: scenario "${name}" would start ${plural(users, 'session')}, which share the target's limits, so that nobody could say at which request each comes; leave ${planned > needed ? 'DURATION' : 'VUS'} out`,
    );
  }
  if (planned < needed)
    throw new ConfigError(
      `DURATION: ${duration(planned)} is too short for profile ${profile}, which waits until the target's limits are over. Leave DURATION out: it takes ${duration(needed)}.`,
    );
  if (environment.rateLimits) return environment;
  if (environment.baseUrl === undefined) return { ...environment, rateLimits: STOCK_LIMITS };
  throw new ConfigError(
    `profile ${profile}: crosses the target's rate limits, and ${environment.environment} has none (rateLimits: off in config/environments.yml); name an ENVIRONMENT that has, with RATE_LIMIT_ENABLED=true and DEBUG=false on its deployment`,
  );
}

/** The scenarios that cross the target's rate limits on purpose. */
export async function crossingScenarios(scenarios: Scenario[] = []): Promise<Scenario[]> {
  const named = scenarios.filter((one) => one.journeys && viaOf(one) === 'http');
  if (named.length === 0) return [];
  const { httpJourneys } = await import('../../api/journeys/registry.ts');
  return named.filter(({ journeys = [] }) =>
    httpJourneys.some(({ name, needs }) => needs === 'rate limits' && journeys.includes(name)),
  );
}

/** For the user, before such a profile begins. */
export async function waitingNote({ scenarios }: Script, plan: Plan): Promise<string | undefined> {
  if ((await crossingScenarios(scenarios)).length === 0) return undefined;
  return `${plan.profile} takes ${duration(plan.duration)}, most of it waiting until the target's limits are over`;
}
