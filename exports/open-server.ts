import type { MetricServer } from '../config/metric-servers.ts';
import { Refused, type Server } from './server.ts';

/** The server, by the client for it, which is loaded now. What it says comes without these secrets. */
export async function openServer(settings: MetricServer, secrets: readonly string[]): Promise<Server> {
  const server = await clientOf(settings);
  const without = (error: unknown) => {
    throw error instanceof Refused ? error.without(secrets) : error;
  };
  const { hasTaken } = server;
  return {
    ...server,
    send: (rows, timeoutMs) => server.send(rows, timeoutMs).catch(without),
    ...(hasTaken && { hasTaken: (...asked) => hasTaken(...asked).catch(without) }),
  };
}

async function clientOf(settings: MetricServer): Promise<Server> {
  if (settings.name === 'influxdb') return (await import('./influx.ts')).influxServer(settings);
  if (settings.name === 'prometheus') return (await import('./prometheus.ts')).prometheusServer(settings);
  return (await import('./otlp.ts')).otlpServer(settings);
}
