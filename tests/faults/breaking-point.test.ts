import assert from 'node:assert/strict';
import { it } from 'node:test';
import { stress } from './stress-run.ts';

it('a stress run stops at the step that breaks a limit, names it, and passes', async (t) => {
  // 16 users wait 480 ms each, 4 users 120 ms; the goal for p95 of crud is 300 ms.
  const faults = [{ route: '* /api/v1/*', delayPerInFlightMs: 30 }];
  const { summary, run, artillery } = await stress(t, faults, [2, 4, 16, 18]);
  // On a machine full of other work it may be invalid, which is not for steering to say.
  assert.notEqual(summary.verdict, 'fail', artillery.output);
  assert.equal(run.ended, 'finished');
  assert.match(
    summary.answers[0] ?? '',
    /^Breaking point: 16 users \(16 users\) at .*: class\.crud\.p95 [4-9]\d\d ms, limit 300 ms.*; 4 users at .* a second passed\. class\.\w+\.p95 broke first, .* into the level, while .* were running\.$/,
  );
  assert.deepEqual(
    summary.levels.map(({ users, ok }) => [users, ok]),
    [
      [2, true],
      [4, true],
      [16, false],
    ],
  );
  assert.equal(summary.findings['capacity.users']?.value, 4);
  assert.deepEqual(await artillery.leftBehind(), []);
});
