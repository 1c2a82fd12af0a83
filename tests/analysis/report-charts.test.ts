/** What a picture of the report means is said beside it: units of time, shades, kinds of bars. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import { timeAxis } from '../../analysis/report/time-axis.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const texts = (drawn: string) => [...drawn.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text);

test('marks of time are in one unit, and it is said what they count', () => {
  const axis = (seconds: number) => timeAxis({ seconds, phases: [], silences: [] }).text;
  assert.deepEqual(texts(axis(62)), ['0', '15 s', '30 s', '45 s', '60 s']);
  assert.deepEqual(texts(axis(300)), ['0', '1 min', '2 min', '3 min', '4 min', '5 min']);
  assert.deepEqual(texts(axis(14_400)), ['0', '1 h', '2 h', '3 h', '4 h']);
  assert.match(axis(62), /time since the start of the run/);
});

test('each picture has its axis of time or of times, and says what its shapes and shades are', async () => {
  const about = { session: 'b9', journey: 'look', role: 'admin', via: 'browser', unit: 'ms', ok: true };
  const samples = [
    ...healthySamples(),
    { ...about, kind: 'step', name: 'open', t: START + 9000, value: 100 },
    { ...about, kind: 'journey', name: 'look', t: START + 9000, value: 200 },
  ] as Sample[];
  const { summary } = await conclude(runDirectory(runJson(), samples));
  const page = report(summary);
  const sectionOf = (id: string) => (page.split(`<h2 id="${id}">`)[1] ?? '').split('</section>')[0] ?? '';
  const timeline = sectionOf('timeline');
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  assert.ok(count(timeline, /<figure /g) >= 3);
  assert.equal(count(timeline, /time since the start/g), count(timeline, /<figure /g));
  assert.equal(count(sectionOf('glance'), /time since the start/g), 1, 'four low ones share one');
  const map = sectionOf('latency-map');
  for (const share of ['2', '10', '25', '50', '100'])
    assert.match(map, new RegExp(`up to ${share} %</span>`));
  assert.match(map, /time since the start/);
  const spread = sectionOf('spread');
  assert.match(spread, /fastest to slowest<[\s\S]*median to 95 %</);
  assert.deepEqual(texts(spread).slice(0, 3), ['1 ms', '10 ms', '100 ms']);
  const passes = sectionOf('passes');
  assert.match(passes, /> step<[\s\S]*> call<[\s\S]*> failed</);
  assert.match(passes, /time in which something ran<\/span><span class="ends"><span>0<\/span> <span>\d+ ms</);
});
