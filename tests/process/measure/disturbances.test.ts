/** What makes the generator's own numbers wrong is known by name: a clock that steps, a process that stands still. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ClockJumps } from '../../../measure/health/clock-jumps.ts';
import { Disturbances } from '../../../measure/health/disturbances.ts';
import { GeneratorHealth } from '../../../measure/health/generator.ts';
import { Recorder } from '../../../measure/run/recorder.ts';
import type { EventSample } from '../../../measure/run/samples.ts';
import { emptyFolder, samplesIn } from '../../measure/run-folder.ts';

const EPOCH = 1_795_420_800_000;

/** Clocks that go on by what a test says; `wall` may be stepped. */
function clocks() {
  let now = 1000;
  let step = 0;
  let held = 0;
  return {
    wall: () => {
      now += held;
      return EPOCH + now + step;
    },
    monotonic: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    jump: (ms: number) => {
      step += ms;
    },
    /** The process is delayed for so long each time between reading the one clock and the other. */
    hold: (ms: number) => {
      held = ms;
    },
  };
}

test('a step of the wall clock is reported once, with its size and direction; drift is not', () => {
  const { wall, monotonic, pass, jump, hold } = clocks();
  const jumps = new ClockJumps(wall, monotonic);
  const after = (ms: number) => {
    pass(1000);
    jump(ms);
    return jumps.take();
  };
  assert.deepEqual(
    [after(0), after(5000), after(0), after(-3000), after(0)],
    [undefined, 5000, undefined, -3000, undefined],
  );
  assert.deepEqual([after(249), after(-251)], [undefined, -251]);
  // NTP slews by 0.5 ms a second: an hour of it is two seconds, and no jump.
  assert.deepEqual(new Set(Array.from({ length: 3600 }, () => after(0.5))), new Set([undefined]));
  // On a busy machine a second may pass between the two readings.
  hold(1000);
  const read = after(0);
  hold(0);
  assert.ok(read === undefined || Math.abs(read) <= 500, `${read} ms`);
});

test('standing still and being suspended are reported, the latter when it is over', () => {
  const disturbances = new Disturbances();
  const look = { elapsed: 1000, loopDelay: 20, stopped: [] as string[] };
  const take = (change: Partial<typeof look>) =>
    disturbances.take({ ...look, ...change }).map(({ name, data }) => ({ name, ...data, cpuMs: undefined }));
  assert.deepEqual(take({}), []);
  assert.deepEqual(take({ loopDelay: 999 }), []);
  assert.deepEqual(take({ loopDelay: 3000.4 }), [{ name: 'stood-still', ms: 3000, cpuMs: undefined }]);
  assert.deepEqual(take({ stopped: ['chrome'] }), []);
  assert.deepEqual(take({ stopped: ['chrome', 'chrome', 'gpu'], elapsed: 1100 }), []);
  assert.deepEqual(take({}), [{ name: 'suspended', ms: 2100, programs: 'chrome, gpu', cpuMs: undefined }]);
  assert.deepEqual(take({}), []);
  assert.deepEqual(take({ stopped: ['chrome'] }), []);
  assert.equal(
    (disturbances.end()[0] as EventSample<'suspended'>).data.ms,
    1000,
    'it lasted until the run ended',
  );
  assert.deepEqual(disturbances.end(), []);
});

test('in the samples of a run: a jump of its clock, a child that is stopped', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  let step = 0;
  const clock = () => Date.now() + step;
  const presence = () => ({ users: 0, browserUsers: 0, httpUsers: 0 });
  const health = new GeneratorHealth(recorder, { presence, clock });
  child.kill('SIGSTOP');
  await wait(1300);
  step = -2000;
  child.kill('SIGCONT');
  await wait(1000);
  health.stop();
  recorder.close();
  const samples = samplesIn(folder);
  const events = samples.filter((sample) => sample.kind === 'event' && sample.name !== 'stood-still');
  assert.deepEqual(
    events.map(({ name }) => name),
    ['clock-jumped', 'suspended'],
  );
  const [jumped, suspended] = events as [EventSample<'clock-jumped'>, EventSample<'suspended'>];
  assert.ok(Math.abs(jumped.data.ms + 2000) < 50, `${jumped.data.ms}`);
  assert.equal(suspended.data.programs, 'sleep');
  const seconds = samples.filter((sample) => sample.kind === 'generator');
  assert.deepEqual([seconds[0]?.stopped, seconds.at(-1)?.stopped], [1, undefined]);
});
