/** Two histories become one, and nothing is lost; old runs may go. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Baseline, readBaseline, withRuns, writeBaseline } from '../../compare/baseline-file.ts';
import { addRun, runsOf } from '../../compare/history.ts';
import { type HistoryPlace, mergedBaseline, mergeHistories } from '../../compare/merge-histories.ts';
import { runsToRemove } from '../../compare/retention.ts';
import type { RunFigures } from '../../compare/run-figures.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { madeFigures } from './made-runs.ts';

function place(runs: readonly RunFigures[], ofBaseline: readonly RunFigures[] = []): HistoryPlace {
  const store = temporaryDirectory();
  for (const run of runs) addRun(store, run);
  const baselines = join(store, 'baselines');
  if (ofBaseline.length > 0)
    writeBaseline(join(baselines, 'embedded/load.json'), withRuns(undefined, ofBaseline, {}));
  return { store, baselines };
}

const idsIn = ({ store }: HistoryPlace) => runsOf(store, 'embedded', 'load').map(({ id }) => id);
const idsOf = ({ runs }: Baseline) => runs.map(({ id }) => id);
const baselineIn = ({ baselines }: HistoryPlace) => readBaseline(join(baselines, 'embedded/load.json'));
const [a, b, c] = ['a', 'b', 'c'].map((id, minute) => madeFigures(id, minute)) as [
  RunFigures,
  RunFigures,
  RunFigures,
];

test('runs of both sides are there after it, each once; what two machines began in one second too', async () => {
  const twin = madeFigures('a', 30);
  const [one, other] = [place([a, b]), place([twin, b, c])];
  assert.deepEqual(await mergeHistories(one, other), [
    { name: 'embedded/load', runs: 2, ofBaseline: 0, unlike: [] },
  ]);
  assert.deepEqual(idsIn(one), ['a', 'b', 'c', 'a']);
  await mergeHistories(other, one);
  assert.deepEqual(idsIn(other), ['a', 'b', 'c', 'a']);
  assert.deepEqual(await mergeHistories(one, other), [], 'nothing is new');
  assert.deepEqual(await mergeHistories(one, place([])), [], 'of an empty one');
  assert.deepEqual(await mergeHistories(one, { store: '/nowhere', baselines: '/nowhere' }), []);
});

test('a baseline that both sides changed has the runs of both, and is the same file on both', async () => {
  const d = madeFigures('d', 3);
  const [one, other] = [place([], [a, c]), place([], [a, d, b])];
  const [merged] = await mergeHistories(one, other);
  assert.deepEqual(merged, { name: 'embedded/load', runs: 0, ofBaseline: 2, unlike: [] });
  assert.deepEqual(idsOf(baselineIn(one)), ['a', 'b', 'c', 'd']);
  await mergeHistories(other, one);
  assert.deepEqual(baselineIn(other), baselineIn(one));
  assert.equal(existsSync(join(one.baselines, 'embedded/load.json.lock')), false);
});

test('a baseline that one side has, or has more of, is taken as it is', async () => {
  const empty = place([]);
  const longer = place([], [c, a, b]);
  await mergeHistories(empty, longer);
  const file = 'embedded/load.json';
  assert.equal(
    readFileSync(join(empty.baselines, file), 'utf8'),
    readFileSync(join(longer.baselines, file), 'utf8'),
  );
  const shorter = place([], [a, c]);
  await mergeHistories(shorter, longer);
  assert.deepEqual(idsOf(baselineIn(shorter)), ['c', 'a', 'b'], 'in its order');
  assert.deepEqual(await mergeHistories(longer, place([], [a])), []);
});

test('runs of a merged baseline that are unlike its first one say so, and one whose name is taken gets another', () => {
  const otherHost = madeFigures('x', 5, ({ like }) => {
    like.cores = 8;
  });
  const base = (...runs: RunFigures[]) => withRuns(undefined, runs, {});
  const both = mergedBaseline(base(a, b), base(otherHost));
  assert.deepEqual(
    both.runs.map(({ forced }) => forced),
    [undefined, undefined, ['cores: 2 and 8']],
  );
  const earlier = mergedBaseline(base(otherHost), base(madeFigures('y', 6), madeFigures('z', 7)));
  assert.deepEqual(
    earlier.runs.map(({ forced }) => forced),
    [undefined, ['cores: 8 and 2'], ['cores: 8 and 2']],
    'against the one that is first now',
  );
  const likeOther = { ...madeFigures('w', 2), like: otherHost.like };
  const forced = withRuns(base(madeFigures('y', 6)), [otherHost], { force: true });
  assert.deepEqual(
    mergedBaseline(forced, base(likeOther)).runs.map(({ id, forced: how }) => [id, how]),
    [
      ['w', undefined],
      ['x', undefined],
      ['y', ['cores: 8 and 2']],
    ],
    'and no more against the one that was',
  );
  const twins = mergedBaseline(base(a, b), base(madeFigures('a', 9), b));
  assert.deepEqual(idsOf(twins), ['a', 'b', `a-${Date.UTC(2026, 10, 29, 15, 9)}`]);
  assert.deepEqual(mergedBaseline(twins, base(madeFigures('a', 9), b)), twins);
});

test('a damaged run or baseline of either side is one line, and the other side stays as it was', async () => {
  const [one, other] = [place([a], [a]), place([b], [b])];
  writeFileSync(join(other.baselines, 'embedded/load.json'), '{"schema": 1,');
  await assert.rejects(mergeHistories(one, other), /load\.json: damaged or half-written: no whole JSON\./);
  assert.deepEqual(idsOf(baselineIn(one)), ['a']);
  writeFileSync(join(other.store, 'runs/embedded/load/b.json'), '{"schema": 7}');
  await assert.rejects(mergeHistories(one, other), /b\.json: schema 7, this suite reads 1\./);
});

test('a run goes when neither its number nor its age keeps it, and never one of a baseline', () => {
  const days = (n: number, id: string) => {
    const run = madeFigures(id);
    run.start = new Date(Date.UTC(2026, 10, 30) - n * 86_400_000).toISOString();
    return run;
  };
  const runs = [400, 300, 200, 100, 10, 1].map((age) => days(age, `r${age}`));
  const spike = madeFigures('s', 0, (run) => {
    run.like.profile = 'spike';
    run.start = '2020-01-01T00:00:00.000Z';
  });
  const there = place([...runs, spike], [runs[1] as RunFigures]);
  const now = new Date(Date.UTC(2026, 10, 30));
  const gone = (rule: { keep?: number; days?: number }) =>
    runsToRemove(there, rule, now).map(({ run }) => run.id);
  assert.deepEqual(gone({ keep: 2 }), ['r400', 'r200', 'r100'], 'the only one of spike is among the newest');
  assert.deepEqual(gone({ days: 150 }), ['r400', 'r200', 's']);
  assert.deepEqual(gone({ keep: 5, days: 350 }), ['r400']);
  assert.deepEqual(gone({ keep: 1, days: 50 }), ['r400', 'r200', 'r100']);
  assert.deepEqual(gone({ keep: 6 }), []);
  assert.deepEqual(gone({ days: 1 }), ['r400', 'r200', 'r100', 'r10', 's'], 'just a day old: it stays');
});
