import type { Role } from '../../measure/run/samples.ts';
import type { ApiJourney } from '../journey.ts';
import checkCompliance from './check-compliance.ts';
import checkResilience from './check-resilience.ts';
import generateSchedule from './generate-schedule.ts';
import readMySchedule from './read-my-schedule.ts';
import requestAbsence from './request-absence.ts';
import swapExecution from './swap-execution.ts';
import swapRequest from './swap-request.ts';

export const apiJourneys: readonly ApiJourney[] = [
  readMySchedule,
  requestAbsence,
  swapRequest,
  swapExecution,
  generateSchedule,
  checkCompliance,
  checkResilience,
];

/**
 * The journeys that a session of this role draws from.
 * @param only names of journeys; default: all of the role.
 * @param readOnly leaves out what changes data.
 * @throws {Error} naming what was asked for, when nothing is left: a session that does nothing would look green.
 */
export function apiJourneysFor(
  role: Role,
  { only, readOnly = false }: { only?: readonly string[]; readOnly?: boolean } = {},
): ApiJourney[] {
  for (const name of only ?? []) {
    if (!apiJourneys.some((journey) => journey.name === name)) {
      const known = apiJourneys.map((journey) => journey.name).join(', ');
      throw new Error(`there is no journey "${name}" over HTTP; there are: ${known}`);
    }
  }
  const chosen = apiJourneys.filter(
    ({ name, roles, mutates }) =>
      roles.includes(role) && (only?.includes(name) ?? true) && !(readOnly && mutates),
  );
  if (chosen.length === 0) {
    const which = only ? ` among ${only.join(', ')}` : '';
    throw new Error(`no journey over HTTP for ${role}${which}${readOnly ? ' on a read-only target' : ''}`);
  }
  return chosen;
}
