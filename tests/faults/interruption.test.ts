import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import {
  type FinishedRun,
  finishedRun,
  runDirectory,
  type SuiteProcess,
  samplesOf,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { MIXED, RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';

/** The lines that end a session, a journey or a step of an interrupted run say so, and nothing has failed. */
function assertInterrupted({ samples, summary }: FinishedRun): void {
  const started = samples.filter((sample) => sample.kind === 'event' && sample.name === 'session-started');
  const ended = samples.filter((sample) => sample.kind === 'session');
  assert.deepEqual(
    ended.map(({ session }) => session).sort(),
    started.map(({ session }) => session).sort(),
    'each session that was begun has its line',
  );
  const cut = ended.filter(({ interrupted }) => interrupted);
  assert.ok(cut.length > 0, 'some were under way');
  assert.deepEqual(
    ended.filter(({ ok, interrupted }) => !ok && !interrupted).map(({ error }) => error),
    [],
    'none has failed',
  );
  const failedSteps = samples.filter(
    (sample): sample is Extract<Sample, { kind: 'step' }> =>
      sample.kind === 'step' && !sample.ok && !sample.interrupted,
  );
  assert.deepEqual(failedSteps, []);
  for (const { started: all, ok, failed, interrupted } of [
    summary.counts.sessions,
    summary.counts.journeys,
    summary.counts.steps,
  ])
    assert.equal(all, ok + failed + interrupted);
  assert.equal(summary.counts.sessions.interrupted, cut.length);
  assert.equal(summary.counts.samples, samples.length);
}

async function midRun(run: SuiteProcess): Promise<void> {
  await run.until('the first phase', () => run.stdout.includes('steady:'));
  await wait(6000);
}

it('Ctrl+C in mid-run ends an Artillery run with 130 and a report; what was under way is interrupted', async (t) => {
  const folder = temporaryFolder(t);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const artillery = startArtillery(writeProfile(folder, MIXED), {
    REPORTS_DIR: join(folder, 'reports'),
    DATA_SIZE: 'small',
    THINK: '0.5',
    TRACE: 'sample',
    TMPDIR: temporary,
  });
  await midRun(artillery);
  assert.ok(globSync('**/*.trace', { cwd: temporary }).length > 0, 'a session is being traced');
  artillery.kill('SIGINT');
  const { code } = await artillery.ended;
  const finished = finishedRun(`${folder}/reports`);

  assert.equal(code, 130, artillery.output);
  assert.equal(finished.run.ended, 'interrupted');
  assert.match(artillery.stdout, /the run was interrupted after/);
  assert.ok(existsSync(join(finished.runDir, 'index.html')));
  assertInterrupted(finished);
  const { changes } = finished.summary.counts;
  assert.ok(changes.planned > 0, 'journeys that change data were under way');
  assert.equal(changes.planned, changes.undone + changes.left);
  // Taken back all the same; what cannot be is listed.
  assert.deepEqual(
    finished.summary.leftovers.filter(({ canBeUndone }) => canBeUndone),
    [],
  );
  assert.equal(existsSync(join(finished.runDir, 'leftovers.json')), changes.left > 0);
  // Nobody failed: no trace is kept, and what was recorded, unmasked, is gone.
  assert.equal(existsSync(join(finished.runDir, 'artifacts')), false);
  assert.deepEqual(
    readdirSync(temporary).filter((name) => /trac|playwright/.test(name)),
    [],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});

it('a second Ctrl+C ends it at once with 130: what was measured is kept, and nothing runs on', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  const absences = { ...RESIDENTS_OVER_HTTP, journeys: ['request and withdraw an absence over HTTP'] };
  const profile = writeProfile(folder, { ...MIXED, scenarios: [RESIDENTS_IN_BROWSERS, absences] });
  const artillery = startArtillery(profile, { ...settings, THINK: '1' });
  await midRun(artillery);
  const changes = (name: string) =>
    samplesOf(runDirectory(`${folder}/reports`) as string).filter(
      (sample) => sample.kind === 'event' && sample.name === name,
    ).length;
  await artillery.until('an absence', () => changes('change-made') > changes('change-undone'));
  // What must be taken back delays the first Ctrl+C for some seconds.
  await setFaults(scheduler.url, [{ route: 'DELETE *', hang: true }]);
  artillery.kill('SIGINT');
  await wait(1000); // two signals within half a second are one
  const before = samplesOf(runDirectory(`${folder}/reports`) as string).length;
  const again = performance.now();
  artillery.kill('SIGINT');
  const { code } = await artillery.ended;
  const took = performance.now() - again;

  assert.equal(code, 130, artillery.output);
  assert.ok(took < 3000, `${took} ms`);
  assert.match(artillery.stderr, /stopped at once; what was measured is kept: npx loadtest report \S+$/m);
  assert.deepEqual(await artillery.leftBehind(), []);
  const runDir = runDirectory(`${folder}/reports`) as string;
  assert.ok(samplesOf(runDir).length >= before);
  const { summary } = await conclude(runDir);
  assert.equal(summary.run.ended, 'interrupted');
  assert.match(summary.reasons.join(), /the run was interrupted after .*: a signal/);
});

it('MAX_TIME ends a run with a report that says so; what was under way is interrupted', async (t) => {
  const folder = temporaryFolder(t);
  const artillery = startArtillery(writeProfile(folder, MIXED), {
    REPORTS_DIR: join(folder, 'reports'),
    DATA_SIZE: 'small',
    THINK: '0.5',
    MAX_TIME: '6s',
  });
  const { code } = await artillery.ended;
  const finished = finishedRun(`${folder}/reports`);
  assert.equal(code, 130, artillery.output);
  assert.match(artillery.stdout, /MAX_TIME ends trial after 6 s, before its .* are over/);
  assert.notEqual(finished.summary.verdict, 'pass');
  assert.match(finished.summary.reasons.join(), /interrupted after .*: MAX_TIME \(6 s\) was over/);
  assertInterrupted(finished);
  assert.deepEqual(await artillery.leftBehind(), []);
});

it('Ctrl+C in mid-run ends a perf run with 130 and a report; what was under way is interrupted', async (t) => {
  const folder = temporaryFolder(t);
  const perf = startPerf(['--grep', 'view my schedule'], {
    REPORTS_DIR: join(folder, 'reports'),
    DATA_SIZE: 'small',
    THINK: '1',
    REPEAT: '3',
  });
  const log = () => {
    const runDir = runDirectory(`${folder}/reports`);
    return runDir && existsSync(join(runDir, 'samples.ndjson')) ? samplesOf(runDir) : [];
  };
  await perf.until('a first step', () => log().some(({ kind }) => kind === 'step'));
  perf.kill('SIGINT');
  const { code } = await perf.ended;
  const finished = finishedRun(`${folder}/reports`);

  assert.equal(code, 130, perf.output);
  assert.equal(finished.run.ended, 'interrupted');
  assert.ok(existsSync(join(finished.runDir, 'index.html')));
  assertInterrupted(finished);
  assert.deepEqual(await perf.leftBehind(), []);
});
