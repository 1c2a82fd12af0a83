import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DELAY_MS, delayTrial, OPERATION, STEP } from './delay-trial.ts';

/** The short form, for a machine that does other things too; `node tests/truth/delay.ts` holds ± 5 % and the spread. */
const SESSIONS = 4;
const TOLERANCE = 0.1;
/** A few values of a page's first load tell its median no better than this; the delay would still stand out. */
const UNSURE_MS = 100;

it('a delay of 300 ms on one endpoint is seen in its step and operation, and nowhere else', async () => {
  const { steps, operations, failures } = await delayTrial(SESSIONS);
  assert.deepEqual(failures, []);
  assert.deepEqual(
    steps.filter(({ calls }) => calls).map(({ name }) => name),
    [STEP],
  );
  assert.ok(steps.length >= 8 && operations.length >= 5, 'there are others to compare with');
  for (const { name, n, moved, spread, calls } of [...steps, ...operations]) {
    assert.ok(Math.min(...n) >= SESSIONS, `${name}: ${n}`);
    const off = calls ? Math.abs(moved - DELAY_MS) : Math.abs(moved);
    const allowed = calls ? TOLERANCE * DELAY_MS : Math.max(UNSURE_MS, 2 * spread);
    assert.ok(off <= allowed, `${name} moved by ${moved.toFixed(1)} ms (spread ${spread.toFixed(1)} ms)`);
  }
  assert.ok(operations.some(({ name, calls }) => name === OPERATION && calls));
});
