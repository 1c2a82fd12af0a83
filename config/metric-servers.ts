/** The servers of metrics that variables name. Their secrets come from variables only, and are in no message. */
import { ConfigError } from './errors.ts';
import type { ServerName } from './server-names.ts';
import type { BasicAuth, Variables } from './variables.ts';

export interface InfluxServer {
  name: 'influxdb';
  url: string;
  /** InfluxDB 2 and later, and what speaks its way. */
  bucket?: { org: string; name: string; token?: string };
  /** InfluxDB 1. */
  database?: { name: string; user?: BasicAuth };
}

export interface PrometheusServer {
  name: 'prometheus';
  /** Whole address of its remote-write receiver. */
  url: string;
  token?: string;
}

export interface OtlpServer {
  name: 'otlp';
  /** Whole address for metrics. */
  url: string;
  headers: Record<string, string>;
}

export type MetricServer = InfluxServer | PrometheusServer | OtlpServer;

export interface MetricSettings {
  servers: Partial<Record<ServerName, MetricServer>>;
  /** Where live figures go while a run goes on. */
  liveTo: ServerName[];
  /** Port on loopback where a run shows its live figures. */
  port?: number;
}

/** @returns also what is wrong, a line each */
export function metricSettings(v: Variables): { settings: MetricSettings; problems: string[] } {
  const problems: string[] = [];
  if (v.INFLUX_URL && !v.INFLUX_BUCKET && !v.INFLUX_DATABASE)
    problems.push('INFLUX_URL: no bucket is named. Set INFLUX_BUCKET, or for InfluxDB 1 INFLUX_DATABASE.');
  if (v.INFLUX_BUCKET && v.INFLUX_DATABASE)
    problems.push('INFLUX_BUCKET, INFLUX_DATABASE: both are set. Leave one of them empty.');
  const servers = { influxdb: influx(v), prometheus: prometheus(v), otlp: otlp(v) };
  for (const name of v.LIVE_TO)
    if (!servers[name])
      problems.push(`LIVE_TO: ${name} has no address. Set ${NEEDED[name]}, or leave it out.`);
  return { settings: { servers, liveTo: v.LIVE_TO, port: v.METRICS_PORT }, problems };
}

const SHORTEST_SECRET = 6;

const NEEDED: Record<ServerName, string> = {
  influxdb: 'INFLUX_URL and INFLUX_BUCKET',
  prometheus: 'PROMETHEUS_URL',
  otlp: 'OTLP_URL',
};

/** @throws {ConfigError} it has no address */
export function serverNamed(name: ServerName, { servers }: MetricSettings): MetricServer {
  const server = servers[name];
  if (server) return server;
  throw new ConfigError(`--to ${name}: no address is known. Set ${NEEDED[name]} (docs/upload.md says how).`);
}

/** What no line may show; no run ever has it. A header of few letters, e.g. a tenant's number, is no secret. */
export function secretsOfServers({ servers }: MetricSettings): string[] {
  const { influxdb, prometheus, otlp } = servers as {
    influxdb?: InfluxServer;
    prometheus?: PrometheusServer;
    otlp?: OtlpServer;
  };
  const user = influxdb?.database?.user;
  const all = [
    influxdb?.bucket?.token,
    influxdb?.database?.user?.password,
    user && Buffer.from(`${user.username}:${user.password}`).toString('base64'),
    prometheus?.token,
    // What follows the scheme (`Basic …`) is the secret, too.
    ...Object.values(otlp?.headers ?? {}).flatMap((value) => [value, ...value.split(' ').slice(1)]),
  ].filter((secret) => secret !== undefined);
  return all.filter((secret) => secret.length >= SHORTEST_SECRET);
}

function influx(v: Variables): InfluxServer | undefined {
  const { INFLUX_URL: url, INFLUX_BUCKET: bucket, INFLUX_DATABASE: database } = v;
  if (!url) return undefined;
  if (bucket)
    return {
      name: 'influxdb',
      url,
      bucket: { org: v.INFLUX_ORG ?? '', name: bucket, token: v.INFLUX_TOKEN },
    };
  return database ? { name: 'influxdb', url, database: { name: database, user: v.INFLUX_USER } } : undefined;
}

function prometheus({
  PROMETHEUS_URL: url,
  PROMETHEUS_TOKEN: token,
}: Variables): PrometheusServer | undefined {
  return url ? { name: 'prometheus', url, token } : undefined;
}

function otlp({ OTLP_URL: url, OTLP_HEADERS: headers = {} }: Variables): OtlpServer | undefined {
  return url ? { name: 'otlp', url, headers } : undefined;
}
