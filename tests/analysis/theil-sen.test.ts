import assert from 'node:assert/strict';
import { test } from 'node:test';
import { theilSen } from '../../analysis/statistics/theil-sen.ts';

/** Computed by SciPy 1.17.1, `scipy.stats.theilslopes(y, x, alpha=0.95)`. */
const WITH_A_WILD_POINT = [100, 100.9, 101.2, 103.1, 102.2, 105.0, 104.1, 140.0, 106.2, 107.7];
const NOISY = Array.from({ length: 41 }, (_, at) => at * 4).map(
  (x) => Math.round((150 + 0.02 * x + 3 * Math.sin(x * 1.7)) * 10) / 10,
);

const CASES: Array<[what: string, y: number[], slope: number, interval: [number, number]]> = [
  ['one wild point does not move it', WITH_A_WILD_POINT, 0.225, [0.155, 0.3]],
  ['a slope below the noise', NOISY, 0.018875, [0.00267857142857153, 0.03157894736842113]],
];

for (const [what, y, slope, interval] of CASES) {
  test(`Theil–Sen: ${what}`, () => {
    const found = theilSen(y.map((value, at) => [at * 4, value]));
    const figures = [found?.slope, ...(found?.interval ?? [])];
    assert.deepEqual(
      figures.map((figure) => figure?.toFixed(9)),
      [slope, ...interval].map((figure) => figure.toFixed(9)),
    );
  });
}

test('Theil–Sen: too few points have no interval, or no slope', () => {
  assert.deepEqual(theilSen([[0, 1], [1, 2], [2, 4]]), { slope: 1.5, interval: null }); // biome-ignore format: a line
  assert.equal(theilSen([[3, 1], [3, 2]]), null); // biome-ignore format: a line
});
