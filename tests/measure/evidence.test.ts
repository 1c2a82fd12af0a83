/** Evidence of failures holds no secret, is not too much, and can be read by others' tools. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { harOf } from '../../measure/evidence/har.ts';
import { masker } from '../../measure/evidence/mask.ts';
import { copyMasked } from '../../measure/evidence/masked-trace.ts';
import { readZip, writeZip } from '../../measure/evidence/zip.ts';
import { errorGroup, errorKind } from '../../measure/run/error-group.ts';
import type { RequestSample } from '../../measure/run/samples.ts';

interface Entry {
  startedDateTime: string;
  time: number;
  timings: { send: number; wait: number; receive: number };
  request: Record<string, unknown> & { url: string };
  response: Record<string, unknown>;
}

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

test('a HAR has the fields that version 1.2 asks for, and no query or body', () => {
  const sample: RequestSample = {
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
    step: 'submit absence',
    page: '/absences',
  };
  const { log } = harOf([sample], '/absences') as { log: { version: string; entries: Entry[] } };
  assert.equal(log.version, '1.2');
  const [entry] = log.entries;
  assert.ok(entry);
  assert.equal(entry.startedDateTime, '2026-11-24T10:00:00.700Z');
  assert.deepEqual(entry.timings, { send: 0, wait: 280, receive: 20 });
  assert.equal(entry.time, entry.timings.send + entry.timings.wait + entry.timings.receive);
  for (const field of [
    'method',
    'url',
    'httpVersion',
    'cookies',
    'headers',
    'queryString',
    'headersSize',
    'bodySize',
  ])
    assert.ok(field in entry.request, field);
  for (const field of [
    'status',
    'statusText',
    'httpVersion',
    'cookies',
    'headers',
    'content',
    'redirectURL',
    'headersSize',
    'bodySize',
  ])
    assert.ok(field in entry.response, field);
  assert.deepEqual(entry.response.headers, [{ name: 'X-Request-ID', value: 'r-1' }]);
  assert.ok(URL.canParse(entry.request.url));
});

test('the same failure with other ids, names and times is one group; another status is another', () => {
  const failure = (id: string, status: number) =>
    `DELETE /absences/${id} answered ${status} for perf-r1-b${id}-absence2`;
  assert.equal(errorGroup('withdraw', failure('17', 500)), errorGroup('withdraw', failure('18', 500)));
  assert.notEqual(errorGroup('withdraw', failure('17', 500)), errorGroup('withdraw', failure('17', 404)));
  assert.notEqual(errorGroup('withdraw', failure('17', 500)), errorGroup('submit', failure('17', 500)));
  assert.equal(errorKind('locator.waitFor: Timeout 20000ms exceeded.'), 'timeout');
  assert.equal(errorKind('GET /people answered 503'), 'status 503');
  assert.equal(errorKind('page.goto: net::ERR_CONNECTION_REFUSED'), 'no answer');
  assert.equal(errorKind('Target page, context or browser has been closed'), 'page gone');
});
