/**
 * Pages shift, block and paint their largest element late, by amounts that are known: a shift's score from rectangles,
 * the time to the frame after a block and to the one that shows the element by the page's own frames. None of it comes from
 * web-vitals or from the browser's entries that it reads. Each view has one of each; which ones follows from the seed.
 */
import { type Random, seededRandom } from '../../../fixtures/data/random.ts';
import type { VitalName } from '../../../measure/run/samples.ts';
import { type Nav, PAGES, played, type Trial, type TrialOutcome } from '../faulty-views.ts';
import { allowedText, described, isWithin, medianOf, tolerance } from '../medians.ts';
import type { Proof, ProofRow } from '../proof.ts';
import { withRepetition } from '../repetition.ts';
import { onStage } from '../stage.ts';

const SHIFTS = [0.05, 0.15, 0.4] as const;
const BLOCKS_MS = [100, 300, 600] as const;
const HEROES_MS = [200, 600, 1200] as const;
const TOLERANCE = { share: 0.1, leastMs: 16 };
/**
 * A page knows when it made a frame, not when the frame was shown, which is what a browser times: on a machine that wakes
 * late, or has much to do, up to 105 ms after it. A few values cannot show which of it is an error.
 */
const SHOWN_LATE_MS = 200;
const FEW = 20;

interface Amounts {
  shifts: readonly number[];
  blocks: readonly number[];
  heroes: readonly number[];
}

export default {
  name: 'vitals',
  title: 'Are shifts, blocks and late elements of pages found in CLS, INP and LCP?',
  run: ({ short, seed }) =>
    onStage({}, async (stage) => {
      const rows: ProofRow[] = [];
      const choice = seededRandom(`vitals ${seed}`);
      const all: Amounts = { shifts: SHIFTS, blocks: BLOCKS_MS, heroes: HEROES_MS };
      const one = () => ({
        shifts: [choice.pick(SHIFTS)],
        blocks: [choice.pick(BLOCKS_MS)],
        heroes: [choice.pick(HEROES_MS)],
      });
      for (const nav of ['hard', 'soft'] as const)
        rows.push(
          ...(await withRepetition(short ? 4 : 30, async (n, attempt) => {
            const amounts = short ? one() : all;
            const random = seededRandom(`vitals ${seed} ${nav} ${attempt}`);
            const outcomes = await played(stage, trials(random, nav, n, amounts), `${nav} ${attempt}`);
            return rowsOf(nav, outcomes, n, amounts);
          })),
        );
      return rows;
    }),
} satisfies Proof;

/** n of each amount of each kind, in an order and on pages of the seed's choice. */
function trials(random: Random, nav: Nav, n: number, amounts: Amounts): Trial[] {
  const shuffled = <T>(kind: readonly T[]): T[] => {
    const all = Array.from({ length: n }, () => kind).flat();
    for (let last = all.length - 1; last > 0; last -= 1) {
      const other = random.int(0, last);
      [all[last], all[other]] = [all[other] as T, all[last] as T];
    }
    return all;
  };
  const { shifts, blocks, heroes } = {
    shifts: shuffled(amounts.shifts),
    blocks: shuffled(amounts.blocks),
    heroes: shuffled(amounts.heroes),
  };
  const pages = shuffled(PAGES);
  return shifts.map((shift, index) => ({
    nav,
    page: pages[index] as (typeof PAGES)[number],
    shift,
    blockMs: blocks[index] as number,
    heroMs: heroes[index] as number,
  }));
}

function rowsOf(nav: Nav, outcomes: readonly TrialOutcome[], n: number, amounts: Amounts): ProofRow[] {
  const values = (own: readonly TrialOutcome[], name: VitalName) =>
    own.flatMap(({ vitals }) => vitals[name] ?? []);
  const shifts = amounts.shifts.map((shift): ProofRow => {
    const own = outcomes.filter((one) => one.shift === shift);
    const found = medianOf(values(own, 'CLS'));
    const truth = medianOf(own.map(({ shiftShown }) => shiftShown)).median;
    const allowed = TOLERANCE.share * shift;
    return {
      what: `CLS, ${nav} view`,
      injected: `${shift} (${truth.toFixed(3)} by its rectangles)`,
      found: described(found, 3, ''),
      n: found.n,
      allowed: `± ${allowed.toFixed(3)}`,
      ok: found.n === n && isWithin(found, shift, allowed) && Math.abs(truth - shift) < allowed / 10,
    };
  });
  const timed = (
    what: 'INP' | 'LCP',
    own: readonly TrialOutcome[],
    injected: string,
    truthOf: (one: TrialOutcome) => number,
  ): ProofRow => {
    const found = medianOf(values(own, what));
    const truth = medianOf(own.map(truthOf)).median;
    const off = medianOf(own.map((one) => (one.vitals[what] ?? Number.NaN) - truthOf(one)));
    const allowed = tolerance(truth, TOLERANCE.share, TOLERANCE.leastMs);
    const late = n < FEW ? SHOWN_LATE_MS : 0;
    return {
      what: `${what}, ${nav} view`,
      injected: `${injected}, painted after ${truth.toFixed(0)} ms`,
      found: described(found, 0),
      n: found.n,
      allowed: allowedText(allowed, late),
      ok: found.n === n && isWithin(off, late / 2, allowed + late / 2),
    };
  };
  const blocks = amounts.blocks.map((ms) => {
    const own = outcomes.filter(({ blockMs }) => blockMs === ms);
    return timed('INP', own, `${ms} ms`, ({ blockShown }) => blockShown);
  });
  const heroes = amounts.heroes.map((ms) => {
    const own = outcomes.filter(({ heroMs }) => heroMs === ms);
    return timed('LCP', own, `${ms} ms late`, ({ heroShown }) => heroShown);
  });
  return [...shifts, ...blocks, ...heroes];
}
