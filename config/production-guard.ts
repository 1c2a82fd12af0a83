/**
 * Keeps load away from production, whatever the environment is called: a target that has production's name or address
 * is only read, only when that was asked for, and by few users. Checked before anything is started or written.
 */
import { lookup as lookUpHost } from 'node:dns/promises';
import { checkUsers, type Environment, type EnvironmentSource, givenVariables } from './environment.ts';
import { type Deployments, loadEnvironments, referredVariable, resolved } from './environments.ts';
import { ConfigError, TargetUnreachable } from './errors.ts';
import { hostOf, ipOf, isLoopback } from './hosts.ts';

/** All IP addresses of a host name; rejects with a `code` when there are none, as `dns.promises.lookup` does. */
export type Lookup = (host: string) => Promise<string[]>;

export interface GuardOptions {
  deployments?: Deployments;
  source?: EnvironmentSource;
  lookup?: Lookup;
}

/** One address of the target or of production. */
interface Address {
  /** How the user named it, for messages. */
  shown: string;
  host: string;
  /** With its default filled in; undefined: any. */
  port?: string;
}

/** Why the target counts as production, and what holds there. */
interface Match {
  name: string;
  why: string;
  maxUsers: number;
}

/** Answers of a name server that mean: there is no such host. Any other failure leaves open where it is. */
const NO_SUCH_HOST = ['ENOTFOUND', 'ENODATA'];

const lookUpAll: Lookup = async (host) =>
  (await lookUpHost(host, { all: true })).map(({ address }) => address);

/**
 * The environment as it may be used: unchanged where the target is not production; else nothing may be changed there
 * and no more than production's users come.
 * @throws ConfigError when production may not be read (ALLOW_PRODUCTION), VUS is too high, or a value cannot be used
 *   whether the target is production
 * @throws TargetUnreachable when the target's host has no address
 */
export async function guarded(
  environment: Environment,
  { deployments = loadEnvironments(), source = givenVariables(), lookup = lookUpAll }: GuardOptions = {},
): Promise<Environment> {
  if (!environment.baseUrl) return environment;
  const match = await productionBehind(environment, deployments, source, lookup);
  if (!match) return environment;
  if (!environment.allowProduction) {
    throw new ConfigError(
      `${match.why}: it may only be read, and only with ALLOW_PRODUCTION=true (--allow-production). Set that, or name another target.`,
    );
  }
  const maxUsers = Math.min(match.maxUsers, environment.maxUsers ?? match.maxUsers);
  const restricted = { ...environment, mayChange: [], maxUsers, production: true };
  checkUsers(restricted, environment.vus ?? 0, 'as asked for');
  return restricted;
}

async function productionBehind(
  environment: Environment,
  deployments: Deployments,
  source: EnvironmentSource,
  lookup: Lookup,
): Promise<Match | undefined> {
  const own = deployments[environment.environment];
  if (own?.production)
    return matchOf(
      environment.environment,
      deployments,
      `ENVIRONMENT=${environment.environment} is production`,
    );
  const targets = [
    addressIn(environment.baseUrl, `BASE_URL=${environment.baseUrl}`),
    addressIn(environment.apiUrl, `API_URL=${environment.apiUrl}`),
  ].filter((address) => address !== undefined);
  for (const name of Object.keys(deployments)) {
    for (const address of productionAddresses(name, deployments, source)) {
      for (const target of targets) {
        const why = await sameAddress(target, address, environment.allowProduction, lookup);
        if (why)
          return matchOf(name, deployments, `${target.shown} ${why} (${name} in config/environments.yml)`);
      }
    }
  }
  return undefined;
}

function matchOf(name: string, deployments: Deployments, why: string): Match {
  return { name, why, maxUsers: deployments[name]?.maxUsers ?? 1 };
}

/** Where a guarded entry is, as far as it says so: references to variables that are not set are left out. */
function productionAddresses(name: string, deployments: Deployments, source: EnvironmentSource): Address[] {
  const { production, baseUrl, apiUrl, addresses } = deployments[name] as Deployments[string];
  if (!production) return [];
  return [baseUrl, apiUrl, ...addresses].flatMap((given) => {
    const value = resolved(given, source);
    if (value === undefined) return [];
    const place = addressIn(value, hostOf(value) ?? '');
    if (place) return [place];
    // Left out silently, it would leave production unguarded.
    throw new ConfigError(
      `${referredVariable(given) ?? `config/environments.yml, ${name}`}: neither a host nor a URL, and it is to say where production is; write e.g. https://scheduler.example.org`,
    );
  });
}

function addressIn(address: string | undefined, shown: string): Address | undefined {
  const host = address === undefined ? undefined : hostOf(address);
  if (address === undefined || host === undefined) return undefined;
  if (!/^https?:\/\//i.test(address)) return { shown, host };
  const { port, protocol } = new URL(address);
  return { shown, host, port: port || (protocol === 'https:' ? '443' : '80') };
}

/** How the target is production, as the end of a sentence; undefined when it is not. */
async function sameAddress(
  target: Address,
  production: Address,
  allowed: boolean,
  lookup: Lookup,
): Promise<string | undefined> {
  // Every machine has a loopback: only one that production's entry names itself counts, at its own port.
  const portsDiffer = production.port !== undefined && target.port !== production.port;
  if (isLoopback(production.host) || isLoopback(target.host)) {
    const both = isLoopback(production.host) && isLoopback(target.host);
    return both && !portsDiffer ? 'is production' : undefined;
  }
  if (target.host === production.host) return 'is production';
  const targetAddresses = await addressesOf(target.host, lookup).catch((error) => {
    throw new TargetUnreachable(
      `${target.shown}: ${target.host} has no address (${error.code}): fix BASE_URL or API_URL, or the machine's name resolution`,
    );
  });
  let guardedAddresses: string[];
  try {
    guardedAddresses = await addressesOf(production.host, lookup);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (NO_SUCH_HOST.includes(code)) return undefined;
    if (allowed) return `may be production, whose host ${production.host} could not be looked up`;
    throw new ConfigError(
      `${target.shown}: production's host ${production.host} could not be looked up (${code}), so that nobody knows whether this is it; fix the machine's name resolution`,
    );
  }
  const shared = targetAddresses.find(
    (address) => guardedAddresses.includes(address) && !isLoopback(address),
  );
  return shared && `has an address of production (${shared}, as ${production.host})`;
}

/** An IP address is its own; in one spelling each, so that two can be compared. */
async function addressesOf(host: string, lookup: Lookup): Promise<string[]> {
  const ip = ipOf(host);
  const found = ip === undefined ? await lookup(host) : [ip];
  return found.map((address) => withoutMapping(ipOf(hostOf(address) ?? address) ?? address));
}

/** `::ffff:c000:20a` is 192.0.2.10 (RFC 4291 §2.5.5.2). */
function withoutMapping(ip: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(ip) ?? [];
  if (high === undefined || low === undefined) return ip;
  return [high, low]
    .map((part) => Number.parseInt(part, 16))
    .flatMap((part) => [part >> 8, part & 255])
    .join('.');
}
