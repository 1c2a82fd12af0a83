import { type Part, type Row, row } from './figures.ts';
import type { Options } from './options.ts';
import { type Bench, NotMeasured } from './session-cost.ts';
import type { WatchedGenerator } from './watch/watched-generator.ts';

/** At a time, with the think times of people. */
const USERS = 4;
const ROLE = 'resident';
const JOURNEYS = ['view my schedule', 'request an absence'];
const MIB_PER_GIB = 1024;

interface Group {
  /** Of one user. */
  cpuSeconds: number;
  seconds: number;
  memoryMiB: number;
}

/** Four users at a time in each kind of browser, sharing one and with one each. */
export async function browsers(bench: Bench, { groups, think }: Options): Promise<Part> {
  const ways = bench.browsers.flatMap((browser) => [
    { browser, ownBrowser: false },
    { browser, ownBrowser: true },
  ]);
  const measured = ways.map(() => [] as Group[]);
  for (let round = 0; round < groups; round += 1) {
    const order = [...ways.keys()];
    for (const at of round % 2 === 0 ? order : order.toReversed()) {
      const { browser, ownBrowser } = ways[at] as (typeof ways)[number];
      await bench.withGenerator({ browser }, async (generator) => {
        const group = await groupOf(generator, `${browser.kind}-${ownBrowser ? 'own' : 'shared'}`, round, {
          ownBrowser,
          think,
        });
        measured[at]?.push(group);
        bench.tell(`${browser.kind}, ${ownBrowser ? 'one a user' : 'shared'}: ${JSON.stringify(group)}`);
      });
    }
  }
  const missing = bench.browsers.some(({ kind }) => kind === 'full')
    ? []
    : [
        'There is no full browser on this machine: `npx playwright install chromium` or, on Debian, `apt-get install chromium` brings one.',
      ];
  return {
    name: 'browsers',
    title: 'Which browser, and how many of them',
    how: [
      `${USERS} residents at a time, two journeys each, with think times (\`THINK=${think}\`), measured; n counts groups of ${USERS}.`,
      'One for all: a context a user in one browser (the default). One each: `BROWSER_PER_USER=true`.',
      'users per core = length of a session ÷ its CPU seconds; users per GiB = 1 024 ÷ memory of a user. Both are what fits, with nothing left for the target: leave half.',
      ...missing,
    ],
    rows: ways.flatMap(({ browser, ownBrowser }, at) =>
      rowsOf(`${browser.kind}, ${ownBrowser ? 'one each' : 'one for all'}`, measured[at] as Group[]),
    ),
  };
}

async function groupOf(
  generator: WatchedGenerator,
  name: string,
  round: number,
  how: { ownBrowser: boolean; think: number },
): Promise<Group> {
  const memoryBefore = await generator.memory();
  const before = generator.tree();
  const tasks = Array.from({ length: USERS }, (_, user) => ({
    id: `${name}-${round}-${user}`,
    watch: 'measured' as const,
    role: ROLE as 'resident',
    journeys: JOURNEYS,
    account: round * USERS + user,
    seed: `${round}-${user}`,
    ...how,
  }));
  const ends = await Promise.all(tasks.map((task) => generator.session(task)));
  const failed = ends.find(({ ok }) => !ok);
  if (failed) throw new NotMeasured(`a session in a ${name} browser failed: ${failed.error}`);
  // Before the contexts are closed: what a browser of one's own used goes with it.
  const after = generator.tree();
  const memory = await generator.memory();
  for (const { id } of tasks) await generator.close(id);
  return {
    cpuSeconds: (after.cpuSeconds - before.cpuSeconds) / USERS,
    seconds: ends.reduce((sum, { seconds }) => sum + seconds, 0) / USERS,
    memoryMiB: (memory.node + memory.browser - memoryBefore.node - memoryBefore.browser) / USERS,
  };
}

function rowsOf(name: string, groups: Group[]): Row[] {
  return [
    row(
      `${name}: CPU of a session`,
      groups.map(({ cpuSeconds }) => cpuSeconds),
      's',
    ),
    row(
      `${name}: length of a session`,
      groups.map(({ seconds }) => seconds),
      's',
    ),
    row(
      `${name}: memory of a user`,
      groups.map(({ memoryMiB }) => memoryMiB),
      'MiB',
    ),
    row(
      `${name}: per core`,
      groups.map(({ seconds, cpuSeconds }) => seconds / cpuSeconds),
      'users',
    ),
    row(
      `${name}: per GiB`,
      groups.map(({ memoryMiB }) => MIB_PER_GIB / memoryMiB),
      'users',
    ),
  ];
}
