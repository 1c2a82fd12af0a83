/** The variables of this process, and those of the processes that it starts. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { ROOT } from './root.ts';

export type EnvironmentSource = Record<string, string | undefined>;

/** The variables as a program started by the suite gets them: this process's own and `added`. */
export function childEnvironment(added: EnvironmentSource = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
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

/** The variables of `.env`, overruled by those that are really set, be they empty. */
export function givenVariables(
  dotenv: string = resolve(ROOT, '.env'),
  set: EnvironmentSource = process.env,
): EnvironmentSource {
  return { ...(existsSync(dotenv) ? parse(readFileSync(dotenv)) : {}), ...set };
}
