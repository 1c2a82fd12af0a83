/** Artillery's real reporter, as its command line makes it: it prints on request only. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { silenceReporter } from '../../artillery/plugin/console-reporter.ts';
import { ROOT } from '../../config/environment.ts';

const REPORTER = pathToFileURL(join(ROOT, 'node_modules/artillery/dist/lib/console-reporter.js'));

test('Artillery’s metrics are not printed, and its warnings are', async (t) => {
  const printed: string[] = [];
  const log = (...words: unknown[]) => void printed.push(words.join(' '));
  const artillery = { globalEvents: new EventEmitter(), log };
  Object.assign(globalThis, { artillery });
  t.after(() => Reflect.deleteProperty(globalThis, 'artillery'));
  const { default: createReporter } = await import(REPORTER.href);
  const events = new EventEmitter();
  const reporter = createReporter(events, { quiet: false });
  t.after(() => reporter.spinner.stop());
  const run = () => {
    events.emit('phaseStarted', { name: 'steady', index: 0, duration: 10 });
    const metrics = { counters: { 'vusers.created': 3 }, summaries: {}, rates: {}, period: 0 };
    events.emit('stats', { ...metrics });
    events.emit('done', { ...metrics });
  };
  run();
  assert.match(printed.join('\n'), /Phase started.*Metrics for period.*vusers\.created.*Summary report/s);
  printed.length = 0;
  silenceReporter(artillery);
  run();
  artillery.log('[worker 1]: something is wrong');
  assert.deepEqual(printed, ['[worker 1]: something is wrong']);
});
