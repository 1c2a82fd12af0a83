import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../fixtures/data/random.ts';
import { type Pause, thinkFor } from '../../measure/session/think.ts';
import { Interruption } from '../../measure/steps/failure.ts';

/** Notes how long a user would have thought. */
function noted(): { pauses: number[]; pause: Pause } {
  const pauses: number[] = [];
  return { pauses, pause: async (ms) => void pauses.push(ms) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

test('2000 thoughts have the median and spread that were asked for, and none is longer than a minute', async () => {
  const { pauses, pause } = noted();
  const think = thinkFor({ median: 4, sigma: 0.6 }, 1, seededRandom('think'), undefined, pause);
  for (let n = 0; n < 2000; n += 1) await think();
  assert.ok(Math.abs(median(pauses) - 4000) < 200, `median ${median(pauses)} ms`);
  const logs = pauses.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const sigma = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  assert.ok(Math.abs(sigma - 0.6) < 0.03, `sigma ${sigma}`);
  assert.ok(Math.max(...pauses) <= 60_000);
});

test('the tail is cut at a minute', async () => {
  const { pauses, pause } = noted();
  const think = thinkFor({ median: 50, sigma: 1 }, 1, seededRandom('long'), undefined, pause);
  for (let n = 0; n < 100; n += 1) await think();
  assert.equal(Math.max(...pauses), 60_000);
});

test('the factor multiplies; the choices stay the same', async () => {
  const [once, twice] = [noted(), noted()];
  const plain = thinkFor({ median: 3, sigma: 0.5 }, 1, seededRandom('same'), undefined, once.pause);
  const slow = thinkFor({ median: 3, sigma: 0.5 }, 2, seededRandom('same'), undefined, twice.pause);
  for (let n = 0; n < 20; n += 1) await Promise.all([plain(), slow()]);
  for (const [n, ms] of once.pauses.entries()) assert.ok(Math.abs((twice.pauses[n] ?? 0) - 2 * ms) < 1e-6);
});

test('factor 0 does not wait at all, but draws: what is drawn next is the same', async () => {
  const { pauses, pause } = noted();
  const [none, some] = [seededRandom('draws'), seededRandom('draws')];
  await thinkFor({ median: 3, sigma: 0.5 }, 0, none, undefined, pause)();
  assert.deepEqual(pauses, []);
  await thinkFor({ median: 3, sigma: 0.5 }, 1, some, undefined, pause)();
  assert.equal(pauses.length, 1);
  assert.equal(none.next(), some.next());
});

test('really waits, and an interruption ends it at once', async () => {
  const stopping = new AbortController();
  const random = seededRandom('stop');
  const short = thinkFor({ median: 0.05, sigma: 0 }, 1, random);
  const begun = performance.now();
  await short();
  assert.ok(performance.now() - begun >= 49);
  const long = thinkFor({ median: 30, sigma: 0 }, 1, random, stopping.signal);
  const thinking = assert.rejects(long(), Interruption);
  stopping.abort();
  await thinking;
  assert.ok(performance.now() - begun < 5000);
  await assert.rejects(long(), Interruption, 'nobody begins to think after it');
});
