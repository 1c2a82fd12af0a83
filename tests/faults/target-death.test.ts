import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import {
  finishedRun,
  runDirectory,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { MIXED } from './scenarios.ts';
import { startTarget } from './target.ts';

const REASON = /the target died during the run/;

it('a target killed in mid-run makes an Artillery run invalid: exit 3, report and samples are there', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  const artillery = startArtillery(writeProfile(folder, MIXED), { ...settings, THINK: '0.3' });
  await artillery.until('the first phase', () => artillery.stdout.includes('steady:'));
  await wait(5000);
  const killed = Date.now();
  process.kill(scheduler.pid, 'SIGKILL');
  const { code } = await artillery.ended;

  const { runDir, run, samples, summary } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, artillery.output);
  assert.equal(run.verdict, 'invalid');
  assert.equal(run.ended, 'target-died');
  assert.match(summary.reasons[0] ?? '', REASON);
  assert.match(artillery.stdout, REASON);
  assert.match(readFileSync(join(runDir, 'index.html'), 'utf8'), REASON);
  const before = samples.filter(({ kind, t: at }) => kind === 'request' && at < killed);
  assert.ok(before.length > 10, `${before.length} requests from before`);
  assert.ok(samples.some((sample) => sample.kind === 'event' && sample.name === 'target-died'));
  assert.deepEqual(await artillery.leftBehind(), []);
});

it('a target killed in mid-run makes a perf run invalid: exit 3, report and samples are there', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  const perf = startPerf(['--grep', 'view my schedule'], { ...settings, THINK: '0.1', REPEAT: '6' });
  await perf.until('the first test', () => perf.stdout.includes('✓'));
  process.kill(scheduler.pid, 'SIGKILL');
  const { code } = await perf.ended;

  const { runDir, run, samples, summary } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, perf.output);
  assert.equal(run.verdict, 'invalid');
  assert.match(summary.reasons[0] ?? '', REASON);
  assert.match(perf.stdout, REASON);
  assert.match(readFileSync(join(runDir, 'index.html'), 'utf8'), REASON);
  assert.ok(samples.some((sample) => sample.kind === 'step' && sample.ok));
  assert.deepEqual(await perf.leftBehind(), []);
});

it('a target that answers nobody while it generates a schedule is unresponsive: the run goes on, and its gate fails', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder, { settings: { SCHEDULER_GENERATION_MS: '20000' } });
  const generating = {
    name: 'coordinators generating schedules',
    engine: 'api',
    weight: 1,
    flowFunction: 'coordinator',
    journeys: ['generate a schedule over HTTP'],
  };
  const profile = { phases: [{ name: 'steady', duration: 4, arrivalCount: 1 }], scenarios: [generating] };
  const artillery = startArtillery(writeProfile(folder, profile), { ...settings, JOURNEYS: '1', THINK: '0' });
  const { code } = await artillery.ended;

  const { run, samples, summary } = finishedRun(`${folder}/reports`);
  const { verdict, reasons } = apartFromMachine(summary);
  assert.deepEqual([verdict, code], ['fail', summary.exitCode], artillery.output);
  assert.equal(run.ended, 'finished');
  const generated = samples.find(({ kind, name }) => kind === 'request' && name === 'schedule.generate');
  assert.ok(generated?.kind === 'request' && generated.ok && generated.value >= 20_000);
  const [span, ...more] = summary.unresponsive?.spans ?? [];
  assert.equal(more.length, 0);
  assert.ok(span && span.seconds >= 18 && span.seconds < 22, JSON.stringify(summary.unresponsive));
  assert.match(reasons[0] ?? '', /^target\.unresponsive\.longest: expected ≤ 10.000 ms/);
  assert.match(artillery.stdout, /has answered no health probe for \d+ s: the run goes on/);
});

it('a target that is gone before the run leaves no run directory and exits 4', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await scheduler.stop();
  const artillery = startArtillery(writeProfile(folder, MIXED), settings);
  assert.equal((await artillery.ended).code, 4, artillery.output);
  assert.equal(runDirectory(`${folder}/reports`), undefined);
});
