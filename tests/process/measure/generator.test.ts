import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { GeneratorHealth } from '../../../measure/health/generator.ts';
import { Recorder } from '../../../measure/run/recorder.ts';
import type { GeneratorSample, Sample, TargetSample } from '../../../measure/run/samples.ts';
import { emptyFolder, samplesIn } from '../../measure/run-folder.ts';

/** CPU time that each busy process uses, ms; then it sleeps. Counted by itself, so that a full machine does not matter. */
const BUSY_MS = 500;
const BUSY = `setTimeout(() => {
  const used = () => process.cpuUsage().user + process.cpuUsage().system;
  while (used() < ${BUSY_MS * 1000}) for (let n = 0; n < 1e5; n += 1);
  console.log('done');
  setInterval(() => {}, 1e9);
}, 300);`;

const presence = () => ({ users: 5, browserUsers: 2, httpUsers: 3 });

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

function ofGenerator(samples: Sample[]): GeneratorSample[] {
  return samples.filter((sample) => sample.kind === 'generator');
}

/** CPU time of all samples together, ms. */
function cpuMs(samples: Array<GeneratorSample | TargetSample>, begun: number): number {
  let before = begun;
  let sum = 0;
  for (const { cpu = 0, t } of samples) {
    sum += cpu * os.availableParallelism() * (t - before);
    before = t;
  }
  return sum;
}

test('sees the CPU and memory of the whole tree; of a target within it apart', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const { root, children, done } = await family(t);
  const [whole, part] = [emptyFolder(t), emptyFolder(t)];
  const recorders = [new Recorder(whole), new Recorder(part)] as const;
  const begun = Date.now();
  const watching = [
    new GeneratorHealth(recorders[0], { root: root.pid, presence }),
    new GeneratorHealth(recorders[1], { root: root.pid, target: children[1], presence }),
  ];
  await Promise.all([done, wait(2100)]);
  await wait(1100); // the sample after the last of the work
  for (const health of watching) health.stop();
  for (const recorder of recorders) recorder.close();
  const [all, one] = [ofGenerator(samplesIn(whole)), ofGenerator(samplesIn(part))];
  const target = samplesIn(part).filter((sample) => sample.kind === 'target');
  const [both, single, apart] = [cpuMs(all, begun), cpuMs(one, begun), cpuMs(target, begun)];
  assert.ok(both > 1.8 * BUSY_MS && both < 2.6 * BUSY_MS, `${both} ms instead of ${2 * BUSY_MS}`);
  assert.ok(single > 0.9 * BUSY_MS && single < 1.4 * BUSY_MS, `${single} ms instead of ${BUSY_MS}`);
  assert.ok(apart > 0.9 * BUSY_MS && apart < 1.4 * BUSY_MS, `${apart} ms of the target`);
  assert.ok(samplesIn(whole).length === all.length, 'no target is watched that was not started');
  assert.ok((target.at(-1)?.memoryMiB ?? 0) > 5);
  assert.ok(all.length >= 3, `${all.length} samples in 3 s`);
  for (const { cpu = -1, memoryMiB = -1, users, browserUsers, httpUsers } of all) {
    assert.ok(cpu >= 0 && cpu <= 1);
    assert.ok(memoryMiB > 5 && memoryMiB < 1000, `${memoryMiB} MiB`);
    assert.deepEqual([users, browserUsers, httpUsers], [5, 2, 3]);
  }
  assert.ok((all.at(-1)?.memoryMiB ?? 0) > (one.at(-1)?.memoryMiB ?? 0));
});

test('what a child uses is seen in the CPU of the whole machine', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const { done } = await family(t);
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const health = new GeneratorHealth(recorder, { presence });
  await Promise.all([done, wait(2100)]);
  await wait(1100);
  health.stop();
  recorder.close();
  const samples = ofGenerator(samplesIn(folder));
  const [own, machine] = [samples, samples.map((sample) => ({ ...sample, cpu: sample.hostCpu }))].map(
    (some) => cpuMs(some, samples[0]!.t - 1000),
  ) as [number, number];
  assert.ok(own > 1.8 * BUSY_MS, `${own} ms`);
  // Ticks are 10 ms, and the two are not read at the same instant.
  assert.ok(machine > 0.9 * own, `${machine} ms on the machine, ${own} ms of them by the tree`);
  const { load1 = -1, sockets = -1, planned, started, late } = samples[0]!;
  assert.ok(load1 >= 0 && sockets >= 0);
  assert.deepEqual([planned, started, late], [undefined, undefined, undefined], 'nobody planned arrivals');
});

test('where there is no /proc the loop, the users and the arrivals are watched all the same', async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const arrivals = () => ({ planned: 3, started: 2, late: 40 });
  const health = new GeneratorHealth(recorder, {
    presence,
    arrivals,
    target: process.pid,
    proc: `${folder}/none`,
  });
  await wait(1300);
  health.stop();
  recorder.close();
  const samples = samplesIn(folder);
  assert.deepEqual(
    samples.map(({ t: _t, ...sample }) => ({ ...sample, loopDelay: 0 })),
    [
      {
        kind: 'generator',
        name: 'generator',
        loopDelay: 0,
        users: 5,
        browserUsers: 2,
        httpUsers: 3,
        ...arrivals(),
      },
    ],
  );
});

test('tells how long the event loop was delayed', async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
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
