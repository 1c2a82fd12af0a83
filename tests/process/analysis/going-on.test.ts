/** A run without an end was killed, or goes on: distinguished, on the machine that makes it and on another. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../../analysis/conclude.ts';
import type { RunJson } from '../../../measure/run/run.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { type WriterProcess, writerProcess } from '../../../measure/run/writer-process.ts';
import { healthySamples, runDirectory, runJson, START } from '../../analysis/synthetic-run.ts';

/** The run directory while it goes on, or as a kill left it: its last sample is of this moment. */
function openRun(process: WriterProcess | undefined): string {
  const late = Date.now() - START - 61_000;
  const samples = healthySamples().map((sample): Sample => ({ ...sample, t: sample.t + late }));
  const start = new Date(START + late).toISOString();
  return runDirectory(runJson({ ended: undefined, end: undefined, start, process }), samples);
}

const KILLED = /^the run was killed: it did not end by itself/;
const GOES_ON = /^the run is still going on/;

test('a runner at work: the figures so far, and nothing that it writes is touched; killed: invalid', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const runner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  t.after(() => runner.kill('SIGKILL'));
  await once(runner, 'spawn');
  const dir = openRun(writerProcess(runner.pid));
  const before = readFileSync(join(dir, 'run.json'), 'utf8');
  const during = await conclude(dir);
  assert.deepEqual([during.verdict, during.goingOn], ['warn', true]);
  assert.match(during.summary.reasons[0] ?? '', GOES_ON);
  assert.equal(readFileSync(join(dir, 'run.json'), 'utf8'), before);
  assert.ok(existsSync(join(dir, 'samples.ndjson')));

  const gone = once(runner, 'exit');
  runner.kill('SIGKILL');
  await gone;
  const after = await conclude(dir);
  assert.deepEqual([after.verdict, after.exitCode, after.goingOn], ['invalid', 3, false]);
  assert.match(after.summary.reasons[0] ?? '', KILLED);
  const { verdict, reasons } = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunJson;
  assert.deepEqual([verdict, reasons?.[0]], ['invalid', after.summary.reasons[0]]);
});

test('the number of an ended runner that another process has now is not taken for it', {
  skip: process.platform !== 'linux',
}, async () => {
  const other = writerProcess(process.ppid) as WriterProcess;
  const { summary } = await conclude(openRun({ ...other, started: '1' }));
  assert.match(summary.reasons[0] ?? '', KILLED);
});

test('on another machine: a file that grows goes on, one of old samples does not', async (t) => {
  const elsewhere = { pid: 1, started: '1', where: 'another boot' };
  const dir = openRun(elsewhere);
  const second = `${JSON.stringify({ t: Date.now(), kind: 'event', name: 'tick' })}\n`;
  const writing = setInterval(() => appendFileSync(join(dir, 'samples.ndjson'), second), 50);
  t.after(() => clearInterval(writing));
  assert.match((await conclude(dir)).summary.reasons[0] ?? '', GOES_ON);

  // A copy: the file is new, what it holds is not.
  const copy = runDirectory(
    runJson({ ended: undefined, end: undefined, process: elsewhere }),
    healthySamples(),
  );
  assert.match((await conclude(copy)).summary.reasons[0] ?? '', KILLED);
});
