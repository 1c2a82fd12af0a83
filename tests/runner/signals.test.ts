/** SIGINT and SIGTERM: what each of the two signals ends, in which order, and when the second is one. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Signals } from '../../runner/signals.ts';

function listening() {
  const source = new EventEmitter();
  const heard: string[] = [];
  const signals = new Signals({
    source: source as unknown as NodeJS.Process,
    exit: () => heard.push('exit'),
  });
  const register = (name: string) =>
    signals.register({
      first: (signal) => heard.push(`${name} ${signal}`),
      second: () => void heard.push(`${name} at once`),
    });
  return { source, heard, signals, register };
}

test('the first signal ends what is registered, the latest first; the second ends it at once, and exits', async () => {
  const { source, heard, register } = listening();
  register('run');
  register('client');
  source.emit('SIGTERM', 'SIGTERM');
  source.emit('SIGINT', 'SIGINT');
  const first = ['client SIGTERM', 'run SIGTERM'];
  assert.deepEqual(heard, first, 'npx hands on a signal that came to it as well');
  await wait(600);
  assert.deepEqual(heard, first);
  source.emit('SIGINT', 'SIGINT');
  source.emit('SIGINT', 'SIGINT');
  await wait(10);
  assert.deepEqual(heard, [...first, 'client at once', 'run at once', 'exit']);
});

test('what has ended by itself hears nothing, and without anything the process is left to its signals', () => {
  const { source, heard, register } = listening();
  const unregister = register('run');
  register('client')();
  source.emit('SIGINT', 'SIGINT');
  assert.deepEqual(heard, ['run SIGINT']);
  unregister();
  assert.equal(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM'), 0);
});

test('of a guarded process, a signal that finds nothing to end is its end', () => {
  const { source, heard, signals, register } = listening();
  signals.guard();
  register('run')();
  source.emit('SIGTERM', 'SIGTERM');
  assert.deepEqual(heard, ['exit']);
});
