import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { attemptsToConfirm, judgeRate } from '../../analysis/judge/rate-gate.ts';
import { clopperPearson } from '../../analysis/statistics/clopper-pearson.ts';
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import { intervalRanks, quantileInterval } from '../../analysis/statistics/quantile-interval.ts';
import { theilSen } from '../../analysis/statistics/theil-sen.ts';
import { tukeyFences } from '../../analysis/statistics/tukey-fences.ts';

/** Computed by NumPy and SciPy (`vectors.py`). */
interface Vectors {
  samples: Array<{
    name: string;
    values: number[];
    percentiles: Record<string, number>;
    intervals: Record<string, [number | null, number | null]>;
  }>;
  ranks: Array<{ n: number; p: number; lower: number | null; upper: number | null }>;
  shares: Array<{ hits: number; n: number; confidence: number; low: number; high: number }>;
  failures: Array<{ hits: number; n: number; limit: number; chance: number }>;
  confirmed: Array<{ n: number; limit: number; chance: number }>;
  slopes: Array<{ name: string; points: Array<[number, number]>; slope: number; low: number; high: number }>;
}
const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors;

function near(actual: number | null, expected: number | null, what: string): void {
  if (actual === null || expected === null) assert.equal(actual, expected, what);
  else
    assert.ok(
      Math.abs(actual - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
      `${what}: ${actual}, not ${expected}`,
    );
}

for (const { name, values, percentiles, intervals } of vectors.samples) {
  test(`percentiles and their intervals as NumPy and SciPy have them: ${name}`, () => {
    const sorted = ascending(values);
    for (const [p, expected] of Object.entries(percentiles))
      near(percentile(sorted, Number(p)), expected, `p ${p}`);
    for (const [p, [low, high]] of Object.entries(intervals)) {
      const interval = quantileInterval(sorted, Number(p));
      near(interval[0], low, `lower end of p ${p}`);
      near(interval[1], high, `upper end of p ${p}`);
    }
  });
}

for (const { name, points, slope, low, high } of vectors.slopes) {
  test(`Theil and Sen’s slope with its interval as SciPy has it: ${name}`, () => {
    const found = theilSen(points);
    near(found?.slope ?? null, slope, 'slope');
    near(found?.interval?.[0] ?? null, low, 'lower end');
    near(found?.interval?.[1] ?? null, high, 'upper end');
  });
}

test('no values: no percentile and no interval, not a zero', () => {
  assert.equal(percentile([], 0.5), null);
  assert.deepEqual(quantileInterval([], 0.5), [null, null]);
  assert.equal(clopperPearson(0, 0), null);
});

test('a percentile asked for in percent is refused', () => {
  assert.throws(() => percentile([1], 95), RangeError);
});

test('ranks of the order statistics as SciPy has them, open ends included', () => {
  assert.ok(vectors.ranks.some(({ upper }) => upper === null));
  for (const { n, p, lower, upper } of vectors.ranks) {
    assert.deepEqual(intervalRanks(n, p), { lower, upper }, `n ${n}, p ${p}`);
  }
});

test('exact intervals of shares as SciPy has them', () => {
  for (const { hits, n, confidence, low, high } of vectors.shares) {
    const interval = clopperPearson(hits, n, confidence);
    near(interval?.[0] ?? null, low, `${hits} of ${n}, low`);
    near(interval?.[1] ?? null, high, `${hits} of ${n}, high`);
  }
});

test('a rate fails only where this many failures have a chance of less than 2.5 % at the limit itself', () => {
  assert.ok(vectors.failures.some(({ chance }) => chance < 0.025));
  for (const { hits, n, limit, chance } of vectors.failures) {
    const { outcome } = judgeRate(hits / n, n, limit, false);
    assert.equal(outcome === 'failed', chance < 0.025, `${hits} of ${n} at ${limit}: ${chance}`);
    assert.equal(judgeRate(1 - hits / n, n, 1 - limit, true).outcome, outcome, 'said as successes');
  }
});

test('attempts that can confirm a limit: without a failure they have a chance of at most 2.5 % at the limit itself', () => {
  for (const { n, limit, chance } of vectors.confirmed) {
    assert.equal(
      judgeRate(0, n, limit, false).outcome === 'passed',
      chance <= 0.025,
      `0 of ${n} at ${limit}`,
    );
    assert.equal(attemptsToConfirm(limit) <= n, chance <= 0.025, `${n} attempts at ${limit}`);
  }
});

test('Tukey’s fences are those of the boxplot: quartiles of type 7, one and a half ranges beyond', () => {
  // R: quantile(c(1:9, 30), c(.25, .75)) = 3.25, 7.75
  assert.deepEqual(tukeyFences([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]), [3.25 - 6.75, 7.75 + 6.75]);
  assert.equal(tukeyFences([1, 2, 3]), null);
});
