/** The variables of this process, and those of the processes that it starts. */
import { resolve } from 'node:path';
import { readEnvFile } from './env-file.ts';
import { ConfigError } from './errors.ts';
import { variablesOfNobody } from './nobody.ts';
import { ROOT } from './root.ts';
import { misspeltVariables } from './variable-names.ts';

export type EnvironmentSource = Record<string, string | undefined>;

/** The variables as a program started by the suite gets them: this process's own and `added`. */
export function childEnvironment(added: EnvironmentSource = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...variablesOfNobody(), ...added };
}

/** Makes this process one that a user without an entry can run. */
export function settleNobody(): void {
  setProcessEnv(variablesOfNobody());
}

/**
 * Sets variables for the processes and threads that this one will start, e.g. the address of the embedded
 * scheduler for Artillery's workers. `undefined` takes one away.
 */
export function setProcessEnv(vars: EnvironmentSource): void {
  for (const [name, value] of Object.entries(vars)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** A variable of this process, e.g. one that the process which started it set by `setProcessEnv`. */
export function processEnv(name: string): string | undefined {
  return process.env[name];
}

/**
 * The variables of `.env`, overruled by those that are really set, be they empty.
 * @throws {ConfigError} one line for each name in `.env` that nothing reads, or one for names that are set and misspelt
 */
export function givenVariables(
  dotenv: string = resolve(ROOT, '.env'),
  set: EnvironmentSource = process.env,
): EnvironmentSource {
  const misspelt = set === process.env ? misspeltVariables(set) : undefined;
  if (misspelt !== undefined) throw new ConfigError(misspelt);
  return { ...readEnvFile(dotenv), ...set };
}
