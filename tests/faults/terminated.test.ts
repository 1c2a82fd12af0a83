/** SIGTERM, as `docker stop` and the end of a pod send it, ends every command as Ctrl+C does. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { healthySamples, runJson, runDirectory as writtenRun } from '../analysis/synthetic-run.ts';
import {
  finishedRun,
  runDirectory,
  SuiteProcess,
  samplesOf,
  startPerf,
  startTogether,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { MIXED, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { readAccessLog, setFaults, startTarget } from './target.ts';

function startCommand(words: readonly string[], settings: Record<string, string>): SuiteProcess {
  return new SuiteProcess(['cli/loadtest.ts', ...words], settings);
}

/** A run of its own directory, whose samples are seen as they come. */
async function until(run: SuiteProcess, reports: string, kind: string): Promise<void> {
  const isThere = () => {
    const runDir = runDirectory(reports);
    const isRecorded = runDir && existsSync(join(runDir, 'samples.ndjson'));
    return isRecorded && samplesOf(runDir).some((sample) => sample.kind === kind);
  };
  await run.until(`a ${kind}`, isThere);
}

/** Exit 130, a report that says why, everything taken back, and no process left. */
async function assertEnded(run: SuiteProcess, reports: string): Promise<void> {
  run.kill('SIGTERM');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.match(run.stdout, /the run was interrupted after .*: a signal/);
  const { runDir, summary } = finishedRun(reports);
  assert.deepEqual([summary.run.ended, summary.run.interruptedBy], ['interrupted', 'a signal']);
  assert.ok(existsSync(join(runDir, 'index.html')));
  assert.equal(summary.counts.changes.planned, summary.counts.changes.undone);
  assert.deepEqual(await run.leftBehind(), []);
}

it('SIGTERM ends a load run', async (t) => {
  const folder = temporaryFolder(t);
  const reports = join(folder, 'reports');
  const settings = { REPORTS_DIR: reports, DATA_SIZE: 'small', THINK: '1' };
  const run = startCommand(['run', writeProfile(folder, MIXED)], settings);
  await until(run, reports, 'request');
  await assertEnded(run, reports);
});

it('SIGTERM ends a run of several profiles', async (t) => {
  const folder = temporaryFolder(t);
  const reports = join(folder, 'reports');
  const profiles = ['one', 'two'].map((name) => {
    mkdirSync(join(folder, name));
    const scenarios = [{ ...RESIDENTS_OVER_HTTP, name }];
    return writeProfile(join(folder, name), { ...MIXED, name, scenarios, users: 2 });
  });
  const run = startTogether(profiles, { REPORTS_DIR: reports, DATA_SIZE: 'small', THINK: '1' });
  await until(run, reports, 'request');
  await assertEnded(run, reports);
});

it('SIGTERM ends perf tests', async (t) => {
  const reports = join(temporaryFolder(t), 'reports');
  const words = ['--grep', 'view my schedule'];
  const run = startPerf(words, { REPORTS_DIR: reports, DATA_SIZE: 'small', THINK: '1', REPEAT: '3' });
  await until(run, reports, 'step');
  await assertEnded(run, reports);
});

it('SIGTERM ends benchmarks, and what they had made is taken back', async (t) => {
  const reports = join(temporaryFolder(t), 'reports');
  const words = ['bench', '--only', 'insert 50 people', '--max-time', '60s'];
  const run = startCommand(words, { REPORTS_DIR: reports, DATA_SIZE: 'small' });
  await until(run, reports, 'journey');
  await assertEnded(run, reports);
});

it('SIGTERM while a run is being opened leaves nothing', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, [{ route: 'POST /api/v1/auth/login*', delayMs: 3000 }]);
  const reports = join(folder, 'reports');
  const run = startCommand(['bench', '--only', 'list people'], settings);
  await run.until('a run directory', () => runDirectory(reports));
  run.kill('SIGTERM');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.match(run.stderr, /^bench: interrupted before the run began; nothing was run$/m);
  assert.deepEqual(readdirSync(reports), []);
});

it('SIGTERM ends `api check`, and what it had made is taken away again', async (t) => {
  const folder = temporaryFolder(t);
  const accessLog = join(folder, 'access.ndjson');
  const { scheduler, settings } = await startTarget(t, folder, { accessLog });
  await setFaults(scheduler.url, [{ route: 'POST /api/v1/*', delayMs: 300 }]);
  const run = startCommand(['api', 'check'], settings);
  const made = () =>
    existsSync(accessLog) &&
    readAccessLog(accessLog).some(({ method, path, status }) => status === 201 && `${method} ${path}`);
  await run.until('something made', made);
  run.kill('SIGTERM');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.match(run.stderr, /interrupted; what it had made was taken away again$/m);
});

it('SIGTERM ends `clean` after what is under way, and says that something is left', async (t) => {
  const folder = temporaryFolder(t);
  const accessLog = join(folder, 'access.ndjson');
  const { scheduler, settings } = await startTarget(t, folder, { accessLog });
  await setFaults(scheduler.url, [{ route: 'DELETE *', delayMs: 1500 }]);
  const run = mkdirSync(join(folder, 'reports/2026-11-23T09-00-16Z-load'), { recursive: true });
  assert.ok(run);
  const leftovers = Array.from({ length: 20 }, (_, index) => ({
    what: 'absence',
    name: `perf-${index}`,
    path: `/absences/${index}`,
    why: 'the run was killed',
    canBeUndone: true,
  }));
  const file = join(folder, 'reports/2026-11-23T09-00-16Z-load/leftovers.json');
  writeFileSync(file, JSON.stringify({ target: scheduler.url, leftovers }));
  const clean = startCommand(['clean'], settings);
  const deleted = () =>
    existsSync(accessLog) ? readAccessLog(accessLog).filter(({ method }) => method === 'DELETE').length : 0;
  await clean.until('a first removal', () => deleted() > 0);
  clean.kill('SIGTERM');
  const { code } = await clean.ended;
  assert.equal(code, 130, clean.output);
  assert.ok(deleted() < leftovers.length, `${deleted()}`);
  assert.match(clean.stderr, /^loadtest clean: interrupted\. The same command removes the rest\.$/m);
});

it('SIGTERM ends `report`, and nothing half-written is left', async () => {
  const runDir = writtenRun(runJson(), healthySamples());
  const samples = `${healthySamples()
    .map((sample) => JSON.stringify(sample))
    .join('\n')}\n`;
  const times = Math.ceil(2e8 / samples.length);
  for (let count = 0; count < times; count += 1) appendFileSync(join(runDir, 'samples.ndjson'), samples);
  const run = startCommand(['report', runDir], {});
  await wait(2500);
  run.kill('SIGTERM');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.deepEqual(
    readdirSync(runDir).filter((name) => name.endsWith('.part')),
    [],
  );
});
