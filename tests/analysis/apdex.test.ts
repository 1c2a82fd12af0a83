import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { addToApdex, apdexOf, newApdex } from '../../analysis/statistics/apdex.ts';
import type { RequestSample, Sample, StepSample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

test('the score is that of the specification’s own example: 60 satisfied, 30 tolerating, 10 frustrated are 0.75', () => {
  const tally = newApdex();
  for (let index = 0; index < 60; index += 1) addToApdex(tally, 1000, true);
  for (let index = 0; index < 30; index += 1) addToApdex(tally, index === 0 ? 1000.1 : 4000, true);
  for (let index = 0; index < 5; index += 1) addToApdex(tally, 4000.1, true);
  for (let index = 0; index < 5; index += 1) addToApdex(tally, 10, false); // a quick failure frustrates as well
  assert.deepEqual(tally, { satisfied: 60, tolerating: 30, frustrated: 10 });
  assert.equal(apdexOf(tally), 0.75);
  assert.equal(apdexOf(newApdex()), null);
});

const step = (value: number, changes: Partial<StepSample> = {}): Sample => ({
  t: START + 2000,
  kind: 'step',
  name: 'a slow one',
  journey: 'view my schedule',
  value,
  unit: 'ms',
  ok: true,
  ...changes,
});

test('first views count, warm-up and what was interrupted do not; a step has a score of its own', async () => {
  const more = [
    step(500),
    step(2000, { cold: true }),
    step(9000, { warmup: true }),
    step(9000, { ok: false, interrupted: true }),
  ];
  const before = await conclude(runDirectory(runJson(), healthySamples()));
  const { summary, reportPath: _ } = await conclude(runDirectory(runJson(), [...healthySamples(), ...more]));
  assert.equal(summary.steps.find(({ name }) => name === 'a slow one')?.apdex, 0.75);
  assert.equal(summary.apdex.satisfied, before.summary.apdex.satisfied + 1);
  assert.equal(summary.apdex.tolerating, before.summary.apdex.tolerating + 1);
  assert.equal(summary.apdex.frustrated, before.summary.apdex.frustrated);
});

const answer = (status: number, changes: Partial<RequestSample> = {}): Sample => ({
  t: START + 2000,
  kind: 'request',
  name: 'people.list',
  class: 'crud',
  method: 'GET',
  status,
  value: 5,
  unit: 'ms',
  ok: status > 0 && status < 400,
  via: 'http',
  ...changes,
});

test('availability: no answer and 500 are down; 404, 429 and what the page took back are not', async () => {
  const before = (await conclude(runDirectory(runJson(), healthySamples()))).summary.counts.availability;
  const more = [
    ...[200, 404, 429, 500, 503, 0].map((status) => answer(status)),
    answer(0, { via: 'browser', error: 'net::ERR_ABORTED', errorKind: 'aborted' }),
  ];
  const { summary } = await conclude(runDirectory(runJson(), [...healthySamples(), ...more]));
  assert.equal(before.down, 0);
  assert.deepEqual(summary.counts.availability, { n: before.n + 6, down: 3, excused: 0 });
});
