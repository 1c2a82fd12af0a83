/** Sizes and counts of views, and the API calls of each pass of a step or journey, become figures as any other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { ViewLoads } from '../../measure/run/events.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const LOADS: ViewLoads = {
  ...{ requests: 9, cached: 2, thirdParty: 1, hidden: 0, failed: 0 },
  ...{ size: 240_000, scriptSize: 150_000, hiddenScripts: 0, elements: 800 },
};

function view(id: number, loads: ViewLoads | undefined, cold = false): Sample {
  const data = { id: `v.${id}`, nav: 'hard' as const, interacted: false, measurable: false, cold };
  const longTasks = { count: 2, ms: 130 };
  return {
    ...{ t: START + 20_000 + id, kind: 'event', name: 'page-view', session: 'b0', page: '/things' },
    data: { ...data, longTasks, ...(loads && { loads }) },
  };
}

const figures = async (more: readonly Sample[]) =>
  (await conclude(runDirectory(runJson(), [...healthySamples(), ...more]))).summary.metrics;

test('a view has its sizes and counts, first views apart; one whose sizes are hidden has no size, and is counted', async () => {
  const hidden = { ...LOADS, hidden: 3, hiddenScripts: 1, size: 10, scriptSize: 0 };
  const metrics = await figures([view(1, LOADS), view(2, hidden), view(3, undefined), view(4, LOADS, true)]);
  const of = (name: string) => {
    const { n, max, unit } = metrics[name] ?? {};
    return [n, max, unit];
  };
  assert.deepEqual(of('view.transfer size./things'), [1, 240_000, 'B']);
  assert.deepEqual(of('view.script size./things'), [1, 150_000, 'B']);
  assert.deepEqual(of('view.script size./things cold'), [1, 150_000, 'B']);
  assert.deepEqual(of('view.hidden sizes./things'), [2, 3, '1']);
  assert.deepEqual(of('view.requests./things'), [2, 9, '1']);
  assert.deepEqual(of('view.DOM elements./things'), [2, 800, '1']);
  assert.deepEqual(of('view.long tasks./things'), [3, 2, '1']);
  assert.deepEqual(of('view.long-task time'), [3, 130, 'ms']);
});

test('a call belongs to the pass that it was sent in; of a pass with an answer of unknown size there are no bytes', async () => {
  const about = { session: 's9', via: 'browser' as const };
  const call = (sent: number, bytes: number | undefined, status = 200): Sample => ({
    ...{
      ...about,
      t: START + sent + 400,
      kind: 'request',
      name: 'things.list',
      class: 'crud',
      method: 'GET',
    },
    ...{ status, value: 400, unit: 'ms', ok: status === 200, bytes, step: 'pour', journey: 'brew' },
  });
  const step = (end: number, ok = true): Sample => ({
    ...{ ...about, t: START + end, kind: 'step', name: 'pour', value: 500, unit: 'ms', ok, journey: 'brew' },
  });
  const passes = [
    // The second answer came after its step's end.
    ...[call(1000, 70), call(1400, 30), step(1500)],
    ...[call(2000, 50), call(2100, undefined), step(2500)],
    ...[step(3500)],
    ...[call(4000, undefined, 0), step(4500, false)],
  ];
  const journey: Sample = {
    ...about,
    t: START + 5000,
    kind: 'journey',
    name: 'brew',
    value: 4500,
    unit: 'ms',
    ok: true,
  };
  const metrics = await figures([...passes, journey]);
  const of = (key: string) => [metrics[key]?.n, metrics[key]?.min, metrics[key]?.max, metrics[key]?.unit];
  assert.deepEqual(of('stepCalls.pour'), [3, 0, 2, '1']);
  assert.deepEqual(of('stepBytes.pour'), [2, 0, 100, 'B']);
  assert.deepEqual(of('journeyCalls.brew'), [1, 5, 5, '1']);
  assert.equal(metrics['journeyBytes.brew'], undefined);
});

test('limits on them are read and judged: in bytes, by page, of first views', async () => {
  const limits = `smoke:
  metrics:
    view.script size.max page *: [error, 100000]
    view.script size.max page * cold: [warn, 200000]
    view.requests.max page /things: [error, 9]
`;
  const { writeFileSync } = await import('node:fs');
  const directory = runDirectory(runJson(), [
    ...healthySamples(),
    ...[1, 2, 3, 4, 5, 6].flatMap((id) => [view(id, LOADS), view(id + 10, LOADS, true)]),
  ]);
  const file = `${directory}/limits.yml`;
  writeFileSync(file, limits);
  const { summary } = await conclude(directory, { thresholds: file });
  assert.deepEqual(
    summary.gates
      .filter(({ metric }) => metric.startsWith('view.'))
      .map((gate) => [gate.metric, gate.outcome, gate.expected]),
    [
      ['view.script size.max page /things', 'failed', '≤ 100 kB'],
      ['view.script size.max page /things cold', 'passed', '≤ 200 kB'],
      ['view.requests.max page /things', 'passed', '≤ 9'],
    ],
  );
});
