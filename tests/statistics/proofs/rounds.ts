import { planLooks } from '../../../analysis/statistics/group-sequential.ts';
import type { Change } from '../../../analysis/statistics/joint-permutation.ts';
import { signFlips } from '../../../analysis/statistics/sign-flips.ts';
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
  type World,
  wordOf,
  world,
  worldCells,
} from '../simulated.ts';

const LOOKS = planLooks();
const WORLDS = [
  world(NORMAL, 0.03),
  world(NORMAL, 0.05),
  world(NORMAL, 0.08),
  world(SKEWED, 0.05),
  world(HEAVY, 0.05),
  world(autocorrelated(0.6), 0.05),
];

/** What became of one comparison. */
interface Course {
  /** How many rounds there were when the first metric, which is the one that changes, was called worse. */
  found?: number;
  /** How many rounds there were when no metric was unclear; Infinity: some were to the end. */
  decided: number;
  /** At any look something was worse; some p was small enough. */
  worse: boolean;
  byP: boolean;
  othersByP: boolean;
  calledSame: boolean;
  /** The intervals of the first metric had the truth at all looks. */
  covered: boolean;
}

export default {
  name: 'rounds',
  title: 'Rounds of A and B, looked at after 5, 8, 12 and 16',
  run({ short, seed }): Found {
    const found = WORLDS.map((each) =>
      EFFECTS.map((effect) => courses(each, effect, numberOf(effect, short), seed)),
    );
    return { tables: [powerTable(found), alarmTable(found)], promises: promisesOf(found) };
  },
} satisfies Proof;

/** What is not there is looked for up to the last look each time. */
function numberOf(effect: number, short: boolean): number {
  if (effect === 0) return short ? 120 : 800;
  return short ? 40 : 150;
}

function courses(each: World, effect: number, n: number, seed: number): Course[] {
  const random = seededRandom(`rounds ${seed} ${each.name} ${each.shape.name} ${effect}`);
  return times(n, () => {
    const next = runsOf(each, random);
    const rounds = times(LOOKS.at(-1)?.rounds ?? 0, (round) => {
      const [first, second] = [next(), next()];
      // A B, then B A: what drifts does not always meet the same side.
      const [a, b] = round % 2 === 0 ? [first, second] : [second, first];
      return times(
        METRICS,
        (at) => (b[at] as number) - (a[at] as number) + (at === 0 ? Math.log(1 + effect) : 0),
      );
    });
    return courseOf(rounds, Math.log(1 + effect));
  });
}

function courseOf(rounds: ReadonlyArray<readonly number[]>, truth: number): Course {
  const course: Course = {
    decided: Number.POSITIVE_INFINITY,
    worse: false,
    byP: false,
    othersByP: false,
    calledSame: false,
    covered: true,
  };
  for (const { rounds: count, alpha, confidence } of LOOKS) {
    const changes = signFlips(
      times(METRICS, (metric) => ({
        name: `metric ${metric + 1}`,
        worse: 'up',
        differences: rounds.slice(0, count).map((round) => round[metric] as number),
      })),
      1,
      confidence,
    );
    const [first, ...others] = changes as [Change, ...Change[]];
    const words = changes.map((change) => wordOf(change, alpha));
    const [low, high] = first.interval as [number, number];
    if (words[0] === 'worse') course.found ??= count;
    if (words[0] === 'same') course.calledSame = true;
    if (words.includes('worse')) course.worse = true;
    if (changes.some(({ worse }) => worse.adjusted <= alpha)) course.byP = true;
    if (others.some(({ worse }) => worse.adjusted <= alpha)) course.othersByP = true;
    if (!(low <= truth && truth <= high)) course.covered = false;
    if (!words.includes('unclear')) course.decided = Math.min(course.decided, count);
    // What was found is not looked for again.
    if (truth > 0 && course.found !== undefined) break;
  }
  return course;
}

function share(courses: readonly Course[], holds: (course: Course) => boolean): { hits: number; n: number } {
  return { hits: courses.filter(holds).length, n: courses.length };
}

function powerTable(found: Course[][][]): Found['tables'][number] {
  return {
    about:
      'How often the metric that changed is called worse (threshold 10 %, six primary metrics), after 5 rounds / after 16 at most:',
    columns: [...WORLD_COLUMNS, ...EFFECTS.map((effect): Column => [effectName(effect), 'right'])],
    rows: found.map((row, at) => [
      ...worldCells(WORLDS[at] as World),
      ...row.map((courses) => {
        const early = share(courses, (course) => course.found === LOOKS[0]?.rounds);
        return `${percent(early)} / ${percent(share(courses, (course) => course.found !== undefined))}`;
      }),
    ]),
  };
}

function alarmTable(found: Course[][][]): Found['tables'][number] {
  return {
    about:
      'Nothing changed, all four looks together: false alarms, how soon none of six metrics is unclear, and intervals:',
    columns: [
      ...WORLD_COLUMNS,
      ['Anything worse', 'right'],
      ['by p alone, without a threshold', 'right'],
      ['No metric unclear after 5 rounds', 'right'],
      ['after 8', 'right'],
      ['after 12', 'right'],
      ['after 16', 'right'],
      ['Intervals of all looks have the truth', 'right'],
    ],
    rows: found.map((row, at) => {
      const courses = row[0] as Course[];
      return [
        ...worldCells(WORLDS[at] as World),
        percent(share(courses, ({ worse }) => worse)),
        percent(share(courses, ({ byP }) => byP)),
        ...LOOKS.map(({ rounds }) => percent(share(courses, ({ decided }) => decided <= rounds))),
        percent(share(courses, ({ covered }) => covered)),
      ];
    }),
  };
}

function promisesOf(found: Course[][][]): Promised[] {
  const of = (at: number, effect: number) => (found[at] as Course[][])[EFFECTS.indexOf(effect)] as Course[];
  const everywhere = (effect: number) => WORLDS.flatMap((_, at) => of(at, effect));
  return [
    ...WORLDS.map((each, at): Promised => {
      const what = `${each.shape.name}, spread ${each.name}: nothing changed, something is called worse at any look`;
      return { what, ...share(of(at, 0), ({ worse }) => worse), atMost: 0.05 };
    }),
    {
      what: 'all six rows: nothing changed, something has a small p at any look',
      ...share(everywhere(0), ({ byP }) => byP),
      atMost: 0.05,
    },
    {
      what: 'all six rows: one is +20 or +50 %, another has a small p',
      ...share([...everywhere(0.2), ...everywhere(0.5)], ({ othersByP }) => othersByP),
      atMost: 0.05,
    },
    {
      what: 'all six rows: the intervals of all looks have the truth',
      ...share(everywhere(0), ({ covered }) => covered),
      atLeast: 0.94,
    },
    {
      what: 'all six rows: +10 % is called the same at any look',
      ...share(everywhere(0.1), ({ calledSame }) => calledSame),
      atMost: 0.05,
    },
    ...[0, 1, 2].map((at): Promised => {
      const what = `normal, spread ${WORLDS[at]?.name}: +20 % is called worse`;
      return { what, ...share(of(at, 0.2), (course) => course.found !== undefined), atLeast: 0.95 };
    }),
  ];
}
