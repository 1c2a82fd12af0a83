import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../fixtures/data/random.ts';
import { PREDICTED_SHARE, predictionOf } from '../audits/next-median.ts';

test('the range of five holds the median of the next five, its ends among it', () => {
  assert.equal(predictionOf([1, 2, 3, 4, 5, 9, 9, 9, 9]), undefined);
  assert.deepEqual(predictionOf([4, 2, 3, 1, 5, 9, 0, 5, 8, 5]), {
    least: 1,
    greatest: 5,
    median: 5,
    holds: true,
  });
  assert.equal(predictionOf([4, 2, 3, 1, 5, 9, 0, 5.1, 8, 5])?.holds, false);
});

test('it does in 5 of 6 cases, whatever the values are distributed like', () => {
  const random = seededRandom('next five');
  for (const draw of [() => random.next(), () => Math.exp(3 * random.normal())]) {
    const trials = 4000;
    let held = 0;
    for (let trial = 0; trial < trials; trial += 1)
      if (predictionOf(Array.from({ length: 10 }, draw))?.holds) held += 1;
    // Its standard error is 0.006.
    assert.ok(Math.abs(held / trials - PREDICTED_SHARE) < 0.025, `${held / trials}`);
  }
});
