/** Real servers of metrics on loopback, each with a data folder of its own, and what they have when they are asked. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childEnvironment } from '../../config/environment.ts';
import type { Value } from '../../exports/row.ts';
import { program } from './server-programs.ts';

export interface RealServer {
  /** For the table. */
  name: string;
  /** Of `npx loadtest upload`. */
  to: string;
  settings: Record<string, string>;
  /** What the upload must say of it, in part. */
  says?: string;
  /** All that it has of `loadtest_…`. */
  values(): Promise<Value[]>;
  stop(): Promise<void>;
}

const READY_WITHIN = 120_000;

/** With authentication, so that the way of the password is a part of the proof. */
export async function influx1(folder: string): Promise<RealServer> {
  const [port, rpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const data = (name: string) => join(folder, name);
  const stop = await started(program('influxd'), ['run'], `${url}/ping`, {
    INFLUXDB_HTTP_BIND_ADDRESS: `127.0.0.1:${port}`,
    INFLUXDB_BIND_ADDRESS: `127.0.0.1:${rpc}`,
    INFLUXDB_HTTP_AUTH_ENABLED: 'true',
    INFLUXDB_REPORTING_DISABLED: 'true',
    INFLUXDB_META_DIR: data('meta'),
    INFLUXDB_DATA_DIR: data('data'),
    INFLUXDB_DATA_WAL_DIR: data('wal'),
  });
  const [user, password] = ['ann', 'Rounds-0700'];
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const ask = async (q: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ q, epoch: 'ms', ...more });
    return json(await fetch(`${url}/query`, { method: 'POST', body: query, headers: { authorization } }));
  };
  await ask(`CREATE USER ${user} WITH PASSWORD '${password}' WITH ALL PRIVILEGES`);
  await ask('CREATE DATABASE loadtest');
  return {
    name: 'InfluxDB 1.6',
    to: 'influxdb',
    settings: { INFLUX_URL: url, INFLUX_DATABASE: 'loadtest', INFLUX_USER: `${user}:${password}` },
    async values() {
      const { results } = (await ask('SELECT * FROM /^loadtest_/ GROUP BY *', { db: 'loadtest' })) as Influx;
      return (results[0]?.series ?? []).flatMap(({ name, tags, columns, values }) => {
        const labels = Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== ''));
        return values.flatMap(([t, ...all]) =>
          all.flatMap((value, index) =>
            value === null ? [] : [{ metric: `${name}_${columns[index + 1]}`, labels, value, t: t ?? 0 }],
          ),
        );
      });
    },
    stop,
  };
}

interface Influx {
  results: Array<{
    series?: Array<{
      name: string;
      tags: Record<string, string>;
      columns: string[];
      values: Array<Array<number | null>>;
    }>;
  }>;
}

/** @param by the way in which figures go there */
export async function victoriaMetrics(folder: string, by: 'influxdb' | 'prometheus'): Promise<RealServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = [`-storageDataPath=${folder}`, `-httpListenAddr=127.0.0.1:${port}`, '-retentionPeriod=10y'];
  const stop = await started(program('victoria-metrics'), words, `${url}/health`);
  const settings: Record<string, string> =
    by === 'influxdb'
      ? { INFLUX_URL: url, INFLUX_BUCKET: 'loadtest', INFLUX_ORG: 'ops', INFLUX_TOKEN: 'any' }
      : { PROMETHEUS_URL: `${url}/api/v1/write` };
  return {
    name: `VictoriaMetrics 1.79, ${by === 'influxdb' ? 'line protocol of InfluxDB 2' : 'remote write'}`,
    to: by,
    settings,
    async values() {
      await fetch(`${url}/internal/force_flush`);
      const match = encodeURIComponent('{__name__=~"loadtest_.+"}');
      const lines = (await (await fetch(`${url}/api/v1/export?match[]=${match}`)).text()).split('\n');
      return lines.filter(Boolean).flatMap((line) => {
        const { metric: all, values, timestamps } = JSON.parse(line) as Exported;
        const { __name__: metric = '', db: _, ...labels } = all;
        return values.map((value, index) => ({ metric, labels, value, t: timestamps[index] ?? 0 }));
      });
    },
    stop,
  };
}

interface Exported {
  metric: Record<string, string>;
  values: number[];
  timestamps: number[];
}

/**
 * @param by the way in which figures go there; OTLP takes version 3
 * @param window in which values older than the newest of their series are taken; none as Prometheus comes
 */
export async function prometheus(
  folder: string,
  by: 'prometheus' | 'otlp',
  window: '3650d' | 'none' = '3650d',
): Promise<RealServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'prometheus.yml');
  const tsdb = window === 'none' ? '{}' : `{ out_of_order_time_window: ${window} }`;
  writeFileSync(config, `storage: { tsdb: ${tsdb} }\n`);
  const words = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=10y',
    `--web.listen-address=127.0.0.1:${port}`,
    by === 'otlp' ? '--web.enable-otlp-receiver' : '--web.enable-remote-write-receiver',
  ];
  const stop = await started(program(by === 'otlp' ? 'prometheus-3' : 'prometheus'), words, `${url}/-/ready`);
  const settings: Record<string, string> =
    by === 'otlp' ? { OTLP_URL: `${url}/api/v1/otlp/v1/metrics` } : { PROMETHEUS_URL: `${url}/api/v1/write` };
  return {
    name: by === 'otlp' ? 'Prometheus 3, OTLP' : 'Prometheus, remote write',
    to: by,
    settings,
    async values() {
      const query = new URLSearchParams({ query: '{__name__=~"loadtest_.+"}[3000d]' });
      const { data } = (await json(
        await fetch(`${url}/api/v1/query`, { method: 'POST', body: query }),
      )) as Matrix;
      return data.result.flatMap(({ metric: all, values }) => {
        const { __name__: metric = '', job: _, instance: __, ...labels } = all;
        return values.map(([s, value]) => ({
          metric,
          labels,
          value: Number(value),
          t: Math.round(s * 1000),
        }));
      });
    },
    stop,
  };
}

interface Matrix {
  data: { result: Array<{ metric: Record<string, string>; values: Array<[number, string]> }> };
}

/** Gives what ends it. @throws it does not come up */
async function started(
  file: string,
  words: readonly string[],
  health: string,
  settings: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const child = spawn(file, words, { env: childEnvironment(settings), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text).slice(-1000);
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  process.once('exit', () => child.kill('SIGKILL'));
  for (const until = Date.now() + READY_WITHIN; Date.now() < until && isThere(child); await delay(200)) {
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.ok) return stop;
  }
  await stop();
  throw new Error(`${file}: does not come up: ${said}`);
}

const isThere = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
