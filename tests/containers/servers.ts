/** InfluxDB and Prometheus of Debian's packages, on free ports of loopback, with their data in a folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../config/environment.ts';
import type { Servers } from './panel-queries.ts';
import { installMissing } from './programs.ts';

const READY_WITHIN_MS = 120_000;

/** @throws {ConfigError} where one is missing and cannot be installed */
export function needServers(): void {
  installMissing({ influxd: 'influxdb', prometheus: 'prometheus' });
}

export interface RunningServers extends Servers {
  stop(): Promise<void>;
}

/** Started with a database `loadtest`, and as a remote-write receiver. */
export async function startServers(): Promise<RunningServers> {
  const folder = mkdtempSync(join(tmpdir(), 'servers-'));
  const [influx, rpc, prometheus] = await freePorts(3);
  const at = (port: number | undefined) => `127.0.0.1:${port}`;
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, 'global: {}\n');
  const children = [
    start('influxd', ['run', '-config', '/dev/null'], {
      INFLUXDB_BIND_ADDRESS: at(rpc),
      INFLUXDB_HTTP_BIND_ADDRESS: at(influx),
      INFLUXDB_META_DIR: join(folder, 'meta'),
      INFLUXDB_DATA_DIR: join(folder, 'data'),
      INFLUXDB_DATA_WAL_DIR: join(folder, 'wal'),
      INFLUXDB_REPORTING_DISABLED: 'true',
    }),
    start('prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=${at(prometheus)}`,
      '--web.enable-remote-write-receiver',
    ]),
  ];
  const stop = async () => {
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  const servers = { influxdb: `http://${at(influx)}`, prometheus: `http://${at(prometheus)}`, stop };
  try {
    await untilAnswers(`${servers.influxdb}/ping`);
    await untilAnswers(`${servers.prometheus}/-/ready`);
    await fetch(`${servers.influxdb}/query?q=CREATE+DATABASE+loadtest`, { method: 'POST' });
    return servers;
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(program: string, words: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(program, words, { env: childEnvironment(env), stdio: 'ignore' });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return done();
    child.once('close', () => done());
    child.kill('SIGKILL');
  });
}

async function untilAnswers(url: string): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`${url} does not answer after ${READY_WITHIN_MS} ms`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Ports that nobody listened on a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const listeners = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(listeners.map((one) => new Promise((done) => one.once('listening', done))));
  const ports = listeners.map((one) => (one.address() as { port: number }).port);
  await Promise.all(listeners.map((one) => new Promise((done) => one.close(done))));
  return ports;
}
