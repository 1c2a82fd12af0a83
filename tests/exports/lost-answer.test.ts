/** A batch that Prometheus took, whose answer was lost, is refused the second time; whatever else is refused stays refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import { uncompress } from 'snappyjs';
import { otlpServer } from '../../exports/otlp.ts';
import { prometheusServer } from '../../exports/prometheus.ts';
import { type Row, row } from '../../exports/row.ts';
import { sendAll } from '../../exports/send-all.ts';
import { UploadFailed } from '../../exports/upload-failed.ts';
import { type Answer, fakeServer } from './fake-server.ts';
import { WRITE_REQUEST } from './write-request.ts';

const T = 1_796_026_180_555;
const ROWS: Row[] = Array.from({ length: 20 }, (_, index) =>
  row('loadtest_second', { run: 'a' }, { users: index % 3 }, T + index * 1000),
).flat();

interface Series {
  labels: unknown;
  samples: Array<{ value?: number; timestamp: string }>;
}

/**
 * As the head of Prometheus without an out-of-order window (tsdb/head_append.go, `appendable`): older than the newest of a series is out
 * of order, the newest again is fine, with another value a duplicate; a request is taken whole or not at all.
 */
class Head {
  readonly newest = new Map<string, { t: number; value: number }>();
  take(timeseries: readonly Series[]): Answer {
    const next = new Map(this.newest);
    for (const { labels, samples } of timeseries)
      for (const { value = 0, timestamp } of samples) {
        const key = JSON.stringify(labels);
        const known = next.get(key);
        const t = Number(timestamp);
        if (known && t < known.t) return { status: 400, body: 'out of order sample\n' };
        if (known && t === known.t && value !== known.value)
          return { status: 400, body: 'duplicate sample for timestamp\n' };
        next.set(key, { t, value });
      }
    for (const [key, one] of next) this.newest.set(key, one);
    return { status: 204 };
  }
}

function writtenSeries(body: Buffer): Series[] {
  const request = protobuf.parse(WRITE_REQUEST).root.lookupType('WriteRequest');
  return (request.decode(uncompress(new Uint8Array(body))).toJSON() as { timeseries: Series[] }).timeseries;
}

interface OtlpRequest {
  resourceMetrics: Array<{
    scopeMetrics: Array<{
      metrics: Array<{
        name: string;
        gauge: { dataPoints: Array<{ attributes: unknown; timeUnixNano: string; asDouble: number }> };
      }>;
    }>;
  }>;
}

function otlpSeries(body: Buffer): Series[] {
  const { resourceMetrics } = JSON.parse(body.toString()) as OtlpRequest;
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
  return metrics.flatMap(({ name, gauge }) =>
    gauge.dataPoints.map(({ attributes, timeUnixNano, asDouble: value }) => ({
      labels: [name, attributes],
      samples: [{ value, timestamp: timeUnixNano.slice(0, -6) }],
    })),
  );
}

interface Given {
  head?: Head;
  rows?: Row[];
  known?: number;
  by?: 'prometheus' | 'otlp';
}

/**
 * @param lost whether the request with this number, from 1, is taken and not answered; `'before'`: it is not even taken; `'gateway'`: a
 * gateway answers instead of the server
 * @param known rows of an upload before this one
 */
async function upload(
  lost: (number: number) => boolean | 'before' | 'gateway',
  { head = new Head(), rows = ROWS, known, by = 'prometheus' }: Given = {},
) {
  const server = await fakeServer(({ body }, number) => {
    const is = lost(number);
    if (is === 'before') return { status: 0, drop: true };
    const answer = head.take(by === 'otlp' ? otlpSeries(body) : writtenSeries(body));
    if (is === 'gateway') return { status: 504 };
    return is ? { status: 0, drop: true } : answer;
  });
  let [taken, repeated] = [0, 0];
  const { url } = server;
  const client =
    by === 'otlp'
      ? otlpServer({ name: 'otlp', url, headers: {} })
      : prometheusServer({ name: 'prometheus', url });
  const sending = sendAll(client, rows, {
    known,
    wait: async () => undefined,
    onTaken: (so) => {
      taken = so;
    },
    onRepeated: (n) => {
      repeated += n;
    },
  });
  const error = await sending.catch((found: unknown) => found);
  return { error, taken, repeated, head };
}

test('a repeat of what was taken counts as there, and is said, by remote write and by OTLP', async () => {
  for (const by of ['prometheus', 'otlp'] as const) {
    const { error, taken, repeated } = await upload((number) => number === 1, { by });
    assert.deepEqual([error, taken, repeated], [undefined, 20, 20], by);
  }
});

test('so it does where the answers to later questions are lost too, where a gateway answers, and where another command asks again', async () => {
  for (const lost of [
    (number: number) => number === 1 || number === 3,
    (number: number) => number === 1 && 'gateway',
  ] as const) {
    const { error, taken, repeated } = await upload(lost);
    assert.deepEqual([error, taken, repeated], [undefined, 20, 20]);
  }
  const { head } = await upload(() => false);
  const { error, taken, repeated } = await upload(() => false, { head, known: 0 });
  assert.deepEqual([error, taken, repeated], [undefined, 20, 20]);
});

test('what was lost on the way there is sent again, and nothing is said', async () => {
  const { error, taken, repeated } = await upload((number) => number === 1 && 'before');
  assert.deepEqual([error, taken, repeated], [undefined, 20, 0]);
});

test('out of order without a lost answer is a refusal', async () => {
  const { head } = await upload(() => false);
  const { error, taken } = await upload(() => false, { head });
  assert.ok(error instanceof UploadFailed && /answered 400: out of order sample/.test(error.message));
  assert.equal(taken, 0);
});

test('so it is after a lost answer where the server has other values, or newer ones', async () => {
  const others = ROWS.map((one) => ({ ...one, fields: { users: 7 } }));
  for (const known of [others, ROWS.map((one) => ({ ...one, t: one.t + 5000 }))]) {
    const { head } = await upload(() => false, { rows: known });
    const { error, taken, repeated } = await upload((number) => number === 1 && 'before', { head });
    assert.ok(error instanceof UploadFailed && /answered 400: out of order sample/.test(error.message));
    assert.deepEqual([taken, repeated], [0, 0]);
  }
});

test('any other refusal of a repeat is one', async () => {
  const server = await fakeServer((_, number) =>
    number === 1 ? { status: 0, drop: true } : { status: 400, body: 'out of bounds' },
  );
  await assert.rejects(
    sendAll(prometheusServer({ name: 'prometheus', url: server.url }), ROWS, { wait: async () => undefined }),
    /answered 400: out of bounds/,
  );
});
