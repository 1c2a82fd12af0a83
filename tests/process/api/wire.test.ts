/** How answers come over the wire: packed, and by HTTP/2 where it is offered. */
import assert from 'node:assert/strict';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { z } from 'zod';
import { connectionsTo } from '../../../api/client/connections.ts';
import { operation } from '../../../api/operation.ts';
import type { RequestSample } from '../../../measure/run/samples.ts';
import { client, serve } from '../../api/server.ts';
import { makeCertificate, noTls, serveTls } from '../measure/tls-server.ts';

const LIST = { items: ['Ann'], total: 1 };
const response = z.object({ items: z.array(z.string()), total: z.number() });
const list = operation({ name: 'list', class: 'crud', method: 'GET', path: '/list', response });
const quick = operation({ name: 'quick', class: 'crud', method: 'GET', path: '/quick' });

test('gzip is asked for and unpacked; bytes are those that came over the wire', async (t) => {
  const packed = gzipSync(JSON.stringify(LIST));
  const { apiUrl, received } = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(packed);
  });
  const { api, requests, checks } = client(t, apiUrl);
  const { data } = await api.request(list);
  assert.deepEqual(data, LIST);
  assert.equal(received[0]?.headers['accept-encoding'], 'gzip');
  assert.equal(requests()[0]?.bytes, packed.length);
  assert.deepEqual(checks(), []);
});

const TEXT = JSON.stringify(LIST);
const JSON_TYPE = 'application/json';
for (const [what, headers, body] of [
  ['br', { 'content-encoding': 'br' }, brotliCompressSync(TEXT)],
  ['zstd', { 'content-encoding': 'zstd' }, zstdCompressSync(TEXT)],
  ['deflate', { 'content-encoding': 'deflate' }, deflateSync(TEXT)],
  ['deflate without a zlib header', { 'content-encoding': 'deflate' }, deflateRawSync(TEXT)],
  ['GZIP in capitals', { 'content-encoding': 'GZIP' }, gzipSync(TEXT)],
  ['x-gzip', { 'content-encoding': 'x-gzip' }, gzipSync(TEXT)],
  ['two encodings', { 'content-encoding': 'gzip, br' }, brotliCompressSync(gzipSync(TEXT))],
  ['identity', { 'content-encoding': 'identity' }, TEXT],
  ['a byte order mark', {}, `\ufeff${TEXT}`],
  ['a byte order mark in gzip', { 'content-encoding': 'gzip' }, gzipSync(`\ufeff${TEXT}`)],
  ['a media type in capitals', { 'content-type': 'Application/JSON; Charset=UTF-8' }, TEXT],
  ['a media type of its own', { 'content-type': 'application/vnd.list+json' }, TEXT],
] as const) {
  test(`JSON is read with ${what}`, async (t) => {
    const { apiUrl } = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-type': JSON_TYPE, ...headers }).end(body);
    });
    const { api, checks } = client(t, apiUrl);
    assert.deepEqual((await api.request(list)).data, LIST);
    assert.deepEqual(checks(), []);
  });
}

for (const [what, headers] of [
  ['an encoding that nobody knows', { 'content-encoding': 'compress-me' }],
  ['the name of an encoding that it is not in', { 'content-encoding': 'br' }],
] as const) {
  test(`an answer with ${what} is a failed check, and a sample`, async (t) => {
    const { apiUrl } = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-type': JSON_TYPE, ...headers }).end(TEXT);
    });
    const { api, checks, requests } = client(t, apiUrl);
    await assert.rejects(api.request(list), /200 the answer is not JSON/);
    assert.deepEqual([checks().length, requests().length], [1, 1]);
  });
}

test('what says that it is packed, or JSON, and is not, is a failed check and nothing to go on with', async (t) => {
  const answers: Array<[string, object]> = [
    [JSON.stringify(LIST), { 'content-encoding': 'gzip' }],
    ['{"items":[}', {}],
    ['<html>', {}],
  ];
  const { apiUrl } = await serve(t, (_, response) => {
    const [text, headers] = answers.shift() ?? ['', {}];
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
  });
  const { api, checks } = client(t, apiUrl);
  for (let n = 0; n < 3; n += 1) await assert.rejects(api.request(list), /200 the answer is not JSON/);
  assert.equal(checks().length, 3);
});

/** Speaks HTTP/2 to those who can, and answers after `ms`. Gives its URL and how many connections it has had. */
async function serveHttp2(t: TestContext, ms: number) {
  let connections = 0;
  const versions = new Set<string>();
  const server = createSecureServer({ ...makeCertificate(t), allowHTTP1: true }, (request, response) => {
    versions.add(request.httpVersion);
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"a":');
      setTimeout(() => response.end('1}'), ms);
    }, ms);
  });
  server.on('session', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { apiUrl: `https://127.0.0.1:${port}/api/v1`, versions, connections: () => connections };
}

const sum = ({ blocked = 0, connect = 0, ttfb = 0, download = 0 }: RequestSample) =>
  blocked + connect + ttfb + download;

test('HTTP/2 where it is offered: one connection for many at a time, and the parts of each are right', {
  skip: noTls,
}, async (t) => {
  const { apiUrl, versions, connections } = await serveHttp2(t, 60);
  const dispatcher = connectionsTo(apiUrl, true);
  t.after(() => dispatcher.destroy());
  const { api, requests } = client(t, apiUrl, { dispatcher });
  assert.deepEqual((await api.request(quick)).data, { a: 1 });
  await Promise.all([1, 2, 3, 4].map(() => api.request(quick)));
  assert.deepEqual([...versions], ['2.0']);
  assert.equal(connections(), 1);
  const [first, ...later] = requests();
  assert.ok((first?.connect ?? 0) > 0);
  for (const sample of requests()) {
    assert.ok(Math.abs(sum(sample) - sample.value) < 0.01, JSON.stringify(sample));
    // A client that notices the first byte late has that much less to download; the sum is the target's.
    const { ttfb = 0, download = 0 } = sample;
    assert.ok(ttfb >= 59 && download >= 40 && ttfb + download >= 119, JSON.stringify(sample));
  }
  for (const sample of later) assert.equal(sample.connect, undefined);
});

test('a target without HTTP/2 is spoken to by HTTP/1.1', { skip: noTls }, async (t) => {
  const seen = new Set<string>();
  const url = await serveTls(t, makeCertificate(t), (request, response) => {
    seen.add(request.httpVersion);
    response.end();
  });
  const dispatcher = connectionsTo(`${url}/api/v1`, true);
  t.after(() => dispatcher.destroy());
  const { api } = client(t, `${url}/api/v1`, { dispatcher });
  await Promise.all([1, 2, 3].map(() => api.request(quick)));
  assert.deepEqual([...seen], ['1.1']);
});
