import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { driverNow, StepClock } from '../../measure/browser/step-clock.ts';

test('the driver’s clock is on the scale of the epoch', () => {
  assert.ok(Math.abs(driverNow() - Date.now()) < 50);
});

test('from the first input to the moment the thing came', () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun + 10);
  clock.noteAppeared(clock.begun + 310.04);
  assert.deepEqual(clock.read(), { value: 300, clock: 'page' });
});

test('the first input counts, in whatever order inputs are told', () => {
  const clock = new StepClock();
  for (const at of [50, 20, 90]) clock.noteInput(clock.begun + at);
  clock.noteAppeared(clock.begun + 120);
  assert.equal(clock.read().value, 100);
});

test('the last awaited thing counts, in whatever order they were awaited', () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun);
  for (const at of [400, 900, 200]) clock.noteAppeared(clock.begun + at);
  assert.deepEqual(clock.read(), { value: 900, clock: 'page' });
});

test('an input of the step before is not this step’s; clocks may disagree by 3 ms', () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun - 3.5);
  clock.noteInput(clock.begun + 40);
  clock.noteAppeared(clock.begun + 100);
  assert.equal(clock.read().value, 60);
  clock.noteInput(clock.begun - 2.5);
  assert.equal(clock.read().value, 102.5);
});

test('without an input the step begins where it was begun', () => {
  const clock = new StepClock();
  clock.noteAppeared(clock.begun + 75);
  assert.deepEqual(clock.read(), { value: 75, clock: 'page' });
});

test('what was there before the first input says nothing: the last wait does, and says so', async () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun + 20);
  await wait(60);
  clock.noteAppeared(clock.begun - 5000);
  const waited = driverNow() - clock.begun;
  await wait(60);
  const { value, clock: source } = clock.read();
  assert.equal(source, 'driver');
  assert.ok(Math.abs(value - (waited - 20)) < 5, `${value} instead of ${waited - 20}`);
});

test('of two awaited things the one that came in the step counts, not the one that was there', () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun + 10);
  clock.noteAppeared(clock.begun + 110);
  clock.noteAppeared(clock.begun - 2000);
  assert.deepEqual(clock.read(), { value: 100, clock: 'page' });
});

test('where the page cannot tell (0), the driver’s clock stands in', async () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun);
  await wait(30);
  clock.noteAppeared(0);
  const { value, clock: source } = clock.read();
  assert.equal(source, 'driver');
  assert.ok(value >= 29 && value <= driverNow() - clock.begun + 0.1, `${value} ms`);
});

test('a step that only enters things lasts from its first input to its last', async () => {
  const clock = new StepClock();
  for (const at of [30, 5, 20]) clock.noteInput(clock.begun + at);
  await wait(60);
  assert.deepEqual(clock.read(), { value: 25, clock: 'page' });
});

test('a wait that the page cannot time is not passed over for an input', async () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun + 1);
  await wait(40);
  clock.noteAppeared(0);
  const { value, clock: source } = clock.read();
  assert.equal(source, 'driver');
  assert.ok(value >= 38, `${value} ms`);
});

test('a step without input or wait lasts until it is read', async () => {
  const clock = new StepClock();
  await wait(30);
  const { value, clock: source } = clock.read();
  assert.equal(source, 'driver');
  assert.ok(value >= 29 && value <= driverNow() - clock.begun + 0.1, `${value} ms`);
});

test('a step is never shorter than nothing', () => {
  const clock = new StepClock();
  clock.noteInput(clock.begun + 50);
  clock.noteAppeared(clock.begun + 48);
  assert.deepEqual(clock.read(), { value: 0, clock: 'page' });
});
