/** Rounds that measured two sides beside each other: when B is called worse, and when another round is needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Look, planLooks } from '../../analysis/statistics/group-sequential.ts';
import { comparisonText } from '../../compare/comparison-text.ts';
import { compareRounds, isDecided, type Round } from '../../compare/rounds.ts';
import { runFigures } from '../../compare/run-figures.ts';
import { type MadeRun, madeSummary, spread } from './made-runs.ts';

const [FIRST] = planLooks() as [Look, ...Look[]];
const SIDES = { a: 'http://127.0.0.1:3000', b: 'npm run scheduler' };

/** Each round has a minute of its own, which both sides share, and each side a spread of 3 %. */
function rounds(n: number, seed: number, b: Omit<MadeRun, 'id'> = {}): [Round, ...Round[]] {
  const [minutes, as, bs] = [spread(n, seed), spread(n, seed + 50), spread(n, seed + 100)];
  const figures = (id: string, made: Omit<MadeRun, 'id'>) => runFigures(madeSummary({ ...made, id }), 2);
  return Array.from({ length: n }, (_, at) => {
    const factor = (minutes[at] as number) ** 5;
    return {
      a: figures(`a${at + 1}`, { factor: factor * (as[at] as number) }),
      b: figures(`b${at + 1}`, { ...b, factor: factor * (bs[at] as number) }),
    };
  }) as [Round, ...Round[]];
}

const compared = (all: [Round, ...Round[]], look = FIRST) =>
  compareRounds(all, { look, threshold: 0.1, accepted: [], sides: SIDES });

test('five rounds find a slowdown of a quarter, although the minutes differ by more', () => {
  const result = compared(rounds(5, 1, { slower: { 'class.crud': 1.25 } }));
  assert.deepEqual([result.verdict, result.exitCode, isDecided(result)], ['worse', 1, true]);
  assert.equal(result.metrics[0]?.metric, 'class.crud.p95');
  const others = result.metrics.filter(({ decides, verdict }) => decides && verdict === 'worse');
  assert.equal(others.length, 1);
  assert.match(result.headline, /^Worse: class\.crud\.p95 \+2\d\.\d % \(/);
  const text = comparisonText(result);
  assert.match(text, /^load, 5 rounds$/m);
  assert.match(text, /^A: http:\/\/127\.0\.0\.1:3000\nB: npm run scheduler$/m);
  assert.match(text, /^ {2}verdict +metric\n +A +B +change/m);
});

test('the same thing twice is the same, or unclear with the number of rounds that would decide: never worse', () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const result = compared(rounds(5, seed));
    assert.notEqual(result.verdict, 'worse', `seed ${seed}`);
    assert.equal(result.exitCode, 0);
    if (result.verdict === 'unclear') assert.equal(isDecided(result), false);
  }
});

test('before its look a comparison decides nothing', () => {
  const result = compared(rounds(3, 1, { slower: { 'class.crud': 2 } }));
  assert.deepEqual([result.verdict, result.exitCode, isDecided(result)], ['unclear', 0, false]);
  assert.match(
    result.headline,
    /is worse in every measurement of B than in any of A\. 3 rounds are too few to decide: it takes 5\.$/,
  );
});

test('what only A has is missing', () => {
  const without: MadeRun['change'] = (summary) => {
    for (const one of summary.primary)
      if (one.metric === 'class.crud.p95') Object.assign(one, { value: null, n: 0 });
    delete summary.metrics['class.crud'];
  };
  const result = compared(rounds(5, 1, { change: without }));
  assert.deepEqual([result.verdict, result.exitCode], ['missing', 1]);
});
