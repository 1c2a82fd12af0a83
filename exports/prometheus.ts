/**
 * Prometheus by remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): a protobuf message in snappy's
 * block format. There is no official client of it for Node.
 */
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import type { PrometheusServer } from '../config/metric-servers.ts';
import { post } from './post.ts';
import { type Row, type Value, valuesOf } from './row.ts';
import { Refused, type Server } from './server.ts';

/** Prometheus, Mimir and Thanos of a value that is older than the newest of its series. */
const OUT_OF_ORDER = /out.of.order/i;

export function prometheusServer({ url, token }: PrometheusServer): Server {
  const write = async (series: ReadonlyArray<readonly Value[]>, timeout: number): Promise<void> => {
    const headers: Record<string, string> = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    };
    if (token) headers.authorization = `Bearer ${token}`;
    await post({ url, headers, body: compress(writeRequest(series)) }, timeout);
  };
  return {
    where: url,
    variables: { address: 'PROMETHEUS_URL', access: 'PROMETHEUS_TOKEN' },

    send: (rows, timeout) => write(bySeries(rows), timeout),

    /**
     * Without an out-of-order window a server refuses values before the newest of their series, also where it has them, and takes a
     * request whole or not at all. The newest value itself it takes a second time where it is the same, and refuses any other.
     */
    async hasTaken({ status, message }, rows, timeout) {
      if (status !== 400 || !OUT_OF_ORDER.test(message)) return false;
      try {
        await write(
          bySeries(rows).map((values) => values.slice(-1)),
          timeout,
        );
        return true;
      } catch (error) {
        if (error instanceof Refused) return false;
        throw error;
      }
    },
  };
}

/** Values of each series in the order of time. */
function bySeries(rows: readonly Row[]): Value[][] {
  const all = Map.groupBy(valuesOf(rows), ({ metric, labels }) => `${metric} ${JSON.stringify(labels)}`);
  return [...all.values()].map((values) => values.sort((a, b) => a.t - b.t));
}

/** `prometheus.WriteRequest`: each series once; labels in the order of their names. */
function writeRequest(series: ReadonlyArray<readonly Value[]>): Uint8Array {
  const message = protobuf.Writer.create();
  for (const values of series) {
    const [{ metric, labels } = { metric: '', labels: {} }] = values;
    const one = message.uint32(10).fork();
    const named = [['__name__', metric], ...Object.entries(labels)] as Array<[string, string]>;
    for (const [name, value] of named.sort(([a], [b]) => (a < b ? -1 : 1)))
      one.uint32(10).fork().uint32(10).string(name).uint32(18).string(value).ldelim();
    for (const { value, t } of values)
      one.uint32(18).fork().uint32(9).double(value).uint32(16).int64(t).ldelim();
    one.ldelim();
  }
  return message.finish();
}
