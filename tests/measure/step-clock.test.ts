import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { between, driverNow, PageClock } from '../../measure/browser/page-clock.ts';
import { StepClock } from '../../measure/browser/step-clock.ts';

/** A page's clock whose zero lies at this moment of the driver's, known to this many ms. */
function pageClock(zero: number, knownTo = 0): PageClock {
  const clock = new PageClock();
  const now = driverNow() - zero;
  clock.answered(now, zero + now - knownTo, now);
  return clock;
}

/** A step on a page that is as old as the step, and moments of that page. */
function step(offBy = 0) {
  const clock = new StepClock();
  const page = pageClock(clock.begun - offBy);
  return { clock, at: (ms: number) => ({ at: ms + offBy, clock: page }) };
}

test('the driver’s clock is on the scale of the epoch', () => {
  assert.ok(Math.abs(driverNow() - Date.now()) < 50);
});

test('from the first input to the moment the thing came', () => {
  const { clock, at } = step();
  clock.noteInput(at(10));
  clock.noteAppeared({ from: at(309), by: at(310.04) });
  assert.deepEqual(clock.read(), { value: 300, clock: 'page' });
});

test('the first input counts, in whatever order inputs are heard', () => {
  const { clock, at } = step();
  for (const ms of [50, 20, 90]) clock.noteInput(at(ms));
  clock.noteAppeared({ from: at(120), by: at(120) });
  assert.equal(clock.read().value, 100);
});

test('the last awaited thing counts, in whatever order they were awaited', () => {
  const { clock, at } = step();
  clock.noteInput(at(0));
  for (const ms of [400, 900, 200]) clock.noteAppeared({ from: at(ms), by: at(ms) });
  assert.deepEqual(clock.read(), { value: 900, clock: 'page' });
});

test('an input of the step before is not this step’s; what is heard is late by up to 3 ms', () => {
  const { clock, at } = step(1000);
  clock.noteInput(at(-3.5));
  clock.noteInput(at(40));
  clock.noteAppeared({ from: at(100), by: at(100) });
  assert.ok(Math.abs(clock.read().value - 60) < 1);
  clock.noteInput(at(-2));
  assert.ok(Math.abs(clock.read().value - 102) < 1);
});

test('without an input the step begins where it was begun', () => {
  const { clock, at } = step();
  clock.noteAppeared({ from: at(75), by: at(75) });
  const { value, clock: source } = clock.read();
  assert.equal(source, 'page');
  assert.ok(value >= 75 && value < 77, `${value} ms`);
});

test('what was there before the first input was not waited for: the step ends with its input', () => {
  const { clock, at } = step(6000);
  clock.noteInput(at(20));
  clock.noteAppeared({ by: at(-5000) });
  assert.deepEqual(clock.read(), { value: 0, clock: 'page' });
});

test('of what came between two moments the later counts, and a step that may be much shorter is coarse', () => {
  const { clock, at } = step();
  clock.noteInput(at(0));
  clock.noteAppeared({ from: at(100), by: at(118) });
  assert.deepEqual(clock.read(), { value: 118, clock: 'page' });
  clock.noteAppeared({ from: at(120), by: at(160) });
  assert.deepEqual(clock.read(), { value: 160, clock: 'driver', offByAtMost: 40 });
});

test('one thing without a moment makes the step coarse, unless another came surely later', () => {
  const { clock, at } = step();
  clock.noteInput(at(0));
  clock.noteAppeared({ from: at(100), by: at(100) });
  clock.noteAppeared({ by: at(700) });
  assert.deepEqual(clock.read(), { value: 700, clock: 'driver', offByAtMost: 600 });
  clock.noteAppeared({ from: at(705), by: at(706) });
  assert.deepEqual(clock.read(), { value: 706, clock: 'page' });
});

test('what no clock of the page timed is coarse, however short the wait', () => {
  const { clock, at } = step();
  clock.noteInput(at(0));
  clock.noteAppeared({ by: at(10), coarse: true });
  assert.deepEqual(clock.read(), { value: 10, clock: 'driver', offByAtMost: 10 });
  clock.noteAppeared({ from: at(6), by: at(6) });
  assert.deepEqual(clock.read(), { value: 10, clock: 'driver', offByAtMost: 4 }, 'beside what one did time');
});

