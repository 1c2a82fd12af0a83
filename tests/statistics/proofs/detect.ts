import type { Change } from '../../../analysis/statistics/joint-permutation.ts';
import { permutedRuns } from '../../../analysis/statistics/permuted-runs.ts';
import type { Column } from '../../../analysis/text/markdown-table.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import { type Found, type Promised, type Proof, percent } from '../proof.ts';
import {
  autocorrelated,
  EFFECTS,
  effectName,
  HEAVY,
  METRICS,
  NORMAL,
  runsOf,
  SKEWED,
  times,
  WORLD_COLUMNS,
  type Word,
  type World,
  wordOf,
  world,
  worldCells,
} from '../simulated.ts';

const [BEFORE, AFTER] = [5, 3];
const ALPHA = 0.05;
const WORLDS = [
  world(NORMAL, 0.03),
  world(NORMAL, 0.05),
  world(NORMAL, 0.08),
  world(NORMAL, 0.05, 0.03, 0.04, 0.06, 0.07, 0.08),
  world(SKEWED, 0.05),
  world(HEAVY, 0.05),
  world(autocorrelated(0.3), 0.05),
];
/** Runs that are like their neighbours are not dealt at random: nothing is promised of them. */
const PROMISED = WORLDS.slice(0, -1);

interface Counts {
  n: number;
  /** The first metric, which is the one that changes. */
  first: Record<Word | 'covered', number>;
  others: { worse: number; byP: number };
  any: { worse: number; byP: number };
}

export default {
  name: 'detect',
  title: 'Five baseline runs against three current ones (`detect`)',
  run({ short, seed }): Found {
    const n = short ? 2000 : 10000;
    const found = WORLDS.map((each) => EFFECTS.map((effect) => simulate(each, effect, n, seed)));
    return {
      tables: [powerTable(found), alarmTable(found), wordsTable(found[1] as Counts[])],
      promises: promisesOf(found),
    };
  },
} satisfies Proof;

function simulate(each: World, effect: number, n: number, seed: number): Counts {
  const random = seededRandom(`detect ${seed} ${each.name} ${each.shape.name} ${effect}`);
  const counts: Counts = {
    n,
    first: { worse: 0, better: 0, same: 0, unclear: 0, covered: 0 },
    others: { worse: 0, byP: 0 },
    any: { worse: 0, byP: 0 },
  };
  const change = Math.log(1 + effect);
  for (let made = 0; made < n; made += 1) {
    const next = runsOf(each, random);
    const [baseline, current] = [times(BEFORE, next), times(AFTER, next)];
    const changes = permutedRuns(
      times(METRICS, (metric) => ({
        name: `metric ${metric + 1}`,
        worse: 'up',
        baseline: baseline.map((run) => run[metric] as number),
        current: current.map((run) => (run[metric] as number) + (metric === 0 ? change : 0)),
      })),
    );
    count(counts, changes, change);
  }
  return counts;
}

function count({ first, others, any }: Counts, changes: readonly Change[], truth: number): void {
  const [changed, ...rest] = changes as [Change, ...Change[]];
  first[wordOf(changed, ALPHA)] += 1;
  const [low, high] = changed.interval as [number, number];
  if (low <= truth && truth <= high) first.covered += 1;
  const worse = (change: Change) => wordOf(change, ALPHA) === 'worse';
  const byP = (change: Change) => change.worse.adjusted <= ALPHA;
  if (rest.some(worse)) others.worse += 1;
  if (rest.some(byP)) others.byP += 1;
  if (changes.some(worse)) any.worse += 1;
  if (changes.some(byP)) any.byP += 1;
}

function powerTable(found: Counts[][]): Found['tables'][number] {
  return {
    about: 'How often the metric that changed is called worse (threshold 10 %, six primary metrics):',
    columns: [...WORLD_COLUMNS, ...EFFECTS.map((effect): Column => [effectName(effect), 'right'])],
    rows: found.map((counts, at) => [
      ...worldCells(WORLDS[at] as World),
      ...counts.map(({ first, n }) => percent({ hits: first.worse, n })),
    ]),
  };
}

function alarmTable(found: Counts[][]): Found['tables'][number] {
  return {
    about: 'False alarms of the whole verdict, and how often the interval of a change contains the truth:',
    columns: [
      ...WORLD_COLUMNS,
      ['Nothing changed: anything worse', 'right'],
      ['by p alone, without a threshold', 'right'],
      ['One +50 %: another one worse', 'right'],
      ['by p alone', 'right'],
      ['95 % interval has the truth', 'right'],
    ],
    rows: found.map((counts, at) => {
      const [none, most] = [counts[0] as Counts, counts.at(-1) as Counts];
      return [
        ...worldCells(WORLDS[at] as World),
        percent({ hits: none.any.worse, n: none.n }),
        percent({ hits: none.any.byP, n: none.n }),
        percent({ hits: most.others.worse, n: most.n }),
        percent({ hits: most.others.byP, n: most.n }),
        percent(coverage(counts)),
      ];
    }),
  };
}

function wordsTable(counts: readonly Counts[]): Found['tables'][number] {
  return {
    about: 'What a metric is called at a spread of 5 %:',
    columns: [
      ['True change', 'left'],
      ['worse', 'right'],
      ['better', 'right'],
      ['same', 'right'],
      ['unclear', 'right'],
    ],
    rows: counts.map(({ n, first }, at) => [
      effectName(EFFECTS[at] as number),
      ...[first.worse, first.better, first.same, first.unclear].map((hits) => percent({ hits, n })),
    ]),
  };
}

function coverage(counts: readonly Counts[]): { hits: number; n: number } {
  const sum = (of: (each: Counts) => number) => counts.reduce((total, each) => total + of(each), 0);
  return { hits: sum(({ first }) => first.covered), n: sum(({ n }) => n) };
}

function promisesOf(found: Counts[][]): Promised[] {
  const promises = PROMISED.flatMap((each, at): Promised[] => {
    const counts = found[at] as Counts[];
    const [none, most] = [counts[0] as Counts, counts.at(-1) as Counts];
    const where = `${each.shape.name}, spread ${each.name}`;
    return [
      {
        what: `${where}: nothing changed, something has p ≤ 5 %`,
        hits: none.any.byP,
        n: none.n,
        atMost: 0.05,
      },
      { what: `${where}: one is +50 %, another has p ≤ 5 %`, hits: most.others.byP, n: most.n, atMost: 0.05 },
      { what: `${where}: the interval has the truth`, ...coverage(counts), atLeast: 0.94 },
    ];
  });
  const at20 = EFFECTS.indexOf(0.2);
  for (const at of [0, 1]) {
    const { first, n } = (found[at] as Counts[])[at20] as Counts;
    promises.push({
      what: `normal, spread ${WORLDS[at]?.name}: +20 % is called worse`,
      hits: first.worse,
      n,
      atLeast: 0.95,
    });
  }
  const { first, n } = (found[1] as Counts[])[EFFECTS.indexOf(0.1)] as Counts;
  promises.push({ what: 'normal, spread 5 %: +10 % is called the same', hits: first.same, n, atMost: 0.05 });
  return promises;
}
