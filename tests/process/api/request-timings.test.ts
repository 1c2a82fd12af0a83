/** Where the time of a request over HTTP goes. The smallest of several is taken: the machine may be busy with others. */
import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type LookupFunction } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { connectionsTo, timedConnector } from '../../../api/client/connections.ts';
import { requestTimings } from '../../../api/client/request-timings.ts';
import { operation } from '../../../api/operation.ts';
import type { RequestSample } from '../../../measure/run/samples.ts';
import { isInterruption } from '../../../measure/steps/failure.ts';
import { client, json, serve } from '../../api/server.ts';
import { makeCertificate, noTls, serveTls } from '../measure/tls-server.ts';

const PARTS = ['blocked', 'connect', 'ttfb', 'download'] as const;
type Part = (typeof PARTS)[number];

const quick = operation({ name: 'quick', class: 'crud', method: 'GET', path: '/quick' });
const brief = operation({ name: 'brief', class: 'crud', method: 'GET', path: '/brief', timeoutMs: 150 });
const mayFail = { mayFail: true };

const sum = (sample: RequestSample) => PARTS.reduce((total, part) => total + (sample[part] ?? 0), 0);
const smallest = (samples: RequestSample[], part: Part) =>
  Math.min(...samples.map((sample) => sample[part] ?? 0));

/** A wait of `ms` is seen in one part of all samples, and the others can do without it. */
function assertOnlyIn(part: Part, ms: number, samples: RequestSample[]): void {
  for (const sample of samples) assertAddsUp(sample);
  for (const other of PARTS) {
    const found = smallest(samples, other);
    // A timer of Node may fire up to 1 ms early.
    if (other === part) assert.ok(found >= ms - 1 && found < ms * 2, `${part} ${found}`);
    else assert.ok(found < ms / 2, `${other} ${found}`);
  }
}

function assertAddsUp(sample: RequestSample): void {
  assertSound(sample);
  assert.ok(Math.abs(sum(sample) - sample.value) < 0.0005, JSON.stringify(sample));
}

function assertSound(sample: RequestSample): void {
  for (const part of ['value', ...PARTS] as const) {
    const found = sample[part];
    assert.ok(found === undefined || (Number.isFinite(found) && found >= 0), JSON.stringify(sample));
  }
}

/** A TCP port that hands on what comes to another, a while after it came; with no other it never says a word. */
async function gate(t: TestContext, onward?: number, wait = 0): Promise<number> {
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    t.after(() => near.destroy());
    if (onward === undefined) return;
    setTimeout(() => {
      const far = connect(onward, '127.0.0.1');
      far.on('error', () => near.destroy());
      near.pipe(far).pipe(near);
    }, wait);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('the first request opens a connection, the next finds it open; the parts add up', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, { a: 'x'.repeat(200_000) }));
  const { api, requests } = client(t, apiUrl);
  for (let n = 0; n < 5; n += 1) await api.request(quick);
  // undici lends a connection again a turn of the event loop after its answer: one at once opens another.
  const [first, , ...later] = requests();
  assert.ok((first?.connect ?? 0) > 0);
  for (const sample of requests()) assertAddsUp(sample);
  for (const sample of later) assert.equal(sample.connect, undefined);
  assert.ok(!('connect' in JSON.parse(JSON.stringify(later[0]))), 'a part of nothing is not in the file');
  assert.ok((first?.ttfb ?? 0) > 0 && (first?.download ?? 0) > 0);
});

test('a name that is slow to be found is in connect', async (t) => {
  const { server } = await serve(t, (_, response) => json(response, 200, {}));
  const { port } = server.address() as AddressInfo;
  const lookup: LookupFunction = (_, __, told) =>
    void setTimeout(() => told(null, [{ address: '127.0.0.1', family: 4 }]), 80);
  const named: RequestSample[] = [];
  for (let n = 0; n < 3; n += 1) {
    const dispatcher = new Pool(`http://slow.test:${port}`, { connect: timedConnector({ lookup }) });
    t.after(() => dispatcher.destroy());
    const { api, requests } = client(t, `http://slow.test:${port}/api/v1`, { dispatcher });
    await api.request(quick);
    named.push(...requests());
  }
  assertOnlyIn('connect', 80, named);
});

