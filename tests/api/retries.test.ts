/** What is set up or cleaned up is sent again where that is safe; under load nothing is. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { CLEANING_UP, Retries, retryAfterMs, SETTING_UP } from '../../api/client/retries.ts';
import { operation } from '../../api/operation.ts';
import * as people from '../../api/operations/people.ts';
import { client, json, serve } from './server.ts';

const read = operation({ name: 'read', class: 'crud', method: 'GET', path: '/read' });
const post = operation({ name: 'post', class: 'write', method: 'POST', path: '/post' });
const setup = { setup: true } as const;

/** Answers with these statuses in turn, then 200; 0: closes the connection. */
const inTurn = (statuses: number[], headers = {}) => {
  const left = [...statuses];
  return (_: unknown, response: ServerResponse) => {
    const status = left.shift() ?? 200;
    if (status === 0) response.socket?.destroy();
    else json(response, status, {}, headers);
  };
};

test('set-up goes on after passing failures, and each attempt is a sample with its number', async (t) => {
  // The second one meets a reused connection, and is sent again at once: both times it is cut off.
  const { apiUrl } = await serve(t, inTurn([503, 0, 0, 502]));
  const { api, requests } = client(t, apiUrl);
  assert.equal((await api.request(read, setup)).status, 200);
  assert.deepEqual(
    requests().map(({ attempt, status, ok }) => [attempt, status, ok]),
    [
      [1, 503, false],
      [2, 0, false],
      [3, 502, false],
      [4, 200, true],
    ],
  );
});

test('the wait before an attempt is ours: it was not due before', async (t) => {
  const { apiUrl } = await serve(t, inTurn([503], { 'retry-after': '1' }));
  const { api, requests } = client(t, apiUrl);
  await api.request(read, setup);
  const [first, second] = requests();
  assert.ok(first && second && second.t - first.t >= 999);
  assert.ok((second.fromDue ?? 9999) - second.value < 500);
});

test('under load the first attempt stands; what may not be repeated stands also in set-up and clean-up', async (t) => {
  const { apiUrl, received } = await serve(t, inTurn([503, 503, 500, 503]));
  const { api } = client(t, apiUrl);
  await assert.rejects(api.request(read), /503/);
  await assert.rejects(api.request(post, setup), /503/);
  await assert.rejects(api.request(read, setup), /500/, 'a fault of its own is none that passes');
  assert.equal(received.length, 3);
  assert.equal((await api.request({ ...post, idempotent: true }, setup)).status, 200);
  assert.equal(received.length, 5);
});

test('a clean-up whose answer was lost finds nothing left to remove, and is done', async (t) => {
  const { apiUrl } = await serve(t, inTurn([0, 404]));
  const { api, requests } = client(t, apiUrl, { signal: AbortSignal.abort() });
  const answer = await api.request(people.remove, { params: { id: 'p1' }, cleanup: true });
  assert.deepEqual([answer.ok, answer.status], [true, 404]);
  assert.deepEqual(
    requests().map(({ ok }) => ok),
    [false, true],
  );
  await assert.doesNotReject(api.request(people.remove, { params: { id: 'p1' }, cleanup: true }));
});

test('a first DELETE that finds nothing is a failure', async (t) => {
  const { apiUrl } = await serve(t, inTurn([404]));
  const { api } = client(t, apiUrl);
  await assert.rejects(api.request(people.remove, { params: { id: 'p1' }, cleanup: true }), /404/);
});

test('a stopped run ends the wait for the next attempt', async (t) => {
  const stop = new AbortController();
  const { apiUrl, received } = await serve(t, inTurn([503, 503, 503], { 'retry-after': '4' }));
  const { api } = client(t, apiUrl, { signal: stop.signal });
  const waiting = api.request(read, setup);
  setTimeout(() => stop.abort(), 50);
  await assert.rejects(waiting, /interrupted/);
  assert.equal(received.length, 1);
});

const failed = (status: number, retryAfter?: string) => ({
  status,
  ok: false,
  headers: { 'retry-after': retryAfter },
});

test('waits are random up to a bound that doubles, up to 2 s; the fourth attempt is the last', () => {
  for (const share of [0, 0.5, 0.999]) {
    const retries = new Retries(
      SETTING_UP,
      () => share,
      () => 0,
    );
    const pauses = [1, 2, 3, 4].map(() => retries.pauseAfter(failed(502)));
    assert.deepEqual(pauses, [share * 100, share * 200, share * 400, undefined]);
  }
});

test('Retry-After counts with 429 and 503 only; who asks for too long is not asked again', () => {
  const never = () => 0;
  const first = (status: number, header?: string, patience = SETTING_UP) =>
    new Retries(patience, never, never).pauseAfter(failed(status, header));
  assert.equal(first(429, '3'), 3000);
  assert.equal(first(503, '1'), 1000);
  assert.equal(first(502, '3'), 0, 'the application sends the header with any answer');
  assert.equal(first(429, '10'), 10_000);
  assert.equal(first(429, '60'), undefined);
  assert.equal(first(429, '4', CLEANING_UP), undefined);
  assert.equal(first(429), 0);
  assert.equal(first(400, '1'), undefined);
  let now = 0;
  const late = new Retries(CLEANING_UP, never, () => now);
  now = 3500;
  assert.equal(late.pauseAfter(failed(503, '1')), undefined, 'a run that is being stopped would not wait');
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');
  assert.equal(retryAfterMs('120', now), 120_000);
  assert.equal(retryAfterMs('Thu, 26 Nov 2026 10:00:05 GMT', now), 5000);
  assert.equal(retryAfterMs('Thursday, 26-Nov-26 10:00:05 GMT', now), 5000);
  assert.equal(retryAfterMs('Thu, 26 Nov 2026 09:00:00 GMT', now), 0);
  for (const wrong of ['soon', '-1', '1.5', '', undefined]) assert.equal(retryAfterMs(wrong, now), undefined);
});
