import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { GeneratorHealth } from '../../measure/generator.ts';
import { Recorder } from '../../measure/recorder.ts';
import type { GeneratorSample } from '../../measure/run/samples.ts';
import { emptyFolder, samplesIn } from './run-folder.ts';

/** CPU time that each busy process uses, ms; then it sleeps. Counted by itself, so that a full machine does not matter. */
const BUSY_MS = 500;
const BUSY = `setTimeout(() => {
  const used = () => process.cpuUsage().user + process.cpuUsage().system;
  while (used() < ${BUSY_MS * 1000}) for (let n = 0; n < 1e5; n += 1);
  console.log('done');
  setInterval(() => {}, 1e9);
}, 300);`;

/** A process that has two busy ones under it; gives their ids. */
async function family(
  t: TestContext,
): Promise<{ root: ChildProcess; children: [number, number]; done: Promise<void> }> {
  const script = '"$NODE" -e "$BUSY" & echo pid $!; "$NODE" -e "$BUSY" & echo pid $!; wait';
  const root = spawn(
    'sh',
    ['-c', script.replaceAll('$NODE', process.execPath).replaceAll('"$BUSY"', '"$0"'), BUSY],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  const pids = () => [...text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
  t.after(() => {
    for (const pid of pids()) process.kill(pid, 'SIGKILL');
    root.kill('SIGKILL');
  });
  let finished: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finished = resolve;
  });
  await new Promise<void>((known) => {
    root.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (pids().length === 2) known();
      if ((text.match(/done/g) ?? []).length === 2) finished();
    });
  });
  return { root, children: pids() as [number, number], done };
}

/** CPU time of all samples together, ms. */
function cpuMs(samples: GeneratorSample[], begun: number): number {
  let before = begun;
  let sum = 0;
  for (const { cpu, t } of samples) {
    sum += cpu * os.availableParallelism() * (t - before);
    before = t;
  }
  return sum;
}

test('sees the CPU and memory of the whole tree, without what is left out', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const { root, children, done } = await family(t);
  const presence = () => ({ users: 5, browserUsers: 2, apiUsers: 3 });
  const [whole, part] = [emptyFolder(t), emptyFolder(t)];
  const recorders = [new Recorder(whole), new Recorder(part)] as const;
  const begun = Date.now();
  const watching = [
    new GeneratorHealth(recorders[0], { root: root.pid, presence }),
    new GeneratorHealth(recorders[1], { root: root.pid, without: [children[1]], presence }),
  ];
  await Promise.all([done, wait(2100)]);
  await wait(1100); // the sample after the last of the work
  for (const health of watching) health.stop();
  for (const recorder of recorders) recorder.close();
  const [all, one] = [samplesIn(whole), samplesIn(part)] as [GeneratorSample[], GeneratorSample[]];
  const [both, single] = [cpuMs(all, begun), cpuMs(one, begun)];
  assert.ok(both > 1.8 * BUSY_MS && both < 2.6 * BUSY_MS, `${both} ms instead of ${2 * BUSY_MS}`);
  assert.ok(single > 0.9 * BUSY_MS && single < 1.4 * BUSY_MS, `${single} ms instead of ${BUSY_MS}`);
  assert.ok(all.length >= 3, `${all.length} samples in 3 s`);
  for (const { cpu, memoryMiB, users, browserUsers, apiUsers } of all) {
    assert.ok(cpu >= 0 && cpu <= 1);
    assert.ok(memoryMiB > 5 && memoryMiB < 1000, `${memoryMiB} MiB`);
    assert.deepEqual([users, browserUsers, apiUsers], [5, 2, 3]);
  }
  assert.ok((all[0]?.memoryMiB ?? 0) > (one[0]?.memoryMiB ?? 0));
});

test('tells how long the event loop was held up', async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const presence = () => ({ users: 0, browserUsers: 0, apiUsers: 0 });
  const health = new GeneratorHealth(recorder, { presence });
  await wait(200);
  const until = performance.now() + 300;
  while (performance.now() < until);
  await wait(1300);
  health.stop();
  recorder.close();
  const [first] = samplesIn(folder) as GeneratorSample[];
  assert.ok(first && first.loopDelay > 250 && first.loopDelay < 900, `${first?.loopDelay} ms`);
});
