/** `/metrics` of a run that goes on, in Prometheus' text format, on loopback. */
import { createServer, type Server } from 'node:http';
import { Gauge, Registry } from 'prom-client';
import { ConfigError } from '../../config/errors.ts';
import { type Row, valuesOf } from '../row.ts';

const LOOPBACK = '127.0.0.1';

/** @param rows those of now */
export function serveMetrics(port: number, rows: () => readonly Row[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end('/metrics is here, and nothing else\n');
      return;
    }
    const registry = registryOf(rows());
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  });
  return listening(server, port);
}

function listening(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve(server));
  });
}

function registryOf(rows: readonly Row[]): Registry {
  const registry = new Registry();
  for (const [name, values] of Map.groupBy(valuesOf(rows), ({ metric }) => metric)) {
    const labelNames = [...new Set(values.flatMap(({ labels }) => Object.keys(labels)))];
    const help = 'provisional, of the run that goes on: docs/upload.md';
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const { labels, value } of values) gauge.set(labels, value);
  }
  return registry;
}

/** @throws {ConfigError} nobody can listen there */
export async function checkPort(port: number): Promise<void> {
  try {
    const server = await listening(createServer(), port);
    await new Promise((closed) => server.close(closed));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'another program uses it' : `cannot be listened on (${code})`;
    throw new ConfigError(`METRICS_PORT=${port}: ${why}. Write another port, or leave it empty.`);
  }
}
