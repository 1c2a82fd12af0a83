/** Artillery's worker thread is lost when it fails, ends or does not answer before it was asked to stop. */
import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { Channel, type Message } from '../../artillery/channel.ts';
import { WorkerThread } from '../../artillery/plugin/worker-thread.ts';
import { LOST_AFTER_MS } from '../../measure/health/heartbeat.ts';

/** A thread that Node says was started, and what is heard of it. */
function started(t: TestContext) {
  const { exit } = process;
  const heard = Object.assign(new EventEmitter(), { lost: [] as Message[] });
  const worker = new WorkerThread((message) => {
    heard.lost.push(message);
    heard.emit('message');
  });
  const thread = Object.assign(new EventEmitter(), { isEnded: false, terminate: () => ended() });
  const ended = () => {
    thread.isEnded = true;
    return Promise.resolve(0);
  };
  channel('worker_threads').publish({ worker: thread });
  const inThread = new Channel(() => undefined);
  t.after(() => {
    process.exit = exit;
    worker.close();
    inThread.close();
  });
  return { worker, thread, heard, inThread };
}

test('it fails, or ends: said once, with the reason', (t) => {
  const failed = started(t);
  failed.thread.emit('error', new Error('out of memory\n  at all'));
  failed.thread.emit('exit', 1);
  assert.deepEqual(failed.heard.lost, [
    { type: 'worker lost', lost: { worker: 'artillery', why: 'out of memory' } },
  ]);
  const ended = started(t);
  ended.thread.emit('exit', 7);
  assert.deepEqual(ended.heard.lost, [{ type: 'worker lost', lost: { worker: 'artillery', why: 'exit 7' } }]);
});

test('it answers no more: said with the time, and it is ended', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { thread, heard, inThread } = started(t);
  t.mock.timers.tick(2 * LOST_AFTER_MS);
  assert.deepEqual(heard.lost, [], 'it has not said yet that it is there');
  inThread.tell({ type: 'alive' });
  inThread.tell({ type: 'flushed' });
  await once(heard, 'message').catch(() => undefined);
  heard.lost.length = 0;
  t.mock.timers.tick(LOST_AFTER_MS);
  assert.deepEqual(heard.lost, [
    { type: 'worker lost', lost: { worker: 'artillery', silentMs: LOST_AFTER_MS } },
  ]);
  assert.ok(thread.isEnded);
});

test('one that was asked to stop is not lost', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { worker, thread, heard } = started(t);
  const stopped = worker.stop();
  thread.emit('exit', 0);
  await stopped;
  t.mock.timers.tick(2 * LOST_AFTER_MS);
  assert.deepEqual(heard.lost, []);
});
