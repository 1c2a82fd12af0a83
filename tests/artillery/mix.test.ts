import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exactMix, splitArrivals, spreadMix } from '../../artillery/profile/mix.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

/** Sets of weights: hand-picked hard ones, and drawn ones with up to 12 kinds and weights from 1 to 1000. */
function weightSets(): number[][] {
  const random = seededRandom('weight sets');
  const drawn = Array.from({ length: 300 }, () =>
    Array.from({ length: 1 + Math.floor(random.next() * 12) }, () =>
      Math.max(1, Math.round(1000 ** random.next())),
    ),
  );
  return [
    [1],
    [1, 3],
    [1, 1],
    [1, 1, 1],
    [9, 4, 1, 1, 51, 26, 3, 5],
    [1, 999],
    [0, 2, 5],
    [0.5, 0.25],
    ...drawn,
  ];
}

describe('the order of arrivals', () => {
  it('keeps every count within 1 of its share after every arrival, whatever the weights', () => {
    let worst = 0;
    for (const weights of weightSets()) {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const next = exactMix(weights);
      const counts = weights.map(() => 0);
      for (let n = 1; n <= 500; n += 1) {
        counts[next()]! += 1;
        for (const [index, weight] of weights.entries()) {
          const off = Math.abs(counts[index]! - (n * weight) / sum);
          worst = Math.max(worst, off);
          assert.ok(
            off <= 1,
            `weights ${weights}: after ${n} arrivals kind ${index} is ${off} off its share`,
          );
        }
      }
    }
    assert.ok(worst > 0.5, 'the sets were hard enough to bring the worst case near');
  });

  it('gives exact counts after each whole round', () => {
    for (const weights of [
      [1, 3],
      [9, 4, 1, 1, 51, 26, 3, 5],
      [7, 2, 2],
    ]) {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const next = exactMix(weights);
      for (let round = 1; round <= 5; round += 1) {
        const counts = weights.map(() => 0);
        for (let n = 0; n < sum; n += 1) counts[next()]! += 1;
        assert.deepEqual(counts, weights);
      }
    }
  });

  it('never starts a kind of weight 0, and refuses weights that are all 0', () => {
    const next = exactMix([0, 1, 0]);
    assert.deepEqual(Array.from({ length: 10 }, next), Array(10).fill(1));
    assert.throws(() => exactMix([0, 0]), /weight above 0/);
    assert.throws(() => exactMix([]), /weight above 0/);
  });
});

describe('the order of arrivals of two groups', () => {
  it('keeps every count within 1 of its share, and is exact at the end', () => {
    const random = seededRandom('groups');
    for (const weights of weightSets().filter((set) => !set.includes(0))) {
      const shares = weights.map((weight, index) => ({ name: String(index), weight }));
      const counts = splitArrivals(shares, weights.length + Math.floor(random.next() * 150));
      const groups = counts.map(() => (random.next() < 0.5 ? 'browser' : 'http'));
      const order = spreadMix(counts, groups);
      const total = counts.reduce((all, count) => all + count, 0);
      const done = counts.map(() => 0);
      for (const [at, chosen] of order.entries()) {
        done[chosen]! += 1;
        for (const [index, count] of counts.entries()) {
          const off = Math.abs(done[index]! - ((at + 1) * count) / total);
          assert.ok(off < 1 + 1e-6, `counts ${counts}: after ${at + 1} arrivals kind ${index} is ${off} off`);
        }
      }
      assert.deepEqual(done, counts);
    }
  });

  it('spreads rare kinds of one group over the whole phase', () => {
    const order = spreadMix([3, 1, 1, 1, 32, 16, 2, 2], ['b', 'b', 'b', 'b', 'a', 'a', 'a', 'a']);
    const places = order.flatMap((chosen, at) => (chosen < 4 ? [at] : []));
    const gaps = places.slice(1).map((place, index) => place - places[index]!);
    assert.ok(Math.min(...gaps) >= 8, `browsers at ${places}`);
  });

  it('is empty where nobody is planned', () => {
    assert.deepEqual(spreadMix([0, 0], ['a', 'b']), []);
  });
});

describe('the number of arrivals of each kind', () => {
  const shares = (...weights: number[]) =>
    weights.map((weight, index) => ({ name: `kind ${index}`, weight }));

  it('is 5 and 15 for 20 arrivals at 1:3', () => {
    assert.deepEqual(splitArrivals(shares(1, 3), 20), [5, 15]);
  });

  it('gives what is left over to the largest remainders', () => {
    // Exact shares 3.333, 3.333, 3.333 and 1.4, 5.6.
    assert.deepEqual(splitArrivals(shares(1, 1, 1), 10), [4, 3, 3]);
    assert.deepEqual(splitArrivals(shares(1, 4), 7), [1, 6]);
  });

  it('sums to the total, stays within 1 of the share or at the promised one of each kind', () => {
    const random = seededRandom('totals');
    for (const weights of weightSets().filter((set) => !set.includes(0))) {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const total = Math.floor(random.next() * 200);
      const counts = splitArrivals(shares(...weights), total);
      assert.equal(
        counts.reduce((all, count) => all + count, 0),
        total,
      );
      if (total >= weights.length) assert.ok(Math.min(...counts) >= 1, `${weights}: ${counts} of ${total}`);
      const raised = weights.filter((weight) => (weight * total) / sum < 1).length;
      for (const [index, weight] of weights.entries()) {
        const off = counts[index]! - (weight * total) / sum;
        assert.ok(off < 1 + 1e-9 && off > -1 - raised, `${weights}: kind ${index} is ${off} off of ${total}`);
      }
    }
  });

  it('leaves kinds out only when there are fewer arrivals than kinds', () => {
    assert.deepEqual(splitArrivals(shares(5, 3, 1), 2), [1, 1, 0]);
    assert.deepEqual(splitArrivals(shares(1000, 1, 1), 3), [1, 1, 1]);
    assert.deepEqual(splitArrivals(shares(2, 1), 0), [0, 0]);
  });
});