test('a step that only enters things lasts from its first input to its last', async () => {
  const { clock, at } = step();
  for (const ms of [30, 5, 20]) clock.noteInput(at(ms));
  await wait(60);
  assert.deepEqual(clock.read(), { value: 25, clock: 'page' });
});

test('a step without input or wait lasts until it is read', async () => {
  const clock = new StepClock();
  await wait(30);
  const { value, clock: source, offByAtMost } = clock.read();
  assert.equal(source, 'driver');
  assert.equal(offByAtMost, value);
  assert.ok(value >= 29 && value <= driverNow() - clock.begun + 0.1, `${value} ms`);
});

test('a step that failed was tried until now, also after its last input', async () => {
  const { clock, at } = step();
  clock.noteInput(at(1));
  await wait(40);
  const { value } = clock.tried();
  assert.ok(value >= 38 && value <= driverNow() - clock.begun + 0.1, `${value} ms`);
});

test('a step is never shorter than nothing', () => {
  const { clock, at } = step();
  clock.noteInput(at(50));
  clock.noteAppeared({ from: at(49), by: at(50) });
  assert.deepEqual(clock.read(), { value: 0, clock: 'page' });
});

test('two moments of one page are as far apart as its clock says, however badly that is known', () => {
  const page = pageClock(5000, 300);
  assert.deepEqual(between({ at: 10, clock: page }, { at: 250, clock: page }), [240, 240]);
});

test('moments of two pages are as far apart as their zeros on the driver’s clock, between two bounds', () => {
  const [first, second] = [pageClock(10_000, 2), pageClock(10_500, 4)];
  const [least, most] = between({ at: 100, clock: first }, { at: 50, clock: second });
  assert.ok(Math.abs(least - 446) < 1 && Math.abs(most - 452) < 1, `${least} to ${most} ms`);
});

test('the quickest answers say best where a page’s zero lies', () => {
  const clock = new PageClock();
  const zero = driverNow() - 100;
  clock.answered(50, zero + 10);
  clock.answered(driverNow() - zero - 1, driverNow() - 2);
  const [earliest, latest] = clock.zero;
  assert.ok(
    earliest <= zero && latest >= zero && latest - earliest < 5,
    `${earliest - zero} to ${latest - zero}`,
  );
});

test('an act that gave no input begins the step, somewhere within it: the step is coarse', () => {
  const { clock, at } = step();
  clock.noteAct({ begin: clock.begun + 5, end: clock.begun + 25 });
  clock.noteAct({ begin: clock.begun + 500, end: clock.begun + 520 });
  clock.noteInput(at(510));
  clock.noteAppeared({ from: at(515), by: at(515) });
  assert.deepEqual(clock.read(), { value: 510, clock: 'driver', offByAtMost: 20 });
});

test('an act that gave an input begins with that', () => {
  const { clock, at } = step();
  clock.noteAct({ begin: clock.begun + 5, end: clock.begun + 25 });
  clock.noteInput(at(15));
  clock.noteAppeared({ from: at(515), by: at(515) });
  assert.deepEqual(clock.read(), { value: 500, clock: 'page' });
});

test('what is typed where nothing is done is the page’s own', () => {
  const { clock, at } = step();
  clock.noteInput(at(5), { isTyped: true });
  clock.noteAct({ begin: clock.begun + 300, end: clock.begun + 320 });
  clock.noteInput(at(310), { isTyped: true });
  clock.noteAppeared({ from: at(410), by: at(410) });
  assert.deepEqual(clock.read(), { value: 100, clock: 'page' });
});

test('a step of which nobody says what was done is never exact', () => {
  for (const inputs of [[], [10]]) {
    const { clock, at } = step();
    clock.missActs();
    for (const ms of inputs) clock.noteInput(at(ms));
    clock.noteAppeared({ from: at(50), by: at(50) });
    assert.equal(clock.read().clock, 'driver');
  }
});
