/**
 * Prometheus by remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): a protobuf message in snappy's
 * block format. There is no official client of it for Node.
 */
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import type { PrometheusServer } from '../config/metric-servers.ts';
import { post } from './post.ts';
import { type Row, type Value, valuesOf } from './row.ts';
import type { Server } from './server.ts';

export function prometheusServer({ url, token }: PrometheusServer): Server {
  return {
    where: url,
    variables: { address: 'PROMETHEUS_URL', access: 'PROMETHEUS_TOKEN' },

    async send(rows, timeout) {
      const headers: Record<string, string> = {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      };
      if (token) headers.authorization = `Bearer ${token}`;
      await post({ url, headers, body: compress(writeRequest(rows)) }, timeout);
    },
  };
}

/** `prometheus.WriteRequest`: each series once, with its values in the order of time; labels in the order of their names. */
export function writeRequest(rows: readonly Row[]): Uint8Array {
  const bySeries = Map.groupBy(valuesOf(rows), ({ metric, labels }) => `${metric} ${JSON.stringify(labels)}`);
  const message = protobuf.Writer.create();
  for (const values of bySeries.values()) {
    const [{ metric, labels } = { metric: '', labels: {} }] = values;
    const series = message.uint32(10).fork();
    const named = [['__name__', metric], ...Object.entries(labels)] as Array<[string, string]>;
    for (const [name, value] of named.sort(([a], [b]) => (a < b ? -1 : 1)))
      series.uint32(10).fork().uint32(10).string(name).uint32(18).string(value).ldelim();
    for (const { value, t } of [...values].sort(byTime))
      series.uint32(18).fork().uint32(9).double(value).uint32(16).int64(t).ldelim();
    series.ldelim();
  }
  return message.finish();
}

const byTime = (a: Value, b: Value) => a.t - b.t;
