import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlineOf } from '../../artillery/profile/deadline.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';

test('a run is stopped when it has drained, or at MAX_TIME where that comes first', () => {
  assert.deepEqual(deadlineOf({ duration: 300 }), {
    seconds: 420,
    why: 'sessions still ran 120 s after the last phase',
  });
  assert.deepEqual(deadlineOf({ duration: 300, maxTime: 90 }), {
    seconds: 90,
    why: 'MAX_TIME (1 min 30 s) was over',
  });
  assert.equal(deadlineOf({ duration: 300, maxTime: 3600 }).seconds, 420);
});

test('MAX_TIME goes before what the profile says', () => {
  const suite = { profile: 'trial', maxTime: '20m' };
  const script = {
    config: { plugins: { suite }, phases: [{ duration: 60, arrivalCount: 1 }] },
    scenarios: [{ name: 'a', engine: 'api', flowFunction: 'resident' }],
  };
  assert.equal(planOf(script, {}).maxTime, 1200);
  assert.equal(planOf(script, { maxTime: 30 }).maxTime, 30);
  suite.maxTime = 'long';
  assert.throws(() => planOf(script, {}), /maxTime: not a duration; write 90, 90s or 20m/);
});
