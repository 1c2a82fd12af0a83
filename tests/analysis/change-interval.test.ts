/** Intervals of changes, and the permutation of sessions' error shares, against published values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeInterval } from '../../analysis/statistics/change-interval.ts';
import { permutedShares } from '../../analysis/statistics/permuted-shares.ts';

/** Wilson's interval of a share (J. Am. Stat. Assoc. 22 (1927) 209–212), with the z of 95 %. */
function wilson(hits: number, n: number) {
  const [share, z] = [hits / n, 1.959964];
  const middle = (2 * hits + z ** 2) / (2 * (n + z ** 2));
  const half = (z * Math.sqrt(z ** 2 + 4 * n * share * (1 - share))) / (2 * (n + z ** 2));
  return { value: share, ci: [middle - half, middle + half] as [number, number] };
}

test('the interval of a difference of shares is that of Newcombe’s method 10', () => {
  // Newcombe, Stat. Med. 17 (1998) 873–890, table II: 56/70 − 48/80, 9/10 − 3/10, 10/10 − 0/20.
  for (const [b, a, low, high] of [
    [wilson(56, 70), wilson(48, 80), 0.0524, 0.3339],
    [wilson(9, 10), wilson(3, 10), 0.1705, 0.809],
    [wilson(10, 10), wilson(0, 20), 0.6791, 1],
  ] as const)
    assert.deepEqual(
      changeInterval(a, b).map((end) => end?.toFixed(4)),
      [low.toFixed(4), high.toFixed(4)],
    );
});

test('an end is open where one that it depends on is', () => {
  const whole = { value: 2, ci: [1, 4] as [number, number] };
  const open = { value: 3, ci: [2, null] as [number, null] };
  assert.deepEqual(changeInterval(whole, open), [1 - Math.hypot(1, 2), null]);
  assert.deepEqual(changeInterval(open, whole), [null, -1 + Math.hypot(2, 1)]);
});

test('sessions of one try each are permuted as in Fisher’s exact test', () => {
  const group = (failed: number, n: number) =>
    Array.from({ length: n }, (_, at) => ({ failed: at < failed ? 1 : 0, n: 1 }));
  // 0 of 10 and 5 of 10: 2 · C(10, 5) ÷ C(20, 5) = 0.0325; 1 and 9 of 10 (Fisher): 0.0011.
  assert.ok(Math.abs((permutedShares(group(0, 10), group(5, 10)) ?? 1) - 0.0325) < 0.01);
  assert.ok((permutedShares(group(1, 10), group(9, 10)) ?? 1) < 0.005);
  assert.equal(permutedShares(group(3, 10), group(3, 10)), 1);
});

test('a session that fails as a whole is one event, not as many as it tried', () => {
  const sessions = (broken: number) =>
    Array.from({ length: 10 }, (_, at) => ({ failed: at < broken ? 50 : 0, n: 50 }));
  // Taken one by one, 50 of 500 tries and none would be beyond any doubt.
  assert.ok((permutedShares(sessions(0), sessions(1)) ?? 0) > 0.5);
  assert.ok((permutedShares(sessions(0), sessions(6)) ?? 1) < 0.05);
});

test('without failures nothing differs, and without tries nothing is said', () => {
  const calm = [{ failed: 0, n: 5 }];
  assert.equal(permutedShares(calm, calm), 1);
  assert.equal(permutedShares([], calm), null);
  assert.equal(permutedShares(calm, [{ failed: 0, n: 0 }]), null);
});
