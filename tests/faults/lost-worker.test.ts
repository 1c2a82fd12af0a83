/** Threads and processes of the generator that stop, or no longer answer: the run ends at once and is invalid by the name of the one. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { LOST_AFTER_MS } from '../../measure/health/heartbeat.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  startTogether,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { startTarget } from './target.ts';

const PHASE_S = 60;
/** Users have begun by then. */
const BREAKS_AFTER_MS = 4000;

/** A closed run of a minute, whose worker breaks after a few seconds. */
async function brokenRun(t: TestContext, worker: 'http' | 'artillery', how: 'exits' | 'throws' | 'hangs') {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const breakAt = join(folder, 'break');
  const profile = writeProfile(folder, {
    phases: [{ name: 'steady', duration: PHASE_S, users: 4 }],
    scenarios: [RESIDENTS_OVER_HTTP],
  });
  const run = startArtillery(profile, {
    ...settings,
    THINK: '0.1',
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'breaking-worker.mjs')}`,
    BREAK_WORKER: `${worker} ${how}`,
    BREAK_AT: breakAt,
  });
  await run.until('the phase', () => run.stdout.includes('steady:'));
  await wait(BREAKS_AFTER_MS);
  writeFileSync(breakAt, '');
  const { code } = await run.ended;
  const { summary, run: facts } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  assert.equal(facts.ended, 'worker-lost');
  assert.equal(summary.verdict, 'invalid');
  assert.ok(summary.counts.requests.n > 0, 'what was measured before is there');
  assert.deepEqual(await run.leftBehind(), []);
  return summary;
}

for (const [worker, how, reason] of [
  ['http', 'exits', /^the HTTP worker stopped at \d+ s into the run \(exit 1\)$/],
  ['http', 'throws', /^the HTTP worker stopped at \d+ s into the run \(out of order\)$/],
  ['artillery', 'throws', /^the Artillery worker stopped at \d+ s into the run \(out of order\)$/],
  ['artillery', 'exits', /^the Artillery worker stopped at \d+ s into the run \(exit 1\)$/],
] as const)
  test(`the ${worker} worker ${how}: the run ends at once, invalid by its name`, async (t) => {
    const { reasons, durationSeconds } = await brokenRun(t, worker, how);
    assert.match(reasons[0] ?? '', reason);
    assert.ok(durationSeconds < PHASE_S / 2, `${durationSeconds} s`);
  });

for (const [worker, name] of [
  ['http', 'the HTTP worker'],
  ['artillery', 'the Artillery worker'],
] as const)
  test(`the ${worker} worker hangs: the run ends when it has not answered for ${LOST_AFTER_MS / 1000} s, invalid by its name`, async (t) => {
    const { reasons, durationSeconds } = await brokenRun(t, worker, 'hangs');
    assert.match(
      reasons[0] ?? '',
      new RegExp(`^${name} did not answer for ${LOST_AFTER_MS / 1000} s, up to \\d+ s into the run$`),
    );
    assert.ok(durationSeconds < PHASE_S - 10, `${durationSeconds} s`);
  });

test('the Playwright worker is killed: the run ends, invalid by its name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const run = startPerf(['--grep', '@resident'], settings);
  const worker = await run.until('a page', () => {
    const all = descendants(run.pid);
    const page = all.find(({ pid }) => commandLine(pid).includes('--type=renderer'));
    return page && all.find(({ pid }) => isPlaywrightWorker(pid));
  });
  process.kill(worker.pid, 'SIGKILL');
  const { code } = await run.ended;

  const { summary, run: facts } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  assert.equal(facts.ended, 'worker-lost');
  assert.match(summary.reasons[0] ?? '', /^the Playwright worker stopped at \d+ s into the run/);
});

test('the Playwright worker hangs: the run ends when it has said nothing for longer than its tests may take, invalid by its name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const run = startPerf(['--grep', '@resident', '--timeout', '20000'], { ...settings, THINK: '0' });
  const worker = await run.until('a page', () => {
    const all = descendants(run.pid);
    const page = all.find(({ pid }) => commandLine(pid).includes('--type=renderer'));
    return page && all.find(({ pid }) => isPlaywrightWorker(pid));
  });
  process.kill(worker.pid, 'SIGSTOP');
  const { code } = await run.ended;

  const { summary, run: facts } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  assert.equal(facts.ended, 'worker-lost');
  assert.match(summary.reasons[0] ?? '', /^the Playwright worker did not answer for 50 s, up to /);
  assert.deepEqual(await run.leftBehind(), []);
});

function isPlaywrightWorker(pid: number): boolean {
  return /playwright\/lib\/common\/process|workerProcessEntry/.test(commandLine(pid));
}

test('a profile of several does not answer: the others are stopped, and the run is invalid by its name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const profiles = ['open', 'closed'].map((name) => {
    mkdirSync(join(folder, name));
    return writeProfile(join(folder, name), {
      name,
      phases: [{ name: 'steady', duration: PHASE_S, users: 2 }],
      scenarios: [RESIDENTS_OVER_HTTP],
    });
  });
  const run = startTogether(profiles, { ...settings, THINK: '0.1' });
  await run.until('both', () => /open: steady:/.test(run.stdout) && /closed: steady:/.test(run.stdout));
  const closed = descendants(run.pid).find(({ pid }) => commandLine(pid).includes('closed/profile.yml'));
  process.kill(closed?.pid as number, 'SIGSTOP');
  const { code } = await run.ended;

  const { summary, run: facts } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  assert.equal(facts.ended, 'profile-lost');
  assert.match(summary.reasons[0] ?? '', /^the process of profile closed did not answer for 15 s/);
  assert.deepEqual(await run.leftBehind(), []);
});
