/** The fit of the Universal Scalability Law against published values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitScalability, type Throughput, throughputAt } from '../../analysis/statistics/scalability.ts';
import { seeded } from './synthetic-run.ts';

const close = (value: number | null | undefined, expected: number, relative: number, what: string) =>
  assert.ok(
    Math.abs((value ?? Number.NaN) - expected) <= relative * Math.abs(expected),
    `${what}: ${value}, not ${expected}`,
  );

/** SPEC SDM91 on a SPARCcenter 2000, as in CRAN's package usl (https://cran.r-project.org/package=usl). */
const SDM91: Throughput[] = [
  [1, 64.9],
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775],
  [216, 1702.2],
];

test('SPEC SDM91 has the coefficients and the peak that CRAN’s usl prints', () => {
  const found = fitScalability(SDM91);
  close(found?.alpha, 0.0277285, 1e-5, 'alpha');
  close(found?.beta, 0.0001044, 1e-3, 'beta');
  close(found?.gamma, 89.995233, 1e-6, 'gamma');
  assert.equal(Number(found?.knee?.toPrecision(2)), 97);
  const largest = Math.max(...SDM91.map(([n, x]) => x - throughputAt(found!, n)));
  close(largest, 111.1, 1e-3, 'largest residual');
});

test('thirty-two sizes of a Cisco server have the coefficients that usl4j’s tests expect', () => {
  // https://github.com/codahale/usl4j
  const perSecond = [
    955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7,
    9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806,
    12089.37, 12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
  ];
  const found = fitScalability(perSecond.map((x, index) => [index + 1, x]));
  close(found?.alpha, 0.02671591, 1e-4, 'alpha');
  close(found?.beta, 7.690945e-4, 1e-4, 'beta');
  close(found?.gamma, 995.6486, 1e-4, 'gamma');
});

test('a law is found in its own values', () => {
  const found = fitScalability([
    [1, 1],
    [2, 1.8868],
    [4, 3.0769],
    [6, 3.5294],
    [8, 3.5398],
    [10, 3.3557],
  ]);
  close(found?.alpha, 0.02, 5e-3, 'alpha');
  close(found?.beta, 0.02, 5e-3, 'beta');
  close(found?.knee, 7, 5e-3, 'knee');
  close(found?.r2, 1, 1e-6, 'r2');
});

test('a throughput that only grows has no knee', () => {
  const found = fitScalability([1, 2, 4, 8, 16, 32].map((n) => [n, (20 * n) / (1 + 0.05 * (n - 1))]));
  close(found?.alpha, 0.05, 1e-6, 'alpha');
  assert.equal(found?.knee, null);
});

test('five points are too few, and throughput that nobody grows with has no law', () => {
  assert.equal(fitScalability(SDM91.slice(0, 5)), undefined);
  assert.equal(fitScalability([1, 2, 3, 4, 5, 6].map((n) => [n, 0])), undefined);
});

test('of forty noisy curves nearly all have the true knee in the interval', () => {
  const random = seeded(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const truth = Math.sqrt((1 - 0.03) / 0.0002);
  let inside = 0;
  for (let trial = 0; trial < 40; trial += 1) {
    const points = Array.from({ length: 10 }, (_, index): Throughput => {
      const n = 20 * (index + 1);
      return [n, (10 * n) / (1 + 0.03 * (n - 1) + 0.0002 * n * (n - 1)) + 3 * normal()];
    });
    const [low, high] = fitScalability(points)?.kneeCi ?? [null, null];
    if ((low ?? 0) <= truth && (high ?? Number.POSITIVE_INFINITY) >= truth) inside += 1;
  }
  assert.ok(inside >= 35, `${inside}`);
});
