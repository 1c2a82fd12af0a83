import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cliffsDelta } from '../../analysis/statistics/cliffs-delta.ts';
import { falseDiscoveryRates } from '../../analysis/statistics/false-discovery.ts';
import { mannKendall } from '../../analysis/statistics/mann-kendall.ts';
import { mannWhitney } from '../../analysis/statistics/mann-whitney.ts';
import { normalTail } from '../../analysis/statistics/normal.ts';

/** Computed by SciPy and pyMannKendall (`comparison-vectors.py`). */
interface Vectors {
  normal: Array<{ z: number; tail: number }>;
  samples: Array<{ a: number[]; b: number[]; u: number; p: number }>;
  rates: Array<{ p: number[]; rates: number[] }>;
  trends: Array<{
    name: string;
    values: number[];
    s: number;
    variance: number;
    p: number;
    corrected: boolean;
  }>;
}
const vectors = JSON.parse(
  readFileSync(new URL('comparison-vectors.json', import.meta.url), 'utf8'),
) as Vectors;

function near(actual: number | undefined, expected: number, what: string): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  assert.ok(error <= 1e-9 * Math.abs(expected), `${what}: ${actual}, not ${expected}`);
}

test('tails of the normal distribution as SciPy has them, far ones too', () => {
  for (const { z, tail } of vectors.normal) near(normalTail(z), tail, `beyond ${z}`);
});

for (const { a, b, u, p } of vectors.samples)
  test(`Mann and Whitney’s U with its p as SciPy has them: ${a.length} and ${b.length} values, p ${p.toFixed(3)}`, () => {
    const found = mannWhitney(a, b);
    near(found?.u, u, 'U');
    near(found?.p, p, 'p');
    near(mannWhitney(b, a)?.p, p, 'p, exchanged');
    assert.equal(cliffsDelta(a, b)?.delta.toFixed(9), ((2 * u) / (a.length * b.length) - 1).toFixed(9));
  });

test('samples that are all one value are compared: nothing differs; an empty one is compared with nothing', () => {
  assert.deepEqual(mannWhitney([3, 3, 3], [3, 3]), { u: 3, p: 1 });
  assert.equal(cliffsDelta([3, 3, 3], [3, 3])?.delta, 0);
  const [low, high] = cliffsDelta([3, 3, 3], [3, 3])?.interval ?? [1, -1];
  assert.ok(low < -0.5 && high > 0.5, `${low} to ${high}`);
  assert.equal(mannWhitney([], [1]), null);
  assert.equal(cliffsDelta([1], []), null);
  assert.deepEqual(cliffsDelta([1], [2]), { delta: 1, interval: null });
});

test('Cliff’s δ and its interval as R’s effsize has them', () => {
  // https://CRAN.R-project.org/package=effsize, its tests: treatment against control −0.25, 95 % from −0.7265846 to 0.3890062
  const treatment = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50];
  const control = [10, 20, 30, 40, 40, 50];
  const found = cliffsDelta(control, treatment);
  assert.equal(found?.delta.toFixed(9), '-0.250000000');
  assert.equal(found?.interval?.[0].toFixed(7), '-0.7265846');
  assert.equal(found?.interval?.[1].toFixed(7), '0.3890062');
});

test('samples without any overlap have an interval that ends at 1, and is wide where they are few', () => {
  const few = cliffsDelta([1, 2, 3, 4, 5], [6, 7, 8]);
  const many = cliffsDelta(
    Array.from({ length: 40 }, (_, at) => at),
    Array.from({ length: 40 }, (_, at) => 100 + at),
  );
  assert.deepEqual([few?.delta, few?.interval?.[1]], [1, 1]);
  assert.ok((few?.interval?.[0] ?? 1) < 0 && (many?.interval?.[0] ?? 0) > 0.8);
  assert.deepEqual(cliffsDelta([6, 7, 8], [1, 2, 3])?.interval?.[0], -1);
});

test('false-discovery rates as SciPy has them', () => {
  for (const { p, rates } of vectors.rates)
    for (const [at, rate] of falseDiscoveryRates(p).entries())
      near(rate, rates[at] as number, `rate of ${p[at]}`);
  assert.deepEqual(falseDiscoveryRates([]), []);
});

for (const { name, values, s, variance, p } of vectors.trends)
  test(`Mann and Kendall’s test as pyMannKendall has it: ${name}`, () => {
    const found = mannKendall(values);
    assert.equal(found?.s, s);
    near(found?.variance, variance, 'variance');
    near(found?.p, p, 'p');
  });

test('of trends some are corrected for autocorrelation and some are not; constant series have none', () => {
  assert.deepEqual(new Set(vectors.trends.map(({ corrected }) => corrected)), new Set([true, false]));
  assert.deepEqual(mannKendall(new Array(20).fill(7)), { s: 0, variance: 0, p: 1 });
  assert.equal(mannKendall([1, 2, 3]), null);
});
