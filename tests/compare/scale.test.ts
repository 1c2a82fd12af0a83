import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsToDecide } from '../../compare/runs-to-decide.ts';
import { isBeyond, limitOf, scaleOf } from '../../compare/scale.ts';

test('a ratio is beyond a limit of 10 % when the figure rises or falls by more than a tenth of itself', () => {
  const scale = scaleOf('class.crud.p95', 'ms', [100, 90]);
  assert.deepEqual([scale.kind, scale.worse, limitOf(scale, 0.1)], ['ratio', 'up', 0.1]);
  const beyond = (from: number, to: number) => isBeyond(scale, scale.to(to) - scale.to(from), 0.1);
  assert.deepEqual([beyond(100, 110.1), beyond(100, 109.9)], [true, false]);
  assert.deepEqual([beyond(100, 89.9), beyond(100, 90.2)], [true, false]);
  assert.equal(scale.change(scale.to(120) - scale.to(100)).toFixed(6), '0.200000');
});

test('a share, a layout shift, a drift and what can be 0 are compared by their difference', () => {
  for (const [metric, unit, values, limit] of [
    ['requests.errorRate', '%', [0.01, 0.02], 0.005],
    ['vital.CLS.p75 cold', '1', [0.05, 0.06], 0.01],
    ['class.crud.p50.drift', 'ms', [3, 4], 10],
    ['step.fill in the absence.p50', 'ms', [0, 4], 10],
    ['load: requests.errorRate', '%', [0.01], 0.005],
  ] as const) {
    const scale = scaleOf(metric, unit, values);
    assert.equal(scale.kind, 'difference', metric);
    assert.ok(Math.abs(limitOf(scale, 0.1) - limit) < 1e-12, metric);
    const difference = scale.to(limit * 1.01) - scale.to(0);
    assert.ok(isBeyond(scale, difference, 0.1) && !isBeyond(scale, difference * 0.98, 0.1), metric);
    assert.ok(Math.abs(scale.back(scale.to(limit)) - limit) < 1e-12, metric);
  }
});

test('more is better of rates, availability, Apdex and capacity, also in a run of several profiles', () => {
  const way = (metric: string) => scaleOf(metric, '1', [1]).worse;
  for (const metric of [
    'count.edits made.rate',
    'availability',
    'apdex',
    'capacity.users',
    'load: availability',
  ])
    assert.equal(way(metric), 'down', metric);
  for (const metric of ['class.crud.p95', 'requests.errorRate', 'recovery.spike 1', 'spike: class.crud.p95'])
    assert.equal(way(metric), 'up', metric);
});

test('four times the runs halve an interval; fewer than five on each side are never enough', () => {
  const scale = scaleOf('class.crud.p95', 'ms', [1]);
  const runs = { baseline: 6, current: 6 };
  const of = (half: number, difference: number) =>
    runsToDecide(scale, [difference - half, difference + half], difference, { threshold: 0.1, runs });
  // No change: the interval must become as narrow as the limit.
  assert.equal(of(2 * Math.log1p(0.1) - 1e-9, 0), 24);
  // Twice the limit: the interval must leave 0 out.
  assert.equal(of(0.4 - 1e-9, 0.2), 24);
  assert.equal(of(0.01, 0), 5);
  assert.equal(of(2, 0), undefined, 'more than 100');
  assert.equal(runsToDecide(scale, [null, 1], 0, { threshold: 0.1, runs }), undefined);
});
