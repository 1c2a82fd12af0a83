/**
 * Prometheus by remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): a protobuf message in snappy's
 * block format. There is no official client of it for Node.
 */
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import type { PrometheusServer } from '../config/metric-servers.ts';
import { post } from './post.ts';
import type { Value } from './row.ts';
import { bySeries, hasNewest } from './series.ts';
import type { Server } from './server.ts';

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

    hasTaken: (refused, rows, timeout) => hasNewest(refused, rows, (series) => write(series, timeout)),
  };
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
