import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { planLooks } from '../../analysis/statistics/group-sequential.ts';
import type { Change, Worse } from '../../analysis/statistics/joint-permutation.ts';
import { permutedRuns } from '../../analysis/statistics/permuted-runs.ts';
import { signFlips } from '../../analysis/statistics/sign-flips.ts';
import { bothTailsOfT, quantileOfT } from '../../analysis/statistics/student-t.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

interface Expected {
  greater: number;
  less: number;
  adjustedGreater: number;
  adjustedLess: number;
  low: number;
  high: number;
}
/** Computed by SciPy and by plain enumeration (`comparison-vectors.py`). */
interface Vectors {
  runs: Array<{ name: string; metrics: Array<Expected & { baseline: number[]; current: number[] }> }>;
  rounds: Array<{ name: string; metrics: Array<Expected & { differences: number[] }> }>;
  student: Array<{ freedom: number; tail: number; t: number }>;
}
const vectors = JSON.parse(
  readFileSync(new URL('comparison-vectors.json', import.meta.url), 'utf8'),
) as Vectors;

function near(actual: number | null | undefined, expected: number, what: string): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  assert.ok(error < 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${actual}, not ${expected}`);
}

function expectChange(found: Change, expected: Expected): void {
  near(found.worse.p, expected.greater, `${found.name}: p, worse`);
  near(found.better.p, expected.less, `${found.name}: p, better`);
  near(found.worse.adjusted, expected.adjustedGreater, `${found.name}: adjusted p, worse`);
  near(found.better.adjusted, expected.adjustedLess, `${found.name}: adjusted p, better`);
  near(found.interval[0], expected.low, `${found.name}: lower end`);
  near(found.interval[1], expected.high, `${found.name}: upper end`);
}

const named = <T extends object>(metrics: readonly T[], worse: Worse = 'up') =>
  metrics.map((metric, at) => ({ ...metric, name: `metric ${at}`, worse }));

for (const { name, metrics } of vectors.runs)
  test(`two groups of runs as SciPy compares them: ${name}`, () => {
    for (const [at, found] of permutedRuns(named(metrics)).entries())
      expectChange(found, metrics[at] as Expected);
  });

for (const { name, metrics } of vectors.rounds)
  test(`rounds as SciPy compares them: ${name}`, () => {
    for (const [at, found] of signFlips(named(metrics)).entries())
      expectChange(found, metrics[at] as Expected);
  });

test('Student’s quantiles and tails as SciPy has them', () => {
  for (const { freedom, tail, t } of vectors.student) {
    near(quantileOfT(tail, freedom), t, `t of ${freedom} degrees, ${tail}`);
    near(bothTailsOfT(t, freedom), 2 * tail, `tails of ${t} with ${freedom} degrees`);
  }
  assert.deepEqual([bothTailsOfT(0, 0), bothTailsOfT(Number.POSITIVE_INFINITY, 3)], [1, 0]);
});

const RUNS = { baseline: [1, 1.02, 0.99, 1.01, 1], current: [1.2, 1.22, 1.19] };

test('a figure of which less is worse is worse where it falls', () => {
  const [up] = permutedRuns([{ name: 'p95', worse: 'up', ...RUNS }]);
  const [down] = permutedRuns([{ name: 'throughput', worse: 'down', ...RUNS }]);
  assert.equal(up?.worse.adjusted, 1 / 56);
  assert.deepEqual(down?.worse, up?.better);
  assert.deepEqual(down?.better, up?.worse);
  assert.deepEqual(down?.interval, up?.interval);
  const [fewer] = signFlips([{ name: 'throughput', worse: 'down', differences: [-1, -2, -1, -3, -1] }]);
  assert.deepEqual([fewer?.worse.adjusted, fewer?.better.adjusted], [1 / 32, 1]);
});

test('values that do not vary are compared: equal ones differ in nothing, others with certainty', () => {
  const same = permutedRuns([
    { name: 'same', worse: 'up', baseline: [0.1, 0.1, 0.1, 0.1, 0.1], current: [0.1, 0.1, 0.1] },
    { name: 'other', worse: 'up', baseline: [2, 2, 2, 2, 2], current: [3, 3, 3] },
  ]);
  assert.deepEqual(same[0]?.worse, { p: 1, adjusted: 1 });
  assert.deepEqual(same[0]?.better, { p: 1, adjusted: 1 });
  near(same[0]?.difference, 0, 'difference of the same');
  near(same[1]?.worse.adjusted, 1 / 56, 'p of the other');
  near(same[1]?.interval[0], 1, 'lower end of the other');
  const [still] = signFlips([{ name: 'still', worse: 'up', differences: [0, 0, 0, 0, 0] }]);
  assert.deepEqual(
    [still?.difference, still?.interval, still?.worse, still?.better],
    [0, [0, 0], { p: 1, adjusted: 1 }, { p: 1, adjusted: 1 }],
  );
});

test('a metric that a run does not have is compared by the other runs, and one that a side lacks is never different', () => {
  const [some, none, lone] = permutedRuns([
    { name: 'some', worse: 'up', baseline: [1, null, 0.99, 1.01, 1], current: [1.2, 1.22, 1.19] },
    { name: 'none', worse: 'up', baseline: [1, 1.02, 0.99, 1.01, 1], current: [null, null, Number.NaN] },
    {
      name: 'lone',
      worse: 'up',
      baseline: [null, null, null, null, 1],
      current: [null, null, 2],
    },
  ]);
  near(some?.difference, (1.2 + 1.22 + 1.19) / 3 - 1, 'difference');
  assert.ok((some?.worse.adjusted ?? 1) <= 2 / 56);
  assert.deepEqual([none?.difference, none?.interval], [null, [null, null]]);
  assert.deepEqual(
    [none?.worse, none?.better],
    [
      { p: 1, adjusted: 1 },
      { p: 1, adjusted: 1 },
    ],
  );
  assert.deepEqual([lone?.difference, lone?.interval, lone?.worse.p], [1, [null, null], 1]);
  const [rounds, nothing] = signFlips([
    { name: 'rounds', worse: 'up', differences: [1, null, 2, 1, 2, 2] },
    { name: 'nothing', worse: 'up', differences: [null, null, null, null, null, null] },
  ]);
  assert.deepEqual([rounds?.difference, rounds?.worse.p], [1.6, 1 / 32]);
  assert.deepEqual([nothing?.difference, nothing?.worse], [null, { p: 1, adjusted: 1 }]);
});

test('beyond 20 000 ways a random choice gives nearly the same p, and with one seed the same p', () => {
  const random = seededRandom(3);
  const differences = Array.from({ length: 15 }, () => 0.02 + 0.05 * random.normal());
  const values = Array.from({ length: 18 }, (_, at) => (at < 9 ? 0 : 0.03) + 0.05 * random.normal());
  const rounds = () => signFlips([{ name: 'a', worse: 'up', differences }], 5)[0]?.worse.p ?? 0;
  const runs = (seed: number) =>
    permutedRuns(
      [{ name: 'a', worse: 'up', baseline: values.slice(0, 9), current: values.slice(9) }],
      seed,
    )[0]?.worse.p;
  const p = rounds();
  assert.equal(rounds(), p);
  assert.notEqual(runs(1), runs(2));
  let further = 0;
  const sum = differences.reduce((total, value) => total + value, 0);
  for (let bits = 0; bits < 2 ** 15; bits += 1) {
    const flipped = differences.reduce((total, value, at) => total + ((bits >> at) & 1 ? -value : value), 0);
    if (flipped >= sum - 1e-12) further += 1;
  }
  // Five standard errors of 20 000 draws at p = 0.05.
  assert.ok(Math.abs(p - further / 2 ** 15) < 0.008, `${p}, not ${further / 2 ** 15}`);
});

test('no runs, no rounds, or metrics of different numbers of runs are refused by name', () => {
  assert.deepEqual(permutedRuns([]), []);
  assert.deepEqual(signFlips([]), []);
  assert.throws(
    () => permutedRuns([{ name: 'lcp', worse: 'up', baseline: [], current: [1] }]),
    /lcp: a side/,
  );
  assert.throws(() => signFlips([{ name: 'lcp', worse: 'up', differences: [] }]), /lcp: there are no rounds/);
  const [a, b] = [
    { name: 'lcp', worse: 'up', baseline: [1, 2], current: [1] },
    { name: 'inp', worse: 'up', baseline: [1], current: [1, 2] },
  ] as const;
  assert.throws(() => permutedRuns([a, b]), /inp: not as many runs as lcp/);
});

test('looks at rounds share α: each part is one that the look can reach, and together they are not above α', () => {
  const looks = planLooks();
  assert.deepEqual(
    looks.map(({ rounds, alpha }) => [rounds, alpha]),
    [
      [5, 1 / 32],
      [8, 1 / 256],
      [12, 30 / 4096],
      [16, 492 / 65536],
    ],
  );
  const spent = looks.reduce((sum, { alpha }) => sum + alpha, 0);
  assert.ok(spent <= 0.05 && spent > 0.0499, `${spent}`);
  assert.ok(looks.every(({ alpha, confidence }) => alpha + confidence === 1));
  assert.throws(() => planLooks([4, 8]), /after 4 rounds: sign flips reach 0.0625/);
  assert.throws(() => planLooks([5, 5]), /must come after more rounds/);
});
