/** InfluxDB by its official client: line protocol to the API of version 2, or to that of version 1. */
import { HttpError, InfluxDB, Point, setLogger } from '@influxdata/influxdb-client';
import type { InfluxServer } from '../config/metric-servers.ts';
import type { Row } from './row.ts';
import { noAnswer, Refused, retryAfterMs, type Server } from './server.ts';

// What it would print of a failure is in our own line.
setLogger({ error: () => undefined, warn: () => undefined });

/** One request for each call, tried once: who sends knows when to try again. */
const ONCE = { maxRetries: 0, flushInterval: 0, maxBufferLines: 0, gzipThreshold: 1000 } as const;

export function influxServer({ url, bucket, database }: InfluxServer): Server {
  return {
    where: bucket ? `${url}, bucket ${bucket.name}` : `${url}, database ${database?.name}`,
    variables: { address: 'INFLUX_URL', access: bucket ? 'INFLUX_TOKEN' : 'INFLUX_USER' },

    async send(rows, timeout) {
      const client = new InfluxDB({ url, timeout, token: bucket?.token, headers: basicAuth(database?.user) });
      const batch = { batchSize: rows.length + 1, maxBatchBytes: Number.MAX_SAFE_INTEGER };
      const api = client.getWriteApi(bucket?.org ?? '', bucket?.name ?? '', 'ms', { ...ONCE, ...batch });
      if (database) api.path = `/write?db=${encodeURIComponent(database.name)}&precision=ms`;
      try {
        api.writePoints(rows.map(point));
        await api.flush();
      } catch (error) {
        throw refused(error, timeout);
      } finally {
        api.dispose();
      }
    },
  };
}

function point({ measurement, labels, fields, t }: Row): Point {
  const made = new Point(measurement).timestamp(t);
  for (const [name, value] of Object.entries(labels)) made.tag(name, value);
  for (const [name, value] of Object.entries(fields)) made.floatField(name, value);
  return made;
}

function basicAuth(user: { username: string; password: string } | undefined) {
  if (!user) return undefined;
  const credentials = Buffer.from(`${user.username}:${user.password}`).toString('base64');
  return { authorization: `Basic ${credentials}` };
}

function refused(error: unknown, timeout: number): Refused {
  if (!(error instanceof HttpError)) return noAnswer(error, timeout);
  // Its own `retryAfter()` gives seconds as a bare number.
  const header = error.headers?.['retry-after'];
  const retryAfter = retryAfterMs(Array.isArray(header) ? header[0] : header);
  return new Refused(error.body || error.statusMessage || '', { status: error.statusCode, retryAfter });
}
