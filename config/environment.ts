/**
 * The one reader of the environment, by the schema in `variables.ts`. Nothing outside of config/ touches `process.env`
 * (tests/config/environment-is-read-once.test.ts holds that).
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { CHANGES, type MayChange } from './changes.ts';
import { ConfigError } from './errors.ts';
import { ROOT } from './root.ts';
import { type Variables, variables } from './variables.ts';

export { ROOT };

export type EnvironmentSource = Record<string, string | undefined>;

/** Name of the environment that the suite starts for itself. */
export const EMBEDDED = 'embedded';

/** Deployments that other people use: never stood in for by the embedded scheduler. */
const NEEDS_A_TARGET = ['staging', 'production'];

/** What the suite was told, checked and with its defaults filled in. */
export interface Environment {
  /** The target's pages, without a slash at the end. Absent: the suite starts the embedded scheduler. */
  baseUrl?: string;
  /** The target's API, without a slash at the end. Absent only together with `baseUrl`. */
  apiUrl?: string;
  /** `embedded` or `local` unless named. */
  environment: string;
  /** What journeys may change there. */
  mayChange: MayChange;
  /** Absolute path; always there when `baseUrl` is, but for the embedded scheduler. */
  accountsFile?: string;
  /** Length of a whole profile, seconds. Absent: as the profile says. */
  duration?: number;
  /** Users of a whole profile. Absent: as the profile says. */
  vus?: number;
  /** Journeys per session. */
  journeys: number;
  /** Factor on think times. */
  think: number;
  seed: number;
  /** How often each Playwright test runs. */
  repeat: number;
  label?: string;
  dataSize: Variables['DATA_SIZE'];
  /** Absolute path. */
  reportsDir: string;
  /** Absolute path. */
  chromiumPath?: string;
  headed: boolean;
  trace: Variables['TRACE'];
}

/**
 * Reads and checks the environment: `.env` in the project's folder, real variables win, an empty one counts as
 * not set.
 * @throws ConfigError with one line for each variable that cannot be used.
 */
export function readEnvironment(source: EnvironmentSource = givenVariables()): Environment {
  const given: EnvironmentSource = {};
  for (const name of Object.keys(variables.shape)) {
    const value = source[name]?.trim();
    if (value) given[name] = value;
  }
  const read = variables.safeParse(given);
  if (!read.success) {
    throw new ConfigError(
      read.error.issues
        .map(({ path, message }) => problem(String(path[0]), given[String(path[0])], message))
        .join('\n'),
    );
  }
  const v = read.data;
  const environment = v.ENVIRONMENT ?? (v.BASE_URL ? 'local' : EMBEDDED);
  const problems: string[] = [];
  if (v.BASE_URL && !v.ACCOUNTS_FILE && environment !== EMBEDDED) {
    problems.push(
      problem(
        'ACCOUNTS_FILE',
        undefined,
        'missing, and BASE_URL is set; name a YAML file with the accounts to use there',
      ),
    );
  }
  if (!v.BASE_URL && NEEDS_A_TARGET.includes(environment)) {
    problems.push(problem('ENVIRONMENT', environment, 'needs a target; set BASE_URL to its address'));
  }
  if (!v.BASE_URL && v.API_URL) {
    problems.push(problem('API_URL', v.API_URL, 'needs a target; set BASE_URL too, or leave both empty'));
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    baseUrl: v.BASE_URL,
    apiUrl: v.API_URL ?? (v.BASE_URL && `${v.BASE_URL}/api/v1`),
    environment,
    mayChange: environment === 'production' ? [] : CHANGES,
    accountsFile: v.ACCOUNTS_FILE,
    duration: v.DURATION,
    vus: v.VUS,
    journeys: v.JOURNEYS,
    think: v.THINK,
    seed: v.SEED,
    repeat: v.REPEAT,
    label: v.LABEL,
    dataSize: v.DATA_SIZE,
    reportsDir: v.REPORTS_DIR,
    chromiumPath: v.CHROMIUM_PATH,
    headed: v.HEADED,
    trace: v.TRACE,
  };
}

/** The variables as a program started by the suite gets them: this process's own and `added`. */
export function childEnvironment(added: EnvironmentSource = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
}

/**
 * Sets variables for the processes and threads that this one will start, e.g. the address of the embedded
 * scheduler for Artillery's workers. `undefined` takes one away.
 */
export function handDown(vars: EnvironmentSource): void {
  for (const [name, value] of Object.entries(vars)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** What a process of the suite handed down to this one with `handDown`; not for users to set. */
export function handedDown(name: string): string | undefined {
  return process.env[name];
}

/** The variables of `.env`, overruled by those that are really set, be they empty. */
export function givenVariables(
  dotenv: string = resolve(ROOT, '.env'),
  set: EnvironmentSource = process.env,
): EnvironmentSource {
  return { ...(existsSync(dotenv) ? parse(readFileSync(dotenv)) : {}), ...set };
}

/** A URL that holds a password must not come back in a message. */
function problem(name: string, value: string | undefined, message: string): string {
  const shown = value === undefined ? name : `${name}=${value.replace(/\/\/.*@/, '//…@')}`;
  return `${shown}: ${message} (.env.example says more)`;
}
