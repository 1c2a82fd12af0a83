/** An upload goes on through what passes, ends at what does not, and goes on later where it stopped. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Progress } from '../../exports/progress.ts';
import { type Row, row } from '../../exports/row.ts';
import { ROWS_AT_A_TIME, sendAll } from '../../exports/send-all.ts';
import { Refused, retryAfterMs, type Server } from '../../exports/server.ts';
import { UploadFailed } from '../../exports/upload-failed.ts';

const rowsOf = (n: number): Row[] =>
  Array.from({ length: n }, (_, index) =>
    row('loadtest_second', { run: 'a' }, { users: index }, index),
  ).flat();
const ROWS = rowsOf(1200);

/** Takes rows, unless this gives an error for the request with this number, from 1. */
function server(refusal: (rows: readonly Row[], number: number) => Refused | undefined = () => undefined) {
  const taken: Row[] = [];
  const sizes: number[] = [];
  const made: Server = {
    where: 'http://127.0.0.1:1',
    variables: { address: 'INFLUX_URL', access: 'INFLUX_TOKEN' },
    async send(rows) {
      sizes.push(rows.length);
      const refused = refusal(rows, sizes.length);
      if (refused) throw refused;
      taken.push(...rows);
    },
  };
  return { server: made, taken, sizes };
}

/** Waits that are noted and not waited for. */
function waits() {
  const ms: number[] = [];
  return { ms, wait: async (one: number) => void ms.push(one) };
}

const failure = async (sending: Promise<void>) => {
  const error = await sending.then(() => assert.fail('it did not fail')).catch((found: unknown) => found);
  assert.ok(error instanceof UploadFailed, String(error));
  return error;
};

test('rows go in batches, one after the other, each once and in order', async () => {
  const { server: one, taken, sizes } = server();
  await sendAll(one, ROWS);
  assert.deepEqual(sizes, [ROWS_AT_A_TIME, ROWS_AT_A_TIME, 200]);
  assert.deepEqual(taken, ROWS);
});

test('429 is waited for as long as the server asks, and the batch is sent again', async () => {
  const { server: one, taken } = server((_, number) =>
    number === 2 ? new Refused('slow down', { status: 429, retryAfter: 7000 }) : undefined,
  );
  const { ms, wait } = waits();
  await sendAll(one, ROWS, { wait });
  assert.deepEqual(ms, [7000]);
  assert.deepEqual(taken, ROWS);
});

test('a server that is away in the middle is tried again, at growing distances', async () => {
  const { server: one, taken } = server((_, number) =>
    number >= 2 && number <= 4 ? new Refused('no answer (ECONNREFUSED)') : undefined,
  );
  const { ms, wait } = waits();
  await sendAll(one, ROWS, { wait });
  assert.deepEqual(ms, [1000, 2000, 4000]);
  assert.deepEqual(taken, ROWS);
});

test('413 halves the batches until they fit', async () => {
  const {
    server: one,
    taken,
    sizes,
  } = server((rows) => (rows.length > 150 ? new Refused('too large', { status: 413 }) : undefined));
  await sendAll(one, ROWS);
  assert.deepEqual(taken, ROWS);
  assert.deepEqual(sizes.slice(0, 4), [500, 250, 125, 125]);
});

const ENDS: Array<[status: number | undefined, exitCode: number, says: RegExp]> = [
  [
    401,
    2,
    /answered 401: because \(500 of 1200 rows are there\)\. Set INFLUX_TOKEN to one that may write there\.$/,
  ],
  [404, 2, /answered 404.*Correct INFLUX_URL/],
  [307, 2, /answered 307.*Correct INFLUX_URL/],
  [429, 1, /answered 429.*Wait, and run the same command again: it goes on where it stopped\.$/],
  [400, 1, /answered 400: because/],
  [undefined, 4, /^http:\/\/127\.0\.0\.1:1: because \(500 of.*Start the server or correct INFLUX_URL/],
];
for (const [status, exitCode, says] of ENDS) {
  test(`${status ?? 'no answer'}, again and again, ends the upload: server, what it said, what to do`, async () => {
    const { server: one } = server((_, number) =>
      number > 1 ? new Refused('because', { status }) : undefined,
    );
    const error = await failure(sendAll(one, ROWS, { wait: async () => undefined }));
    assert.equal(error.exitCode, exitCode);
    assert.match(error.message, says);
  });
}

test('a wait is never longer than a minute, and there is an end to tries', async () => {
  const { server: one, sizes } = server(() => new Refused('later', { status: 503, retryAfter: 3_600_000 }));
  const { ms, wait } = waits();
  await failure(sendAll(one, ROWS, { wait }));
  assert.deepEqual(ms, [60_000, 60_000, 60_000, 60_000, 60_000]);
  assert.equal(sizes.length, 6);
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-30T10:00:00Z');
  assert.equal(retryAfterMs('120', now), 120_000);
  assert.equal(retryAfterMs('Mon, 30 Nov 2026 10:00:30 GMT', now), 30_000);
  assert.equal(retryAfterMs('soon', now), undefined);
});

const folder = mkdtempSync(join(tmpdir(), 'upload-'));
after(() => rmSync(folder, { recursive: true }));

test('what a server took is noted: the next upload goes on there, and another server has notes of its own', async () => {
  const { server: one, taken } = server((_, number) =>
    number === 3 ? new Refused('away', { status: 400 }) : undefined,
  );
  const first = new Progress(folder, one.where, ROWS);
  await failure(sendAll(one, ROWS, { onTaken: (rows) => first.note(rows) }));
  new Progress(folder, 'http://127.0.0.1:2', ROWS).note(1200);
  const second = new Progress(folder, one.where, ROWS);
  assert.equal(second.taken, 1000);
  await sendAll(one, ROWS, { from: second.taken, onTaken: (rows) => second.note(rows) });
  assert.deepEqual(taken, ROWS);
  assert.equal(new Progress(folder, one.where, ROWS).taken, 1200);
});

test('other rows of the same run are sent from the start, and so are all where the note is damaged', () => {
  const where = 'http://127.0.0.1:3';
  new Progress(folder, where, ROWS).note(700);
  assert.equal(new Progress(folder, where, ROWS).taken, 700);
  assert.equal(new Progress(folder, where, rowsOf(1199)).taken, undefined);
  writeFileSync(join(folder, 'upload.json'), '{"http://127.0.0.1:3": {"taken": "many"');
  assert.equal(new Progress(folder, where, ROWS).taken, undefined);
});

test('where no note can be written the upload goes on', () => {
  const progress = new Progress(join(folder, 'missing'), 'http://127.0.0.1:4', ROWS);
  progress.note(500);
  assert.equal(progress.trouble, 'ENOENT');
});

test('a note holds no secret and no rows', () => {
  new Progress(folder, 'http://127.0.0.1:5', ROWS).note(500);
  const text = readFileSync(join(folder, 'upload.json'), 'utf8');
  assert.ok(text.length < 1000);
});