test('a slow TLS handshake is in connect', { skip: noTls }, async (t) => {
  const url = await serveTls(t, makeCertificate(t), (_, response) => response.end());
  const port = await gate(t, Number(new URL(url).port), 80);
  const apiUrl = `https://127.0.0.1:${port}/api/v1`;
  const samples: RequestSample[] = [];
  for (let n = 0; n < 3; n += 1) {
    const dispatcher = connectionsTo(apiUrl, true);
    t.after(() => dispatcher.destroy());
    const { api, requests } = client(t, apiUrl, { dispatcher });
    await api.request(quick);
    samples.push(...requests());
  }
  assertOnlyIn('connect', 80, samples);
});

test('a slow head is in ttfb, a slow body in download', async (t) => {
  const { apiUrl } = await serve(t, async ({ url }, response) => {
    if (url.endsWith('/head')) {
      await delay(80);
      return json(response, 200, {});
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const piece of ['{', '"a"', ':', '1']) {
      response.write(piece);
      await delay(30);
    }
    response.end('}');
  });
  const at = (path: string) => operation({ name: path, class: 'crud', method: 'GET', path: `/${path}` });
  const { api, requests } = client(t, apiUrl);
  await api.request(at('head'));
  for (let n = 0; n < 4; n += 1) await api.request(at('head'));
  for (let n = 0; n < 4; n += 1) assert.deepEqual((await api.request(at('body'))).data, { a: 1 });
  const [, ...open] = requests();
  assertOnlyIn(
    'ttfb',
    80,
    open.filter(({ name }) => name === 'head'),
  );
  assertOnlyIn(
    'download',
    4 * 29,
    open.filter(({ name }) => name === 'body'),
  );
});

test('a wait for the only connection is in blocked, and is as long as the request before it', async (t) => {
  const { apiUrl } = await serve(t, async ({ url }, response) => {
    if (url.endsWith('/slow')) await delay(80);
    json(response, 200, {});
  });
  const dispatcher = new Pool(new URL(apiUrl).origin, { connections: 1, connect: timedConnector() });
  t.after(() => dispatcher.destroy());
  const slow = operation({ name: 'slow', class: 'crud', method: 'GET', path: '/slow' });
  const { api, requests } = client(t, apiUrl, { dispatcher });
  await api.request(quick);
  for (let n = 0; n < 4; n += 1) await Promise.all([api.request(slow), api.request(quick)]);
  const waited = requests().filter(({ name }) => name === 'quick');
  assertOnlyIn('blocked', 80, waited.slice(1));
});

test('a target that closes each connection: each request has its own connect, and waits for no other', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, {}, { connection: 'close' }));
  const { api, requests } = client(t, apiUrl);
  for (let n = 0; n < 3; n += 1) await api.request(quick);
  for (const sample of requests()) {
    assertAddsUp(sample);
    assert.ok((sample.connect ?? 0) > 0, JSON.stringify(sample));
  }
});

