import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { apartFromMachine } from '../artillery/apart-from-machine.ts';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { setFaults, startTarget } from './target.ts';

const READERS = {
  name: 'residents over HTTP',
  engine: 'api',
  weight: 1,
  flowFunction: 'resident',
  journeys: ['read my schedule over HTTP'],
};
const phase = (users: number) => ({ name: `${users} users`, duration: 8, users });

/** A stress run of 2, 4, 8 and 16 users who never pause, on a target under these faults. */
async function stress(t: TestContext, faults: object[], users: number[]) {
  const folder = temporaryFolder(t);
  // Nothing but what is planted is to break it.
  const { scheduler, settings } = await startTarget(t, folder, {
    settings: { SCHEDULER_PASSWORD_COST_MS: '1' },
  });
  await setFaults(scheduler.url, faults);
  const profile = writeProfile(folder, {
    name: 'stress',
    users: 16,
    phases: users.map(phase),
    scenarios: [READERS],
  });
  const artillery = startArtillery(profile, { ...settings, THINK: '0' });
  await artillery.ended;
  const { summary, run } = finishedRun(`${folder}/reports`);
  return { artillery, summary, run };
}

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

it('a stress run whose reads hang stops at that step, although nothing that ended was slow', async (t) => {
  const { summary, artillery } = await stress(t, [{ route: 'GET /api/v1/assignments', hang: true }], [6, 7]);
  const [level, ...more] = summary.levels;
  assert.deepEqual([level?.ok, more], [false, []], artillery.output);
  const [broken] = level?.limits.filter(({ verdict }) => verdict === 'failed') ?? [];
  assert.ok((broken?.unended ?? 0) >= 5, JSON.stringify(broken));
  assert.match(summary.answers[0] ?? '', /^Breaking point: 6 users/);
});

it('a stress run that breaks nothing goes on to its end and says what it held', async (t) => {
  const { summary, artillery } = await stress(t, [], [2, 3]);
  assert.notEqual(summary.verdict, 'fail', artillery.output);
  assert.match(summary.answers[0] ?? '', /^All limits passed up to the maximum of 3 users\.$/);
});

it('a limit that may stop a run does so after its time, and the run has failed by it', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, [{ route: 'GET /api/v1/*', errorRate: 0.5, seed: 3 }]);
  const profile = writeProfile(folder, {
    name: 'step',
    phases: [{ name: 'steady', duration: 110, users: 4 }],
    scenarios: [READERS],
  });
  const artillery = startArtillery(profile, { ...settings, THINK: '0.2' });
  const { code } = await artillery.ended;
  const { summary, run } = finishedRun(`${folder}/reports`);
  const { verdict, reasons } = apartFromMachine(summary);
  assert.deepEqual([verdict, code], ['fail', summary.exitCode], artillery.output);
  assert.equal(run.ended, 'stopped-by-threshold');
  assert.match(
    reasons[0] ?? '',
    /^the run was stopped by a threshold: requests\.errorRate was beyond its limit for 30 s: expected ≤ 1 %, observed \d.*, set in config\/thresholds\.yml:\d+$/,
  );
  assert.ok(summary.durationSeconds > 29 && summary.durationSeconds < 60, `${summary.durationSeconds} s`);
});
