/** What several profiles must keep to so that they can be run at once. */
import { checkUsers, type Environment, signInsPerMinute } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Threshold } from '../../config/thresholds.ts';
import { usersOf } from '../profile/accounts-needed.ts';
import { splitArrivals } from '../profile/mix.ts';
import type { Plan } from '../profile/plan.ts';
import type { PartPlan } from './messages.ts';

const ALONE = 'run it by itself: npx loadtest run';

/**
 * @param limits of each profile, in order
 * @throws {ConfigError} naming the profile that has to be run by itself, and why
 */
export function checkTogether(
  environment: Environment,
  parts: readonly PartPlan[],
  limits: readonly (readonly Threshold[])[],
): void {
  const names = parts.map(({ plan }) => plan.profile);
  for (const [index, { plan, crossesLimits }] of parts.entries()) {
    const { profile, phases, capacity } = plan;
    if (names.indexOf(profile) !== index) {
      throw new ConfigError(
        `loadtest run: two of the files are profile ${profile}, whose limits and figures could not be distinguished; give one of them another name (config.plugins.suite.profile)`,
      );
    }
    if (crossesLimits) {
      throw new ConfigError(
        `loadtest run: ${profile} crosses the target's rate limits, which it would share with the other profiles; ${ALONE} ${profile}`,
      );
    }
    const searches = capacity !== undefined || phases.some(({ steered }) => steered);
    if (searches || limits[index]?.some(({ breaking }) => breaking)) {
      throw new ConfigError(
        `loadtest run: ${profile} looks for the target's limit by its own users, and the load of other profiles would be found with it; ${ALONE} ${profile}`,
      );
    }
  }
  const users = parts.reduce((sum, { plan }) => sum + usersOf(plan), 0);
  checkUsers(environment, users, names.join(' + '));
}

/**
 * The target counts sign-ins by network address: each profile may send a share of them, in whole ones a minute, so that all
 * together keep the limit at any moment. Undefined: they are not paced.
 * @throws {ConfigError} where there are not enough for all
 */
export function shareSignIns(environment: Environment, plans: readonly Plan[]): number[] | undefined {
  const total = signInsPerMinute(environment);
  if (total === undefined) return undefined;
  if (total < plans.length) {
    throw new ConfigError(
      `PACE_SIGN_INS: ${plans.length} profiles at once need at least as many sign-ins a minute, and the target takes ${total}; run fewer of them at once`,
    );
  }
  const weights = plans.map((plan) => ({ name: plan.profile, weight: usersOf(plan) }));
  return splitArrivals(weights, Math.floor(total));
}
