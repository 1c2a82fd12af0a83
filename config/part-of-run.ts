/** How `npx loadtest run` tells an Artillery process that it is one of several which make one run; not for users to set. */
import { type EnvironmentSource, processEnv } from './environment.ts';

const NAME = 'PART_OF_RUN';

/**
 * The variables for a process that becomes a part.
 * @param sessions what the ids of its sessions begin with
 * @param signIns its share of the sign-ins a minute; undefined: they are not paced
 */
export function asPartOfRun(sessions: string, signIns: number | undefined): EnvironmentSource {
  return { [NAME]: sessions, ...(signIns && { PACE_SIGN_INS: String(signIns) }) };
}

/** What the ids of this process's sessions begin with; undefined: its run is all its own. */
export function partOfRun(): string | undefined {
  return processEnv(NAME) || undefined;
}
