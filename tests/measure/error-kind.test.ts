import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answeredError, ClassifiedError, factsOf } from '../../measure/errors/classified-error.ts';
import { foreignKind } from '../../measure/errors/foreign-texts.ts';
import { ERROR_KINDS, type ErrorKind } from '../../measure/run/error-kind.ts';
import { StepFailure } from '../../measure/steps/failure.ts';

const LOG = "Call log:\n  - waiting for getByRole('heading', { name: 'Absences' }) to be visible\n";

const TEXTS: ReadonlyArray<[text: string, kind: ErrorKind]> = [
  ['locator.waitFor: Timeout 20000ms exceeded.', 'timeout'],
  [`locator.waitFor: Timeout 20000ms exceeded.\n${LOG}`, 'not-found'],
  [
    `locator.waitFor: Timeout 20000ms exceeded.\n${LOG}    24 × locator resolved to hidden <h1/>`,
    'not-visible',
  ],
  [`locator.click: Timeout 20000ms exceeded.\n${LOG}    - locator resolved to <button disabled/>`, 'timeout'],
  ['page.waitForURL: Timeout 20000ms exceeded.', 'timeout'],
  ['page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/', 'connection-refused'],
  ['net::ERR_CONNECTION_RESET', 'connection-reset'],
  ['net::ERR_EMPTY_RESPONSE', 'connection-reset'],
  ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'tls'],
  ['net::ERR_TIMED_OUT', 'timeout'],
  ['net::ERR_ABORTED', 'aborted'],
  ['net::ERR_FAILED', 'no-answer'],
  ['Target page, context or browser has been closed', 'page-closed'],
  ['page.goto: Page crashed', 'page-crashed'],
  ['apiRequestContext.fetch: connect ECONNREFUSED 127.0.0.1:1', 'connection-refused'],
  ['apiRequestContext.fetch: socket hang up', 'connection-reset'],
  ['apiRequestContext.fetch: connect EADDRNOTAVAIL 10.0.0.1:80 - Local (0.0.0.0:0)', 'generator-exhausted'],
  ['page.goto: net::ERR_INSUFFICIENT_RESOURCES at http://h/', 'generator-exhausted'],
  ['net::ERR_OUT_OF_MEMORY', 'generator-exhausted'],
  ['something else', 'other'],
];

const CODES: ReadonlyArray<[code: string, kind: ErrorKind]> = [
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-reset'],
  ['UND_ERR_SOCKET', 'connection-reset'],
  ['ENOTFOUND', 'dns'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['EMFILE', 'generator-exhausted'],
  ['ENFILE', 'generator-exhausted'],
  ['EADDRNOTAVAIL', 'generator-exhausted'],
  ['ENOBUFS', 'generator-exhausted'],
  ['ENOMEM', 'generator-exhausted'],
  ['ENOSPC', 'other'],
];

test('what libraries say of a failure has a kind', () => {
  for (const [text, kind] of TEXTS) assert.equal(foreignKind(new Error(text)), kind, text);
  for (const [code, kind] of CODES)
    assert.equal(foreignKind(Object.assign(new Error('x'), { code })), kind, code);
});

test('an error has the kind that it was made with, also as the cause of another and of a failed step', () => {
  const answered = answeredError(503, 'GET /people answered 503');
  const facts = { errorKind: 'http-status', status: 503 };
  assert.deepEqual(factsOf(answered), facts);
  assert.deepEqual(factsOf(new Error('it timed out', { cause: answered })), facts);
  assert.deepEqual(factsOf(new StepFailure('open people', answered)), facts);
  assert.deepEqual(factsOf(new ClassifiedError('check', 'a timeout of 3 s was expected')), {
    errorKind: 'check',
  });
});

test("what wraps a library's error has its kind", () => {
  const code = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  assert.deepEqual(factsOf(new Error('fetch failed', { cause: code })), { errorKind: 'connection-refused' });
  assert.deepEqual(factsOf('not an error'), { errorKind: 'other' });
  assert.deepEqual(factsOf(undefined), { errorKind: 'other' });
});

test('docs/measuring.md lists each kind', () => {
  const page = readFileSync(new URL('../../docs/measuring.md', import.meta.url), 'utf8');
  assert.deepEqual(
    ERROR_KINDS.filter((kind) => !page.includes(`\`${kind}\``)),
    [],
  );
});

test('of several addresses that were tried, one that this machine cannot reach does not make the generator the cause', () => {
  const tried = (...codes: string[]) =>
    Object.assign(new AggregateError(codes.map((code) => Object.assign(new Error('x'), { code }))), {
      code: codes[0],
    });
  assert.equal(foreignKind(tried('EADDRNOTAVAIL', 'ECONNREFUSED')), 'connection-refused');
  assert.equal(foreignKind(tried('EADDRNOTAVAIL', 'EADDRNOTAVAIL')), 'generator-exhausted');
});
