import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eDivisive, largestSplit } from '../../analysis/statistics/e-divisive.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

/** Computed by Apache Otava (`comparison-vectors.py`). */
interface Vectors {
  splits: Array<{ values: number[]; at: number; q: number; points: number[] }>;
}
const { splits } = JSON.parse(
  readFileSync(new URL('comparison-vectors.json', import.meta.url), 'utf8'),
) as Vectors;

for (const { values, at, q, points } of splits)
  test(`a series of ${values.length} divides where Apache Otava divides it: ${points.join(', ') || 'nowhere'}`, () => {
    const found = largestSplit(values);
    assert.equal(found.at, at);
    assert.ok(Math.abs(found.q - q) < 1e-9 * q, `q ${found.q}, not ${q}`);
    assert.deepEqual(
      eDivisive(values).map((point) => point.at),
      points,
    );
  });

test('a change has its size, and one seed finds the same p', () => {
  const random = seededRandom('sizes');
  const values = Array.from({ length: 30 }, (_, at) => (at < 12 ? 1 : 1.2) + 0.02 * random.normal());
  const [point, ...others] = eDivisive(values, 4);
  assert.deepEqual([point?.at, others], [12, []]);
  assert.ok(Math.abs((point?.difference ?? 0) - 0.2) < 0.02 && (point?.p ?? 1) <= 0.01);
  assert.deepEqual(eDivisive(values, 4), [point]);
});

test('nothing changes in constant, short and empty series, nor by one value that stands out', () => {
  for (const values of [[], [1], [1, 2], new Array(30).fill(0.1)]) assert.deepEqual(eDivisive(values), []);
  const random = seededRandom('one');
  const values = Array.from({ length: 30 }, (_, at) => (at === 20 ? 1 : 0) + 0.05 * random.normal());
  assert.deepEqual(eDivisive(values), []);
});
