/** A loop that is blocked just when it is looked at: what is timed on it then is wrong all the same. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { LoopDelay } from '../../measure/health/loop-delay.ts';

const DELAY_MS = 300;

/** Blocks this thread, and takes no CPU. */
function block(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, DELAY_MS);
}

/** Some beats of the monitor lie between two looks. */
async function watching(t: TestContext): Promise<LoopDelay> {
  const loop = new LoopDelay();
  t.after(() => loop.stop());
  await wait(100);
  return loop;
}

function assertSeen({ worst, wait }: ReturnType<LoopDelay['take']>): void {
  assert.ok(worst > DELAY_MS - 30, `${worst} ms`);
  // The mean of all moments: those of the delay waited half of it.
  assert.ok(wait > 1, `${wait} ms`);
}

test('a delay that a look ends is in it', async (t) => {
  const loop = await watching(t);
  block();
  assertSeen(loop.take());
});

test('a delay that begins with a look is in the next one', async (t) => {
  const loop = await watching(t);
  loop.take();
  block();
  await wait(100);
  assertSeen(loop.take());
});

test('a delay between two looks is in the second, once', async (t) => {
  const loop = await watching(t);
  loop.take();
  await wait(50);
  block();
  await wait(50);
  assertSeen(loop.take());
  const last = performance.now();
  await wait(50);
  const { worst } = loop.take();
  const elapsed = performance.now() - last;
  assert.ok(worst < elapsed, `${worst} ms of ${elapsed} ms`);
});
