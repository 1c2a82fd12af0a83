/** A batch that Prometheus took, whose answer was lost, is refused the second time; whatever else is refused stays refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import { uncompress } from 'snappyjs';
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
  take(body: Buffer): Answer {
    const request = protobuf.parse(WRITE_REQUEST).root.lookupType('WriteRequest');
    const { timeseries } = request.decode(uncompress(new Uint8Array(body))).toJSON() as {
      timeseries: Series[];
    };
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

/** @param lost whether the request with this number, from 1, is taken and not answered; `'before'`: it is not even taken */
async function upload(lost: (number: number) => boolean | 'before', head = new Head(), rows = ROWS) {
  const server = await fakeServer(({ body }, number) => {
    const is = lost(number);
    if (is === 'before') return { status: 0, drop: true };
    const answer = head.take(body);
    return is ? { status: 0, drop: true } : answer;
  });
  let [taken, repeated] = [0, 0];
  const sending = sendAll(prometheusServer({ name: 'prometheus', url: server.url }), rows, {
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

test('a repeat of what was taken counts as there, and is said', async () => {
  const { error, taken, repeated } = await upload((number) => number === 1);
  assert.deepEqual([error, taken, repeated], [undefined, 20, 20]);
});

test('what was lost on the way there is sent again, and nothing is said', async () => {
  const { error, taken, repeated } = await upload((number) => number === 1 && 'before');
  assert.deepEqual([error, taken, repeated], [undefined, 20, 0]);
});

test('out of order without a lost answer is a refusal', async () => {
  const { head } = await upload(() => false);
  const { error, taken } = await upload(() => false, head);
  assert.ok(error instanceof UploadFailed && /answered 400: out of order sample/.test(error.message));
  assert.equal(taken, 0);
});

test('so it is after a lost answer where the server has other values, or newer ones', async () => {
  const others = ROWS.map((one) => ({ ...one, fields: { users: 7 } }));
  for (const known of [others, ROWS.map((one) => ({ ...one, t: one.t + 5000 }))]) {
    const { head } = await upload(() => false, new Head(), known);
    const { error, taken, repeated } = await upload((number) => number === 1 && 'before', head);
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
