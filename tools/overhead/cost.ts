import type { Role } from '../../measure/run/samples.ts';
import { type Part, row, withGoal } from './figures.ts';
import type { Watch } from './generator/messages.ts';
import type { Options } from './options.ts';
import { type Bench, type Cost, costOf } from './session-cost.ts';
import type { WatchedGenerator } from './watch/watched-generator.ts';

/** More CPU than without measurement, %, and more memory a user, MiB: what the suite promises. */
const MOST_CPU = 5;
const MOST_MEMORY = 10;
/** Of the sessions under load TRACE=sample traces one of this many (artillery/engine/traced-sessions.ts). */
const SAMPLED_ONE_OF = 10;

/** What most users do; each round takes the next. */
const SCRIPTS: ReadonlyArray<[Role, readonly string[]]> = [
  ['resident', ['view my schedule', 'request an absence']],
  ['faculty', ['request leave', 'review workload analytics']],
  ['resident', ['browse the block schedule', 'search for a colleague']],
];
const WARM_UP = 1;
const WATCHES: readonly Watch[] = ['unmeasured', 'measured', 'traced'];

/** The same sessions unmeasured, measured and traced, in turn (A B C C B A …), compared within each round. */
export async function cost(bench: Bench, { pairs }: Options): Promise<Part> {
  const rounds: Array<Record<Watch, Cost>> = [];
  const round = async (index: number, plain: WatchedGenerator, watched: WatchedGenerator) => {
    const [role, journeys] = SCRIPTS[(index + SCRIPTS.length) % SCRIPTS.length] as (typeof SCRIPTS)[number];
    const costs: Partial<Record<Watch, Cost>> = {};
    for (const watch of index % 2 === 0 ? WATCHES : WATCHES.toReversed()) {
      const task = {
        id: `${watch}-${index}`,
        watch,
        role,
        journeys,
        account: index + 1,
        seed: String(index),
        think: 0,
      };
      costs[watch] = await costOf(watch === 'unmeasured' ? plain : watched, task, bench.tell);
    }
    return costs as Record<Watch, Cost>;
  };
  await bench.withGenerator({ isWatched: false }, (plain) =>
    bench.withGenerator({}, async (watched) => {
      // The first rounds warm browsers, targets and compilers up.
      for (let index = -WARM_UP; index < pairs; index += 1) {
        const costs = await round(index, plain, watched);
        if (index >= 0) rounds.push(costs);
      }
    }),
  );
  const of = (watch: Watch, what: keyof Cost) => rounds.map((round) => round[watch][what]);
  const more = (watch: Watch) =>
    rounds.map((round) => (round[watch].cpuSeconds / round.unmeasured.cpuSeconds - 1) * 100);
  const moreMemory = (watch: Watch) =>
    rounds.map((round) => round[watch].memoryMiB - round.unmeasured.memoryMiB);
  const traced = more('traced');
  const sampled = more('measured').map((part, at) => part + ((traced[at] as number) - part) / SAMPLED_ONE_OF);
  return {
    name: 'cost',
    title: 'Journeys with and without measurement',
    how: [
      'One user at a time, sign-in, two journeys, sign-out, without think times; each round does the same session once in each way.',
      'Each way has a process and a browser of its own, and the measured one watches its health each second, as in a run.',
      'Unmeasured: the same journeys with Playwright’s own waits, no script in the page, no binding, no DevTools session, nothing written.',
      'CPU and memory are those of Node and browser together, without the target; percentages and differences are within a round.',
      `\`TRACE=sample\` traces one session of ${SAMPLED_ONE_OF}: its price is that of measuring plus a tenth of the difference to \`TRACE=all\`.`,
    ],
    rows: [
      row('CPU of a session, unmeasured', of('unmeasured', 'cpuSeconds'), 's'),
      row('CPU of a session, measured', of('measured', 'cpuSeconds'), 's'),
      withGoal(row('more CPU, measured', more('measured'), '%'), MOST_CPU),
      row('more CPU, `TRACE=sample`', sampled, '%'),
      row('more CPU, `TRACE=all`', traced, '%'),
      row('memory of a user, unmeasured', of('unmeasured', 'memoryMiB'), 'MiB'),
      row('memory of a user, measured', of('measured', 'memoryMiB'), 'MiB'),
      withGoal(row('more memory, measured', moreMemory('measured'), 'MiB'), MOST_MEMORY),
      row('more memory, `TRACE=all`', moreMemory('traced'), 'MiB'),
      row('length of a session, unmeasured', of('unmeasured', 'seconds'), 's'),
      row('length of a session, measured', of('measured', 'seconds'), 's'),
    ],
  };
}
