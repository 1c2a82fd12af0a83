import assert from 'node:assert/strict';
import { it } from 'node:test';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { READERS, stress } from './stress-run.ts';
import { setFaults, startTarget } from './target.ts';

it('a stress run whose reads hang stops at that step, although nothing that ended was slow', async (t) => {
  const { summary, artillery } = await stress(t, [{ route: 'GET /api/v1/assignments', hang: true }], [6, 7]);
  const [level, ...more] = summary.levels;
  assert.deepEqual([level?.ok, more], [false, []], artillery.output);
  const [broken] = level?.limits.filter(({ verdict }) => verdict === 'failed') ?? [];
  assert.ok((broken?.unended ?? 0) >= 5, JSON.stringify(broken));
  assert.match(summary.answers[0] ?? '', /^Breaking point: 6 users/);
});

it('a stress run that breaks nothing goes on to its end and says what it passed', async (t) => {
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
