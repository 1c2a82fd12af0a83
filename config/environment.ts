/**
 * The one reader of the environment, by the schema in `variables.ts`. Nothing outside of config/ touches `process.env`
 * (tests/config/environment-is-read-once.test.ts holds that).
 */
import type { MayChange } from './changes.ts';
import type { CheckRateSetting } from './check-rate.ts';
import {
  type Deployment,
  type Deployments,
  EMBEDDED,
  loadEnvironments,
  type RateLimits,
  STOCK_LIMITS,
} from './environments.ts';
import { ConfigError } from './errors.ts';
import { type MetricSettings, metricSettings } from './metric-servers.ts';
import { behindPages, type MetricsEndpoint, type UnsetEndpoint } from './metrics-endpoints.ts';
import { didYouMean } from './nearest-name.ts';
import { problem } from './problem.ts';
import { type EnvironmentSource, givenVariables } from './process-env.ts';
import { resolveTarget } from './resolve-target.ts';
import { ROOT } from './root.ts';
import { type Throttle, throttleOf } from './throttle.ts';
import { type BasicAuth, SECRET_VARIABLES, type Variables, variables } from './variables.ts';

export {
  childEnvironment,
  type EnvironmentSource,
  givenVariables,
  processEnv,
  setProcessEnv,
  settleNobody,
} from './process-env.ts';
export { EMBEDDED, ROOT };

/** The suite's settings, checked and with its defaults filled in. */
export interface Environment {
  /** The target's pages, without a slash at the end. Absent: the suite starts the embedded scheduler. */
  baseUrl?: string;
  /** The target's API, without a slash at the end. Absent only together with `baseUrl`. */
  apiUrl?: string;
  /** Its entry in environments.yml; `embedded` or `local` unless named. */
  environment: string;
  /** What journeys may change there. */
  mayChange: MayChange;
  /** Users at a time at most. Absent: no limit. */
  maxUsers?: number;
  /** What to expect there, per minute and network address. Absent: no limits. */
  rateLimits?: RateLimits;
  /** Whether sign-ins are spaced so that `rateLimits.signInsPerMinute` is kept. */
  paceSignIns: boolean;
  /** Guarded: see production-guard.ts, which also finds what is production under another name. */
  production: boolean;
  /** Whether a guarded target may be read. */
  allowProduction: boolean;
  /** Whether certificates are taken unchecked. */
  insecureTls: boolean;
  /** Of HTTP basic authentication before the pages: sent to the origin of `baseUrl` only. */
  basicAuth?: BasicAuth;
  /** Prometheus endpoints of the target, read while a run goes on; and those whose address is not set. */
  metrics: MetricsEndpoint[];
  unsetMetrics: UnsetEndpoint[];
  /** Servers that take figures of runs. */
  metricServers: MetricSettings;
  /** Absolute path; always there when `baseUrl` is, but for the embedded scheduler. */
  accountsFile?: string;
  /** Length of a whole profile, seconds. Absent: as the profile says. */
  duration?: number;
  /** Users of a whole profile. Absent: as the profile says. */
  vus?: number;
  /** Seconds after which a run is stopped, whatever it still has to do. */
  maxTime?: number;
  /** Seconds without any answer after which a run is ended, though the target takes connections. */
  maxUnresponsive: number;
  /** Journeys per session. */
  journeys: number;
  /** Factor on think times. */
  think: number;
  seed: number;
  /** How often each Playwright test runs. */
  repeat: number;
  /** How many Playwright journeys run at once. */
  workers: number;
  label?: string;
  /** Of the target, where the user says it. Absent: the target is asked. */
  targetVersion?: string;
  dataSize: Variables['DATA_SIZE'];
  /** Absolute path. */
  reportsDir: string;
  /** Absolute path. For what is built once, and for what Playwright writes while tests run. */
  cacheDir: string;
  /** What browsers are slowed down by. Absent: nothing. */
  throttle?: Throttle;
  /** Absolute path. */
  chromiumPath?: string;
  /** Whose connections HTTP sessions send on. */
  connections: Variables['CONNECTIONS'];
  /** Whether Artillery prints its own metrics instead of the suite's lines. */
  artilleryStatistics: boolean;
  /** Absolute path; only the bench over HTTP asks. */
  k6Path?: string;
  headed: boolean;
  /** Whether each user has a browser of its own. Absent: as the profile says, else all share one. */
  browserPerUser?: boolean;
  /** Failures of each distinct error that are kept with evidence. */
  artifacts: number;
  /** Which sessions a Playwright trace is recorded of. Absent: each perf test, no session under load. */
  trace?: Variables['TRACE'];
  /** Share of the answers over HTTP that are compared with their schema. */
  checkRate: CheckRateSetting;
}

/**
 * Reads and checks the environment: `.env` in the project's folder, real variables win, an empty one counts as
 * not set.
 * @throws ConfigError with one line for each variable that cannot be used.
 */
