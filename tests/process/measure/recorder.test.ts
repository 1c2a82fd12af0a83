import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Recorder } from '../../../measure/run/recorder.ts';
import type { CountSample, EventSample } from '../../../measure/run/samples.ts';
import { emptyFolder, samplesIn, written } from '../../measure/run-folder.ts';

/** What a loaded machine may add to a timer. */
const SLACK_MS = 250;

function numbered(n: number, filling = ''): CountSample {
  return { t: n, kind: 'count', name: 'test', value: n, page: filling };
}

test('what is written comes back, one whole line a sample, whatever it holds', (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const samples = [numbered(1, 'two\nlines'), numbered(2, 'Zoë – “quoted” \u2028'), numbered(3)];
  for (const sample of samples) recorder.write(sample);
  recorder.close();
  assert.deepEqual(samplesIn(folder), samples);
  const lines = written(folder).split('\n');
  assert.equal(lines.length, samples.length + 2);
  const { name, data } = JSON.parse(lines.at(-2) as string) as EventSample<'lines-written'>;
  assert.deepEqual([name, data], ['lines-written', { lines: 3 }]);
  assert.equal(recorder.count, 3);
});

test('lines are kept for a moment, 250 ms at most', async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  t.after(() => recorder.close());
  for (let round = 1; round <= 3; round += 1) {
    const begun = performance.now();
    recorder.write(numbered(round));
    assert.equal(samplesIn(folder).length, round - 1, 'one line is no reason to go to the disk');
    while (samplesIn(folder).length < round && performance.now() - begun < 5000) await wait(5);
    const held = performance.now() - begun;
    assert.ok(held <= 250 + SLACK_MS, `kept for ${held} ms`);
  }
});

test('a steady stream does not put the writing off', async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  t.after(() => recorder.close());
  const begun = performance.now();
  for (let n = 1; samplesIn(folder).length === 0; n += 1) {
    recorder.write(numbered(n));
    await wait(5);
    assert.ok(performance.now() - begun < 250 + SLACK_MS, `nothing written after ${n} samples`);
  }
});

test('many lines are written at once, without waiting for the timer', (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  t.after(() => recorder.close());
  for (let n = 0; n < 70; n += 1) recorder.write(numbered(n, 'x'.repeat(1000)));
  const count = samplesIn(folder).length;
  assert.ok(count >= 60 && count < 70, `${count} of 70 lines of 1 kB are there`);
});

test('a sample after the end is refused, not lost', (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  recorder.write(numbered(1));
  recorder.close();
  recorder.close();
  assert.throws(() => recorder.write(numbered(2)), /count sample .* closed/);
  assert.deepEqual(samplesIn(folder), [numbered(1)]);
});

test('two threads and this one write into one file: no line is torn, none is lost', async (t) => {
  const folder = emptyFolder(t);
  const count = 3000;
  const threads = ['a', 'b'].map(
    (name) =>
      new Worker(new URL('./writing-thread.ts', import.meta.url), {
        workerData: { folder, name, count },
      }),
  );
  const recorder = new Recorder(folder);
  const ended = Promise.all(threads.map((thread) => once(thread, 'exit')));
  let open = true;
  void ended.then(() => {
    open = false;
  });
  for (let n = 0; open; n += 1) {
    recorder.write({ t: n, kind: 'count', name: 'here', value: n });
    recorder.flush();
    if (n % 20 === 0) await wait(1);
  }
  recorder.close();
  assert.deepEqual(
    (await ended).map(([code]) => code),
    [0, 0],
  );
  const samples = samplesIn(folder) as CountSample[];
  for (const [name, expected] of [
    ['a', count],
    ['b', count],
    ['here', recorder.count],
  ] as const) {
    const own = samples.filter((sample) => sample.name === name).map(({ value }) => value);
    assert.deepEqual(
      own,
      Array.from({ length: expected }, (_, n) => n),
    );
  }
  assert.equal(samples.length, 2 * count + recorder.count);
});

test('a process that is killed keeps all but its last 250 ms', async (t) => {
  const folder = emptyFolder(t);
  const child = fork(fileURLToPath(new URL('./killed-writer.ts', import.meta.url)), [folder]);
  t.after(() => child.kill('SIGKILL'));
  let last = { n: 0, t: 0 };
  child.on('message', (told: typeof last) => {
    last = told;
    if (told.n === 300) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'exit');
  assert.equal(signal, 'SIGKILL');
  const samples = samplesIn(folder) as CountSample[];
  assert.deepEqual(
    samples.map(({ value }) => value),
    samples.map((_, index) => index + 1),
    'nothing is missing in between',
  );
  const lost = last.t - (samples.at(-1)?.t ?? 0);
  assert.ok(lost <= 250 + SLACK_MS, `lost the last ${lost} ms: ${last.n - samples.length} samples`);
});
