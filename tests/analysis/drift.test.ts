/** Drift within a run: its size, noise whose neighbours are alike, one jump, and runs with too few parts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINAL_POLICY, judgeLimit } from '../../analysis/judge/judge-limit.ts';
import { readMetric } from '../../analysis/judge/metric-value.ts';
import { driftOf, type Point, totalDrift } from '../../analysis/summary/drift.ts';
import { collectDrifts } from '../../analysis/summary/drifts.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

const HOUR = 3600;

/** 120 parts of an hour around 100 ms, 10 ms apart by chance, each alike to the one before by `rho`. */
function series(seed: number, rho: number, of: (share: number) => number): Point[] {
  const random = seededRandom(`series ${seed}`);
  let last = random.normal();
  return Array.from({ length: 120 }, (_, at): Point => {
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    const share = (at + 0.5) / 120;
    return [share * HOUR, 100 + 10 * last + of(share)];
  });
}

test('a drift of known size is found with its size, by the hour and over the run', () => {
  const drift = driftOf(series(1, 0, (share) => 40 * share));
  assert.ok(drift && Math.abs(drift.perHour - 40) < 8, `${drift?.perHour}`);
  assert.ok(drift.ci[0] > 25 && drift.ci[0] < 40 && drift.ci[1] > 40 && drift.ci[1] < 55, `${drift.ci}`);
  const { value, ci } = totalDrift({ value: 40, ci: [30, null], unit: 'ms', n: 120, seconds: 2 * HOUR });
  assert.deepEqual([value, ci], [80, [60, null]]);
});

test('where neighbours are alike the interval is wider, so that noise is seldom called a drift', () => {
  const widthOf = ([low, high]: readonly [number, number]) => high - low;
  const [calm, alike] = [0, 0.6].map((rho) => driftOf(series(2, rho, () => 0))?.ci ?? [0, 0]);
  assert.ok(widthOf(alike as [number, number]) > 1.5 * widthOf(calm as [number, number]));
  const called = Array.from({ length: 40 }, (_, seed) => driftOf(series(seed, 0.6, () => 0))).filter(
    (drift) => drift && drift.ci[0] > 0,
  );
  assert.ok(called.length <= 4, `${called.length} of 40 rise though nothing drifts`);
});

test('a jump in the middle is not called a drift of twice its size', () => {
  const drift = driftOf(series(3, 0, (share) => (share < 0.5 ? 0 : 30)));
  assert.ok(drift && drift.perHour > 0 && drift.ci[0] < 60, JSON.stringify(drift));
});

test('a limit on a total drift is read from the drift by the hour; fewer than 20 parts are inconclusive', () => {
  assert.deepEqual(parseMetric('class.*.p50.totalDrift'), { kind: 'finding', key: 'class.*.p50.totalDrift' });
  const gateOf = (seconds: number, limit: number) => {
    const drifts = collectDrifts([{ name: 'steady', duration: 2 * HOUR, arrivals: {} }], 0);
    for (let t = 0; t < seconds * 1000; t += 1000)
      drifts.add(['class.crud'], t, 100 + (30 * t) / 3_600_000 + ((t / 1000) % 7), true, false);
    const findings = Object.fromEntries(drifts.findings({ from: 0, to: seconds * 1000 }));
    const seen = { metrics: {}, shares: {} as never, findings, counters: [] };
    const read = parseMetric('class.*.p50.totalDrift');
    assert.ok(typeof read !== 'string');
    const [value, more] = readMetric(read, seen);
    assert.deepEqual([value?.name, more], ['class.crud.p50.totalDrift', undefined]);
    assert.ok(value);
    return { value, ...judgeLimit({ side: 'at most', limit }, value, FINAL_POLICY) };
  };
  const long = gateOf(2 * HOUR, 50);
  assert.ok(Math.abs((long.value.value ?? 0) - 60) < 3, `${long.value.value} ms in two hours at 30 an hour`);
  assert.equal(long.outcome, 'failed');
  assert.equal(gateOf(2 * HOUR, 70).outcome, 'passed');
  assert.deepEqual([gateOf(900, 50).outcome, gateOf(900, 50).value.isTooShort], ['inconclusive', true]);
});