export function readEnvironment(
  source: EnvironmentSource = givenVariables(),
  deployments: Deployments = loadEnvironments(),
): Environment {
  const v = readVariables(source);
  const environment = v.ENVIRONMENT ?? (v.BASE_URL ? 'local' : EMBEDDED);
  const deployment = deploymentOf(environment, deployments);
  const { baseUrl, apiUrl, accounts, metrics, problems } = resolveTarget({
    environment,
    deployment,
    v,
    source,
  });
  const { maxUsers } = deployment;
  if (v.VUS !== undefined && maxUsers !== undefined && v.VUS > maxUsers) {
    problems.push(problem('VUS', String(v.VUS), tooManyUsers(environment, maxUsers)));
  }
  const servers = metricSettings(v);
  problems.push(...servers.problems);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    baseUrl,
    apiUrl,
    environment,
    mayChange: deployment.mayChange,
    maxUsers,
    ...signInPace(deployment, v.PACE_SIGN_INS),
    production: deployment.production,
    allowProduction: v.ALLOW_PRODUCTION,
    insecureTls: v.INSECURE_TLS,
    basicAuth: v.BASIC_AUTH,
    metrics: behindPages(metrics.found, { baseUrl, apiUrl, basicAuth: v.BASIC_AUTH }),
    unsetMetrics: metrics.unset,
    metricServers: servers.settings,
    accountsFile: accounts,
    duration: v.DURATION,
    vus: v.VUS,
    maxTime: v.MAX_TIME,
    maxUnresponsive: v.MAX_UNRESPONSIVE,
    journeys: v.JOURNEYS,
    think: v.THINK,
    seed: v.SEED,
    repeat: v.REPEAT,
    workers: v.WORKERS,
    label: v.LABEL,
    targetVersion: v.TARGET_VERSION,
    dataSize: v.DATA_SIZE,
    reportsDir: v.REPORTS_DIR,
    cacheDir: v.CACHE_DIR,
    throttle: throttleOf(v.THROTTLE, v.CPU_SLOWDOWN),
    chromiumPath: v.CHROMIUM_PATH,
    connections: v.CONNECTIONS,
    artilleryStatistics: v.ARTILLERY_STATISTICS,
    k6Path: v.K6_PATH,
    headed: v.HEADED,
    browserPerUser: v.BROWSER_PER_USER,
    artifacts: v.ARTIFACTS,
    trace: v.TRACE,
    checkRate: v.CHECK_RATE,
  };
}

/** The suite's own variables. An empty one counts as not set. @throws ConfigError with one line for each that is wrong */
function readVariables(source: EnvironmentSource): Variables {
  const given: EnvironmentSource = {};
  for (const name of Object.keys(variables.shape)) {
    const value = source[name]?.trim();
    if (value) given[name] = value;
  }
  const read = variables.safeParse(given);
  if (read.success) return read.data;
  throw new ConfigError(
    read.error.issues
      .map(({ path, message }) => {
        const name = String(path[0]);
        return problem(name, SECRET_VARIABLES.includes(name) ? undefined : given[name], message);
      })
      .join('\n'),
  );
}

function deploymentOf(environment: string, deployments: Deployments): Deployment {
  const deployment = deployments[environment];
  if (deployment) return deployment;
  const known = Object.keys(deployments);
  const near = didYouMean(environment, known) || ';';
  throw new ConfigError(
    problem(
      'ENVIRONMENT',
      environment,
      `not in config/environments.yml${near} write ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
    ),
  );
}

/** Whether sign-ins are paced, and to which limits. */
function signInPace(
  deployment: Deployment,
  asked: Variables['PACE_SIGN_INS'],
): Pick<Environment, 'paceSignIns' | 'rateLimits'> {
  const pace = asked ?? deployment.paceSignIns;
  const paceSignIns = pace !== false;
  // Somebody who asks for paced sign-ins expects limits: the stock ones, where the entry says none.
  const rateLimits = deployment.rateLimits ?? (paceSignIns ? STOCK_LIMITS : undefined);
  return {
    rateLimits:
      rateLimits && typeof pace === 'number' ? { ...rateLimits, signInsPerMinute: pace } : rateLimits,
    paceSignIns,
  };
}

/** What no file of a run may hold, besides the accounts' passwords. */
export function secretsOf({ basicAuth }: Environment): string[] {
  return basicAuth ? [basicAuth.password, `${basicAuth.username}:${basicAuth.password}`] : [];
}

/** Sign-ins that may be sent in a minute; undefined: they are not paced. */
export function signInsPerMinute({ paceSignIns, rateLimits }: Environment): number | undefined {
  return paceSignIns ? rateLimits?.signInsPerMinute : undefined;
}

/**
 * Makes sure that no more users come than the environment bears.
 * @throws ConfigError naming VUS
 */
export function checkUsers(environment: Environment, users: number, profile: string): void {
  const { maxUsers } = environment;
  if (maxUsers === undefined || users <= maxUsers) return;
  throw new ConfigError(
    `VUS: profile ${profile} has ${users} users at a time: ${tooManyUsers(environment.environment, maxUsers)}`,
  );
}

function tooManyUsers(environment: string, maxUsers: number): string {
  return `${environment} allows at most ${maxUsers} ${maxUsers === 1 ? 'user' : 'users'} (maxUsers in config/environments.yml); write VUS=${maxUsers} or less`;
}
