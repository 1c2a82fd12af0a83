import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heartbeat, LOST_AFTER_MS } from '../../measure/health/heartbeat.ts';

test('a thread that does not answer is lost after the bound, once; one that answers, or need not any more, is not', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const lost: number[] = [];
  const heartbeat = new Heartbeat((silentMs) => lost.push(silentMs));
  t.mock.timers.tick(LOST_AFTER_MS * 2);
  assert.equal(lost.length, 0, 'nothing is expected of it yet');
  heartbeat.beat();
  t.mock.timers.tick(LOST_AFTER_MS - 1000);
  heartbeat.beat();
  t.mock.timers.tick(LOST_AFTER_MS - 1000);
  assert.equal(lost.length, 0);
  t.mock.timers.tick(LOST_AFTER_MS * 3);
  assert.deepEqual(lost, [LOST_AFTER_MS]);

  const ended = new Heartbeat((silentMs) => lost.push(silentMs));
  ended.beat();
  ended.stop();
  ended.beat(); // a message that was on its way
  const neverBegan = new Heartbeat((silentMs) => lost.push(silentMs));
  neverBegan.stop();
  neverBegan.beat();
  t.mock.timers.tick(LOST_AFTER_MS * 2);
  assert.deepEqual(lost, [LOST_AFTER_MS]);
});
