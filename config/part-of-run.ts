/** How `npx loadtest run` tells an Artillery process that it is one of several which make one run; not for users to set. */
import { type EnvironmentSource, processEnv } from './environment.ts';

const NAME = 'PART_OF_RUN';

/** The variable for a process that is to be a part. @param sessions what the ids of its sessions begin with */
export function asPartOfRun(sessions: string): EnvironmentSource {
  return { [NAME]: sessions };
}

/** What the ids of this process's sessions begin with; undefined: its run is all its own. */
export function partOfRun(): string | undefined {
  return processEnv(NAME) || undefined;
}
