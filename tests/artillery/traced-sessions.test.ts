import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracedSessions } from '../../artillery/engine/traced-sessions.ts';

/** Which of a number of sessions of two scenarios in turn are traced, by number from 0. */
function traced(trace: Parameters<typeof tracedSessions>[0], count: number): number[] {
  const isTraced = tracedSessions(trace);
  return Array.from({ length: count }, (_, number) => number).filter((number) =>
    isTraced(number % 2 === 0 ? 'residents' : 'faculty'),
  );
}

test('no session under load is traced unless asked for, and none with off', () => {
  assert.deepEqual(traced(undefined, 30), []);
  assert.deepEqual(traced('off', 30), []);
});

test('all traces each session; sample the first of each scenario and each tenth after it, always the same', () => {
  assert.equal(traced('all', 30).length, 30);
  assert.deepEqual(traced('sample', 60), [0, 1, 20, 21, 40, 41]);
  assert.deepEqual(traced('sample', 60), traced('sample', 60));
});
