/** A user of whom the system knows nothing: a container may run under any number, which has no entry in /etc/passwd. */
import { homedir, tmpdir, userInfo } from 'node:os';

/** Set where the system knows no home folder and others were given one. */
const NO_HOME = 'LOADTEST_NO_HOME';

/**
 * Variables that Artillery and Playwright cannot do without, as far as the system does not know them.
 * @param lookUp throws where the user has no entry
 */
export function variablesOfNobody(
  { HOME, SHELL }: NodeJS.ProcessEnv = process.env,
  lookUp: () => unknown = userInfo,
): Record<string, string> {
  try {
    lookUp();
    return {};
  } catch {
    return { SHELL: SHELL || '/bin/sh', ...(!HOME && { HOME: tmpdir(), [NO_HOME]: 'true' }) };
  }
}

/** undefined where the system knows of none: no folder is meant by `~` then. */
export function homeFolder(env: NodeJS.ProcessEnv = process.env, lookUp = homedir): string | undefined {
  try {
    return env[NO_HOME] ? undefined : lookUp();
  } catch {
    return undefined;
  }
}
