/** Evidence of failures holds no secret, is not too much, and can be read by others' tools. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

import { answeredError, factsOf } from '../../../measure/errors/classified-error.ts';
import { Evidence } from '../../../measure/evidence/evidence.ts';
import { harOf } from '../../../measure/evidence/har.ts';
import { LastRequests } from '../../../measure/evidence/last-requests.ts';
import { copyMasked } from '../../../measure/evidence/masked-trace.ts';
import { artifactReserver } from '../../../measure/evidence/reserve-artifact.ts';
import { readZip, writeZip } from '../../../measure/evidence/zip.ts';
import { errorGroup } from '../../../measure/run/error-group.ts';
import { masker } from '../../../measure/run/mask.ts';
import type { RequestSample } from '../../../measure/run/samples.ts';

const PASSWORD = 'Rounds at "07:00"! ~ä&<\\';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

const SECRETS: Array<[what: string, text: string]> = [
  ['plain', `fill("${PASSWORD}")`],
  ['in JSON', JSON.stringify({ params: { value: PASSWORD } })],
  ['JSON in JSON', JSON.stringify({ postData: JSON.stringify({ password: PASSWORD }) })],
  ['in a form', `username=ann&password=${new URLSearchParams({ p: PASSWORD }).toString().slice(2)}`],
  ['in a URL', `/login?p=${encodeURIComponent(PASSWORD)}`],
  ['a token in an answer', JSON.stringify({ access_token: TOKEN, refresh_token: 'opaque-refresh' })],
  ['a token in JSON in JSON', JSON.stringify({ body: JSON.stringify({ refresh_token: 'opaque-refresh' }) })],
  ['a bearer header', `Authorization: Bearer ${TOKEN}`],
  ['a header of a HAR', '{"name":"Cookie","value":"access_token=\\"Bearer opaque-refresh\\""}'],
  ['a cookie of a HAR', '{"name":"access_token","value":"\\"Bearer opaque-refresh\\"","path":"/"}'],
  ['a header line', 'set-cookie: session=opaque-refresh; HttpOnly'],
];

test('passwords, tokens, cookies and authorisation are hidden however they are written', () => {
  const mask = masker([PASSWORD]);
  for (const [what, text] of SECRETS) {
    const masked = mask(text);
    assert.ok(masked.includes('(hidden)'), `${what}: ${masked}`);
    for (const part of ['Rounds', '07%3A00', TOKEN, 'eyJ', 'opaque-refresh']) {
      assert.ok(!masked.includes(part), `${what}: ${masked}`);
    }
  }
});

test('what is no secret stays as it is', () => {
  const text = 'open absences: locator.waitFor: Timeout 250ms, heading "Absences Hub", 12 cookies in a jar';
  assert.equal(masker([PASSWORD])(text), text);
  const named = 'submit a wrong password: locator.fill: Timeout 600ms exceeded';
  assert.equal(masker([PASSWORD])(named), named);
  assert.equal(masker([])(''), '');
});

test('a masked line of a trace is still JSON', () => {
  const line = JSON.stringify({
    type: 'resource-snapshot',
    snapshot: {
      request: {
        headers: [
          { name: 'Authorization', value: `Bearer ${TOKEN}` },
          { name: 'Cookie', value: 'access_token="Bearer x"' },
        ],
        postData: { text: `username=a&password=${encodeURIComponent(PASSWORD)}` },
      },
    },
  });
  const { snapshot } = JSON.parse(masker([PASSWORD])(line));
  assert.equal(snapshot.request.headers[1].value, '(hidden)');
  assert.equal(snapshot.request.postData.text, 'username=a&password=(hidden)');
});

test('an archive is read back as it was written, and by other programs', (t) => {
  const entries = [
    { name: 'trace.trace', content: Buffer.from('{"a":1}\n'.repeat(500)) },
    { name: 'resources/ä.bin', content: Buffer.from([0, 1, 2, 255]) },
    { name: 'empty', content: Buffer.alloc(0) },
  ];
  assert.deepEqual(readZip(writeZip(entries)), entries);
  assert.throws(() => readZip(Buffer.from('no archive at all, but long enough')), /not a zip archive/);
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.zip');
  writeFileSync(file, writeZip(entries));
  const python = spawnSync('python3', ['-m', 'zipfile', '-t', file], { encoding: 'utf8' });
  if (python.error) return t.diagnostic('no python3 here: not checked by another program');
  assert.match(python.stdout, /Done testing/);
});

test('a trace is copied without its secrets; pictures stay as they are', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'trace-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const picture = Buffer.concat([Buffer.from([0x89, 0x50, 0, 1]), Buffer.from(PASSWORD)]);
  const entries = [
    { name: 'trace.trace', content: Buffer.from(JSON.stringify({ value: PASSWORD })) },
    { name: 'resources/1.png', content: picture },
  ];
  writeFileSync(join(folder, 'in.zip'), writeZip(entries));
  copyMasked(join(folder, 'in.zip'), join(folder, 'out.zip'), masker([PASSWORD]));
  const [trace, image] = readZip(readFileSync(join(folder, 'out.zip')));
  assert.equal(trace?.content.toString(), '{"value":"(hidden)"}');
  assert.deepEqual(image?.content, picture);
});

/** Lines as Playwright 1.62 writes them: an action, a snapshot of the page, a request, a frame of the film. */
const traceLines = (password: string) => [
  {
    ...{ type: 'before', callId: 'call@6', class: 'Frame', method: 'fill', startTime: 1764455555123.25 },
    params: { selector: 'internal:label="Password"i', value: password },
    beforeSnapshot: 'before@call@6',
  },
  {
    type: 'frame-snapshot',
    snapshot: {
      frameId: 'frame@1',
      html: [
        'HTML',
        {},
        ['BODY', {}, ['INPUT', { type: 'text', __playwright_value_: password }], 'request 200'],
      ],
    },
  },
  {
    type: 'resource-snapshot',
    snapshot: {
      time: 123456789.25,
      request: { method: 'POST', headers: [], postData: { text: JSON.stringify({ password }) } },
      response: { status: 200, content: { size: 1234, mimeType: 'text/html', _sha1: '123456789.html' } },
    },
  },
  { type: 'screencast-frame', sha1: 'page@1-1764455555123.jpeg', width: 1234, height: 200 },
];

