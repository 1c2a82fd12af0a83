import { theilSen } from '../../analysis/statistics/theil-sen.ts';
import { type Part, type Row, withGoal } from './figures.ts';
import type { Options } from './options.ts';
import { type Bench, NotMeasured } from './session-cost.ts';

const USERS = 4;
/** The shortest with everything in it: sign-in, views hard and soft, requests, sign-out. */
const JOURNEY = 'view the call roster';
/** Compilers, caches and pools fill up at first: so much of the sessions is left out of the slopes. */
const WARM_UP = 0.2;
/** MiB a session: 5 000 sessions of a day's soak test would then cost half a GiB. */
const MOST_MIB = 0.1;

interface Look {
  sessions: number;
  node: number;
  browser: number;
  contexts: number;
  pages: number;
  processes: number;
}

/** Many sessions in one generator, four at a time; after each four it is counted what is still there. */
export async function leaks(bench: Bench, { sessions }: Options): Promise<Part> {
  const looks: Look[] = [];
  await bench.withGenerator({}, async (generator) => {
    const look = async (done: number) => {
      const before = looks[0]?.processes;
      if (before !== undefined) await generator.settled(before);
      looks.push({ sessions: done, ...(await generator.memory()) });
    };
    await look(0);
    for (let done = 0; done < sessions; done += USERS) {
      const ids = Array.from(
        { length: Math.min(USERS, sessions - done) },
        (_, user) => `leak-${done + user}`,
      );
      const ends = await Promise.all(
        ids.map((id, user) =>
          generator.session({
            id,
            watch: 'measured',
            role: 'resident',
            journeys: [JOURNEY],
            account: done + user,
            seed: id,
            think: 0,
          }),
        ),
      );
      const failed = ends.find(({ ok }) => !ok);
      if (failed) throw new NotMeasured(`a session failed: ${failed.error}`);
      await Promise.all(ids.map((id) => generator.close(id)));
      await look(done + ids.length);
      const { node, browser, processes } = looks.at(-1) as Look;
      bench.tell(
        `${done + ids.length} sessions: Node ${node.toFixed(0)} MiB, browser ${browser.toFixed(0)} MiB, ${processes} processes`,
      );
    }
  });
  const [first, last] = [looks[0] as Look, looks.at(-1) as Look];
  const after = looks.filter(({ sessions: done }) => done >= sessions * WARM_UP);
  return {
    name: 'leaks',
    title: 'What is left after many sessions',
    how: [
      `${sessions} sessions of one resident each (sign-in, “${JOURNEY}”, sign-out), ${USERS} at a time in one browser, without think times, measured; a look after each ${USERS}, when their contexts are closed.`,
      `Slopes are Theil–Sen estimates over the looks after the first ${WARM_UP * 100} % of the sessions, in the column for the spread their 95 % interval; memory is looked at when Node’s garbage has been collected.`,
    ],
    rows: [
      slopeRow('memory of Node', after, 'node'),
      slopeRow('memory of the browser', after, 'browser'),
      leftRow('contexts left open', looks, last.contexts - first.contexts),
      leftRow('pages left open', looks, last.pages - first.pages),
      leftRow('processes left', looks, last.processes - first.processes),
    ],
  };
}

function slopeRow(what: string, looks: readonly Look[], of: 'node' | 'browser'): Row {
  const found = theilSen(looks.map((look) => [look.sessions, look[of]]));
  const { slope = null, interval = null } = found ?? {};
  const one: Row = { what, n: looks.length, median: slope, spread: interval, unit: 'MiB a session' };
  return withGoal(one, MOST_MIB);
}

function leftRow(what: string, looks: readonly Look[], left: number): Row {
  return withGoal({ what, n: looks.length, median: left, spread: null, unit: '' }, 0);
}
