import { eDivisive } from '../../../analysis/statistics/e-divisive.ts';
import type { Column } from '../../../analysis/text/markdown-table.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import { type Found, type Promised, type Proof, percent, type Share } from '../proof.ts';
import { autocorrelated, effectName, HEAVY, NORMAL, type Shape, SKEWED, times } from '../simulated.ts';

const SPREAD = 0.05;
const BEFORE = 30;
/** Runs since the change. */
const DELAYS = [2, 3, 5, 8];
const SHAPES = [NORMAL, SKEWED, HEAVY, autocorrelated(0.3)];
const CHANGES = [0.1, 0.2, 0.5];

export default {
  name: 'change-points',
  title: 'Change points in a history of runs',
  run({ short, seed }): Found {
    const alarms = SHAPES.map((shape) => alarmsOf(shape, short ? 300 : 1500, seed));
    const found = CHANGES.map((effect) =>
      DELAYS.map((delay) => foundOf(effect, delay, short ? 40 : 350, seed)),
    );
    const delayed: Column[] = DELAYS.map((delay) => [`after ${delay} runs`, 'right']);
    return {
      tables: [
        {
          about: `A change after ${BEFORE} runs, spread 5 %, normal: how often it is found, at the right run or one beside it:`,
          columns: [['Change', 'left'], ...delayed],
          rows: found.map((row, at) => [effectName(CHANGES[at] as number), ...row.map(percent)]),
        },
        {
          about: 'Series of 40 runs in which nothing changes: how many have a change point:',
          columns: [
            ['Distribution', 'left'],
            ['Any change point', 'right'],
          ],
          rows: alarms.map((share, at) => [SHAPES[at]?.name ?? '', percent(share)]),
        },
      ],
      promises: promisesOf(alarms, found),
    };
  },
} satisfies Proof;

function alarmsOf(shape: Shape, n: number, seed: number): Share {
  const random = seededRandom(`no change ${seed} ${shape.name}`);
  let hits = 0;
  for (let made = 0; made < n; made += 1) {
    const next = shape.of(random);
    if (eDivisive(times(BEFORE + 10, () => SPREAD * next())).length > 0) hits += 1;
  }
  return { hits, n };
}

function foundOf(effect: number, delay: number, n: number, seed: number): Share {
  const random = seededRandom(`change ${seed} ${effect} ${delay}`);
  let hits = 0;
  for (let made = 0; made < n; made += 1) {
    const next = NORMAL.of(random);
    const values = times(BEFORE + delay, (at) => SPREAD * next() + (at < BEFORE ? 0 : Math.log(1 + effect)));
    if (eDivisive(values).some(({ at }) => Math.abs(at - BEFORE) <= 1)) hits += 1;
  }
  return { hits, n };
}

function promisesOf(alarms: readonly Share[], found: ReadonlyArray<readonly Share[]>): Promised[] {
  const shareOf = (effect: number, delay: number) =>
    (found[CHANGES.indexOf(effect)] as Share[])[DELAYS.indexOf(delay)] as Share;
  return [
    // Runs that are like their neighbours are not dealt at random: nothing is promised of them.
    ...alarms.slice(0, -1).map((share, at) => ({
      what: `${SHAPES[at]?.name}: nothing changes, a change point is found`,
      ...share,
      atMost: 0.015,
    })),
    { what: 'normal, spread 5 %: +20 % is found after 5 runs', ...shareOf(0.2, 5), atLeast: 0.95 },
    { what: 'normal, spread 5 %: +50 % is found after 3 runs', ...shareOf(0.5, 3), atLeast: 0.95 },
  ];
}