for (const password of [
  '1234',
  '200',
  'request',
  'before',
  'input',
  'fill',
  '123456789',
  '1764455555',
  'frame-snapshot',
]) {
  test(`evidence stays readable, and without the password, where that is ${password}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'common-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const lines = traceLines(password);
    const content = Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    writeFileSync(join(folder, 'in.zip'), writeZip([{ name: 'trace.trace', content }]));
    copyMasked(join(folder, 'in.zip'), join(folder, 'out.zip'), masker([password]));
    const [trace] = readZip(readFileSync(join(folder, 'out.zip')));
    const kept = `${trace?.content}`
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    // All but the secret is as it was.
    assert.deepEqual(kept, traceLines('(hidden)'));

    const requests = new LastRequests();
    requests.note(request({ t: 1764455555123, value: 1234, bytes: 200, error: `refused "${password}"` }));
    const har_ = requests.keep(folder, () => 'kept.har', masker([password]));
    const { log } = har.parse(JSON.parse(readFileSync(join(folder, har_ ?? ''), 'utf8')));
    const [entry] = log.entries;
    assert.deepEqual([entry?.time, entry?.response.bodySize, entry?.request.method], [1234, 200, 'POST']);
    assert.equal(entry?.response.comment, 'refused "(hidden)"');
  });
}

/** http://www.softwareishard.com/blog/har-12-spec/: what must be there, and nothing that it does not know. */
const moment = z.iso.datetime({ precision: 3 });
const bytes = z.int().min(-1);
const ms = z.number().min(0);
const header = z.strictObject({ name: z.string(), value: z.string() });
const message = {
  httpVersion: z.string(),
  cookies: z.array(z.never()),
  headers: z.array(header),
  headersSize: bytes,
  bodySize: bytes,
  comment: z.string().optional(),
};
const har = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string() }),
    pages: z.array(
      z.strictObject({
        startedDateTime: moment,
        id: z.string(),
        title: z.string(),
        pageTimings: z.strictObject({}),
      }),
    ),
    entries: z.array(
      z.strictObject({
        pageref: z.string().optional(),
        startedDateTime: moment,
        time: ms,
        request: z.strictObject({
          ...message,
          method: z.string().regex(/^[A-Z]+$/),
          url: z.url(),
          queryString: z.array(z.never()),
        }),
        response: z.strictObject({
          ...message,
          status: z.int().min(0),
          statusText: z.string(),
          content: z.strictObject({ size: bytes, mimeType: z.string() }),
          redirectURL: z.string(),
        }),
        cache: z.strictObject({}),
        timings: z.strictObject({
          blocked: ms.optional(),
          connect: ms.optional(),
          send: ms,
          wait: ms,
          receive: ms,
        }),
        comment: z.string().optional(),
      }),
    ),
  }),
});

const request = (changes: Partial<RequestSample> = {}): RequestSample => ({
  t: Date.parse('2026-11-24T10:00:01Z'),
  kind: 'request',
  name: 'absences.create',
  class: 'write',
  method: 'POST',
  status: 500,
  value: 300,
  unit: 'ms',
  ok: false,
  ttfb: 280,
  bytes: 42,
  requestId: 'r-1',
  step: 'submit the absence',
  page: '/absences',
  ...changes,
});

test('a HAR is what version 1.2 says, of browsers and of HTTP sessions, and holds no query or body', () => {
  const requests = [
    request(),
    // Begun before the other, and no answer came.
    request({ status: 0, value: 900.123, ttfb: undefined, bytes: undefined, error: 'connection refused' }),
    // A browser's clock for the first byte may run a little ahead of that for the last.
    request({ value: 0.3, ttfb: 0.4 }),
    request({
      via: 'http',
      page: undefined,
      step: undefined,
      journey: 'request an absence',
      value: 0.7,
      ttfb: 0.1,
    }),
    request({ via: 'http', value: 1, blocked: 0.125, connect: 0.5, ttfb: 0.25, download: 0.125 }),
    // Could not connect: no rounding may make a part of it negative.
    request({ via: 'http', value: 0.3, blocked: 0.1, connect: 0.2, ttfb: undefined, status: 0 }),
    request({ value: 0, ttfb: 0, status: 308, redirectTo: '/api/v1/people/' }),
  ];
  // What is undefined is not in the file.
  const { log } = har.parse(JSON.parse(JSON.stringify(harOf(requests))));
  assert.deepEqual(
    log.entries.map(({ startedDateTime }) => startedDateTime.slice(17)),
    ['00.099Z', '00.700Z', '00.999Z', '00.999Z', '00.999Z', '00.999Z', '01.000Z'],
  );
  assert.deepEqual(
    log.entries.map(({ response }) => response.redirectURL),
    [...Array(6).fill(''), '/api/v1/people/'],
  );
  for (const { time, timings } of log.entries) {
    const { blocked = 0, connect = 0, send, wait, receive } = timings;
    assert.equal(time, blocked + connect + send + wait + receive);
  }
  const [, answered, , overHttp, connected, refused] = log.entries;
  assert.deepEqual(connected?.timings, { blocked: 0.125, connect: 0.5, send: 0, wait: 0.25, receive: 0.125 });
  assert.deepEqual(refused?.timings, { blocked: 0.1, connect: 0.2, send: 0, wait: 0, receive: 0 });
  assert.deepEqual([answered?.timings.wait, answered?.timings.receive], [280, 20]);
  assert.deepEqual(answered?.response.headers, [{ name: 'X-Request-ID', value: 'r-1' }]);
  assert.deepEqual([answered?.pageref, answered?.comment], ['/absences', 'submit the absence']);
  assert.deepEqual(log.pages, [
    { startedDateTime: '2026-11-24T10:00:00.099Z', id: '/absences', title: '/absences', pageTimings: {} },
  ]);
  assert.deepEqual([overHttp?.pageref, overHttp?.comment], [undefined, 'request an absence']);
});

test('of a session its last 100 requests are kept, and of each distinct error as many failures as asked for', (t) => {
  const runDir = mkdtempSync(join(tmpdir(), 'kept-'));
  t.after(() => rmSync(runDir, { recursive: true }));
  const requests = new LastRequests();
  for (let n = 1; n <= 130; n += 1)
    requests.note(request({ requestId: `r-${n}`, error: `${PASSWORD} refused` }));
  const mask = masker([PASSWORD]);
  const keep = (session: string, error: string) =>
    requests.keep(
      runDir,
      artifactReserver({ runDir, session, keep: 2 }, 'absences.create', { error, errorKind: 'other' }),
      mask,
    );
  const files = [
    keep('h1', 'row 17: 500'),
    keep('h2', 'row 18: 500'),
    keep('h3', 'row 19: 500'),
    keep('h3', 'something else'),
  ];
  assert.equal(files[2], undefined);
  assert.match(files[1] ?? '', /^artifacts\/absences-create-\w+-h2-\w+\.har$/);
  assert.deepEqual(files.filter(Boolean).sort(), globSync('artifacts/*', { cwd: runDir }).sort());
  const text = readFileSync(join(runDir, files[0] ?? ''), 'utf8');
  const { log } = har.parse(JSON.parse(text));
  const ids = log.entries.map(({ response }) => response.headers[0]?.value);
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [100, 'r-31', 'r-130']);
  assert.ok(!text.includes('Rounds'), text.slice(0, 500));
});

test('what a page wrote to its console is kept as text, whatever was in it', async (t) => {
  const runDir = mkdtempSync(join(tmpdir(), 'console-'));
  t.after(() => rmSync(runDir, { recursive: true }));
  const page = Object.assign(new EventEmitter(), { isClosed: () => true });
  const evidence = new Evidence({ page: page as never, runDir, session: 'b1' });
  page.emit('console', { type: () => 'log', text: () => 'a \u001b[31mred\0\u202e\nb' });
  const { consoleLog = '' } = await evidence.take('open', { error: 'gone', errorKind: 'other' });
  assert.match(readFileSync(join(runDir, consoleLog), 'utf8'), /Z log: a red\\u0000\\u202e\nb\n$/);
});

test('the same failure with other ids, names and times is one group; another status is another', () => {
  const failure = (id: string, status: number) =>
    `DELETE /absences/${id} answered ${status} for perf-r1-b${id}-absence2`;
  const group = (step: string, id: string, status: number) =>
    errorGroup(step, factsOf(answeredError(status, failure(id, status))), failure(id, status));
  assert.equal(group('withdraw', '17', 500), group('withdraw', '18', 500));
  assert.notEqual(group('withdraw', '17', 500), group('withdraw', '17', 404));
  assert.notEqual(group('withdraw', '17', 500), group('submit', '17', 500));
});
