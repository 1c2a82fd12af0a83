import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionValues } from '../../compare/session-values.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, START } from '../analysis/synthetic-run.ts';

const at = (second: number, session: string) => ({ t: START + second * 1000, session, phase: 'steady' });
const request = (second: number, session: string, value: number, more: object = {}) =>
  ({
    ...at(second, session),
    kind: 'request',
    name: 'people.list',
    class: 'crud',
    method: 'GET',
    status: 200,
    value,
    unit: 'ms',
    ok: true,
    via: 'http',
    ...more,
  }) as Sample;
const vital = (second: number, session: string, view: string, value: number) =>
  ({
    ...at(second, session),
    kind: 'vital',
    name: 'LCP',
    value,
    unit: 'ms',
    view,
    page: '/people',
    nav: 'hard',
    rating: 'good',
  }) as Sample;

test('each session gives one median, without its warm-up and its failures; of a view the latest vital counts', async () => {
  const run = runJson();
  const samples = [
    request(1, 'a', 900, { warmup: true }),
    request(2, 'a', 10),
    request(3, 'a', 20),
    request(4, 'a', 40),
    request(5, 'a', 5000, { ok: false, status: 500 }),
    request(6, 'b', 70),
    vital(2, 'a', 'v1', 300),
    vital(4, 'a', 'v1', 500),
    // Lines need not lie in the order of time.
    vital(3, 'a', 'v1', 400),
    vital(5, 'a', 'v2', 700),
  ];
  const { medians, tries } = await sessionValues(runDirectory(run, samples), run);
  assert.deepEqual(medians.get('request.people.list'), [20, 70]);
  assert.deepEqual(medians.get('class.crud'), [20, 70]);
  assert.deepEqual(medians.get('vital.LCP'), [600]);
  assert.deepEqual(medians.get('vital.LCP./people'), [600]);
  const expected = [
    { failed: 1, n: 4 },
    { failed: 0, n: 1 },
  ];
  assert.deepEqual(tries.get('requests'), expected);
  assert.deepEqual(tries.get('request.people.list'), expected);
});
