import { mannKendall } from '../../../analysis/statistics/mann-kendall.ts';
import { mannWhitney } from '../../../analysis/statistics/mann-whitney.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import { type Found, type Proof, percent, type Share } from '../proof.ts';
import { autocorrelated, times } from '../simulated.ts';

const SESSIONS = 60;
const SPREAD_OF_SESSIONS = 0.3;
const SPREADS = [0, 0.03, 0.05, 0.08];
const WINDOWS = 24;
const CORRELATIONS = [0, 0.3, 0.6];

export default {
  name: 'sessions',
  title: 'Why sessions do not decide (`compare`), and drift within a run',
  run({ short, seed }): Found {
    const n = short ? 1000 : 10000;
    const different = SPREADS.map((spread) => differentRuns(spread, n, seed));
    const drifting = CORRELATIONS.map((rho) => driftingWindows(rho, n / 5, seed));
    return {
      tables: [
        {
          about: `Two runs of one thing, ${SESSIONS} sessions each that differ by 30 %: how often Mann and Whitney’s test of the sessions has p ≤ 5 %:`,
          columns: [
            ['Spread between runs', 'left'],
            ['“different”', 'right'],
          ],
          rows: different.map((share, at) => [`${100 * (SPREADS[at] as number)} %`, percent(share)]),
        },
        {
          about: `${WINDOWS} windows of a run in which nothing drifts: how often Mann and Kendall’s test has p ≤ 5 %:`,
          columns: [
            ['Correlation of neighbouring windows', 'left'],
            ['“drifts”', 'right'],
          ],
          rows: drifting.map((share, at) => [String(CORRELATIONS[at]), percent(share)]),
        },
      ],
      promises: [
        {
          what: 'runs that do not differ: their sessions are called different',
          ...(different[0] as Share),
          atMost: 0.05,
        },
        { what: 'independent windows: drift is found', ...(drifting[0] as Share), atMost: 0.05 },
      ],
    };
  },
} satisfies Proof;

function differentRuns(spread: number, n: number, seed: number): Share {
  const random = seededRandom(`sessions ${seed} ${spread}`);
  let hits = 0;
  for (let made = 0; made < n; made += 1) {
    const [a, b] = times(2, () => {
      const run = spread * random.normal();
      return times(SESSIONS, () => run + SPREAD_OF_SESSIONS * random.normal());
    });
    if ((mannWhitney(a ?? [], b ?? [])?.p ?? 1) <= 0.05) hits += 1;
  }
  return { hits, n };
}

function driftingWindows(rho: number, n: number, seed: number): Share {
  const random = seededRandom(`windows ${seed} ${rho}`);
  let hits = 0;
  for (let made = 0; made < n; made += 1) {
    const next = autocorrelated(rho).of(random);
    if ((mannKendall(times(WINDOWS, next))?.p ?? 1) <= 0.05) hits += 1;
  }
  return { hits, n };
}