test('what failed has the parts that it came to', async (t) => {
  const { apiUrl, server } = await serve(t, async ({ url }, response) => {
    if (url.endsWith('/brief')) return; // hangs
    if (url.endsWith('/cut')) response.writeHead(200, { 'content-length': '10' }).write('half');
    await delay(40);
    response.socket?.destroy();
  });
  const at = (path: string) => operation({ name: path, class: 'crud', method: 'GET', path: `/${path}` });
  const { api, requests } = client(t, apiUrl);
  for (const path of ['cut', 'drop', 'brief']) {
    await api.request(path === 'brief' ? brief : at(path), mayFail);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api.request(at('refused'), mayFail);
  const seen = Object.fromEntries(requests().map((sample) => [sample.name, sample]));
  const { cut, drop, brief: hung, refused } = seen;
  assert.ok(cut && drop && hung && refused);
  for (const sample of requests()) {
    assert.equal(sample.status, 0);
    assertSound(sample);
    assert.ok((sample.connect ?? 0) > 0, JSON.stringify(sample));
  }
  assertAddsUp(cut);
  assert.ok((cut.download ?? 0) >= 39, JSON.stringify(cut));
  // No first byte, no ttfb: a wait that nothing ended would be a false one.
  for (const [sample, wait] of [
    [drop, 39],
    [hung, 100],
  ] as const) {
    assert.deepEqual([sample.ttfb, sample.download], [undefined, undefined]);
    assert.ok(sample.value - sum(sample) >= wait, JSON.stringify(sample));
  }
  assertAddsUp(refused);
  assert.deepEqual([refused.ttfb, refused.download], [undefined, undefined]);
});

test('a time-out ends a handshake that goes on for ever, and a wait in the queue', {
  skip: noTls,
}, async (t) => {
  const silent = `https://127.0.0.1:${await gate(t)}/api/v1`;
  const tls = client(t, silent);
  await tls.api.request(brief, mayFail);
  const [shaking] = tls.requests();
  assert.ok(shaking);
  assertAddsUp(shaking);
  assert.equal(shaking.error, 'no whole answer within 0.15 s');
  assert.ok((shaking.connect ?? 0) > 100 && shaking.value < 2_000, JSON.stringify(shaking));

  const held: (() => void)[] = [];
  const { apiUrl, received } = await serve(t, ({ url }, response) => {
    if (url.endsWith('/quick')) held.push(() => json(response, 200, {}));
    else json(response, 200, {});
  });
  const dispatcher = new Pool(new URL(apiUrl).origin, { connections: 1, connect: timedConnector() });
  t.after(() => dispatcher.destroy());
  const { api, requests } = client(t, apiUrl, { dispatcher });
  const first = api.request(quick);
  await api.request(brief, mayFail);
  const [queued] = requests();
  assert.ok(queued);
  assertAddsUp(queued);
  assert.equal(queued.error, 'no whole answer within 0.15 s');
  assert.ok((queued.blocked ?? 0) > 140, JSON.stringify(queued));
  for (const answer of held) answer();
  await first;
  // It gave up its place: those behind it are served, and the target never hears of it.
  assert.equal((await api.request({ ...brief, timeoutMs: 5_000 })).status, 200);
  assert.equal(received.length, 2);
});

test('a stopped run waits for no handshake', { skip: noTls }, async (t) => {
  const stop = new AbortController();
  const { api } = client(t, `https://127.0.0.1:${await gate(t)}/api/v1`, { signal: stop.signal });
  const began = performance.now();
  const hanging = api.request(quick);
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(hanging, isInterruption);
  assert.ok(performance.now() - began < 5_000);
});

test('parts are between the moments, add up after rounding, and are left out where there was nothing', () => {
  const called = 1000.0004;
  const whole = { called, opening: 1000.1, sent: 1002.3333, firstByte: 1010.66666, ended: 1010.99999 };
  const { value, ...parts } = requestTimings(whole);
  assert.deepEqual(parts, { blocked: 0.1, connect: 2.233, ttfb: 8.333, download: 0.334 });
  assert.equal(value, 11);
  // Begun for a request that was given up: only what this one saw of it is its own.
  assert.deepEqual(requestTimings({ ...whole, opening: 900 }).blocked, undefined);
  assert.equal(requestTimings({ ...whole, opening: 900 }).connect, 2.333);
  assert.deepEqual(JSON.parse(JSON.stringify(requestTimings({ called, sent: called, ended: called + 1 }))), {
    value: 1,
  });
  assert.deepEqual(
    JSON.parse(JSON.stringify(requestTimings({ called, opening: called, ended: called + 1 }))),
    {
      value: 1,
      connect: 1,
    },
  );
});
