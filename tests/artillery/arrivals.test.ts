import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plannedArrivals, planRun } from '../../artillery/engine/arrivals.ts';
import type { Plan } from '../../artillery/profile/plan.ts';

test('tells how many arrivals were due by a moment, over phases, pauses and a run that goes on', () => {
  const plan: Plan = {
    profile: 'x',
    phases: [
      { name: 'one', duration: 10, arrivals: { a: 4, b: 1 } },
      { name: 'rest', duration: 5, arrivals: {} },
      { name: 'two', duration: 2, arrivals: { a: 2 } },
    ],
    mix: [
      { name: 'a', via: 'http', role: 'resident', share: 6 / 7 },
      { name: 'b', via: 'http', role: 'faculty', share: 1 / 7 },
    ],
    scaled: [],
    users: 7,
    duration: 17,
    seed: 1,
  };
  planRun(plan, [{ name: 'a' }, { name: 'b' }], {
    lodash: { random: () => 0 },
    arrivals: { uniform: { process: () => undefined } },
  });
  const arrivals = plannedArrivals();
  const at = (seconds: number) => arrivals.dueBy(seconds * 1000);
  assert.equal(at(100), 0, 'before the first phase');
  arrivals.phaseStarted(0, 1000);
  assert.deepEqual([0, 1, 2.9, 3, 10.9, 11, 12].map(at), [0, 0, 0, 1, 4, 5, 5]);
  arrivals.phaseStarted(1, 11_010);
  assert.deepEqual([11.1, 16].map(at), [5, 5]);
  arrivals.phaseStarted(2, 16_020);
  assert.deepEqual([16.1, 17.1, 18.1, 99].map(at), [5, 6, 7, 7]);
});
