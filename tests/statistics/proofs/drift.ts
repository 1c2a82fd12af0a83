import { FINAL_POLICY, judgeLimit } from '../../../analysis/judge/judge-limit.ts';
import type { Limit } from '../../../analysis/judge/limit.ts';
import { driftOf, totalDrift } from '../../../analysis/summary/drift.ts';
import type { Column } from '../../../analysis/text/markdown-table.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import type { LimitOutcome } from '../../../measure/run/findings.ts';
import { type Found, type Proof, percent, type Share } from '../proof.ts';
import { autocorrelated, times } from '../simulated.ts';

/** 30 min in windows of a quarter of them, and an hour of a soak. */
const WINDOWS = [24, 120];
const CORRELATIONS = [0, 0.3, 0.6, 0.8];
/** In standard deviations of a window: the limit on the total drift, and true drifts over the run. */
const LIMIT = 1;
const DRIFTS = [0, 1, 2, 3, 4];
const NEAR = [0, 0.3, 0.6];
const SECONDS = 3600;

interface Case {
  windows: number;
  rho: number;
}

const CASES: readonly Case[] = WINDOWS.flatMap((windows) => CORRELATIONS.map((rho) => ({ windows, rho })));

export default {
  name: 'drift',
  title: 'Drift within a run',
  run({ short, seed }): Found {
    const n = short ? 100 : 1000;
    const alarms = CASES.map((one) => shareOf(one, { drift: 0, limit: 0 }, 'failed', n, seed));
    const failed = CASES.map((one) =>
      DRIFTS.map((drift) => shareOf(one, { drift, limit: LIMIT }, 'failed', n / 2, seed)),
    );
    // As near to what is promised as these lie, a share takes more simulations to be shown.
    const atLimit = NEAR.map((rho) =>
      shareOf({ windows: 120, rho }, { drift: LIMIT, limit: LIMIT }, 'failed', 2 * n, seed),
    );
    const at = (windows: number, rho: number) =>
      CASES.findIndex((one) => one.windows === windows && one.rho === rho);
    const power = (windows: number, rho: number, drift: number) =>
      failed[at(windows, rho)]?.[DRIFTS.indexOf(drift)] as Share;
    const columns: Column[] = [
      ['Windows', 'right'],
      ['Correlation of neighbours', 'right'],
      ['no drift, limit 0', 'right'],
      ...DRIFTS.map((drift): Column => [`drift ${drift}`, 'right']),
    ];
    return {
      tables: [
        {
          about:
            'How often a limit on the total drift fails: a limit of 0 where nothing drifts, and a limit of one standard deviation of a window at true drifts of 0 to 4 of them over the run:',
          columns,
          rows: CASES.map(({ windows, rho }, row) => [
            String(windows),
            String(rho),
            percent(alarms[row] as Share),
            ...(failed[row] as Share[]).map(percent),
          ]),
        },
      ],
      promises: [
        ...[0, 0.3, 0.6].map((rho) => ({
          what: `120 windows, correlation ${rho}: nothing drifts, a limit of 0 fails`,
          ...(alarms[at(120, rho)] as Share),
          atMost: 0.05,
        })),
        ...CASES.map(({ windows, rho }, row) => ({
          what: `${windows} windows, correlation ${rho}: nothing drifts, a limit of 1 fails`,
          ...(failed[row]?.[0] as Share),
          atMost: 0.05,
        })),
        ...atLimit.map((share, row) => ({
          what: `120 windows, correlation ${NEAR[row]}: a drift of the limit itself fails`,
          ...share,
          atMost: 0.05,
        })),
        { what: '24 windows, independent: a drift of 4 fails', ...power(24, 0, 4), atLeast: 0.9 },
        { what: '120 windows, correlation 0: a drift of 3 fails', ...power(120, 0, 3), atLeast: 0.95 },
        { what: '120 windows, correlation 0.3: a drift of 3 fails', ...power(120, 0.3, 3), atLeast: 0.9 },
      ],
    };
  },
} satisfies Proof;

/** By what decides in a run: the gate on the total drift. */
function shareOf(
  { windows, rho }: Case,
  { drift, limit }: { drift: number; limit: number },
  outcome: LimitOutcome,
  n: number,
  seed: number,
): Share {
  const random = seededRandom(`drift ${seed} ${windows} ${rho} ${drift} ${limit}`);
  const atMost: Limit = { side: 'at most', limit };
  let hits = 0;
  for (let made = 0; made < n; made += 1) {
    const next = autocorrelated(rho).of(random);
    const found = driftOf(
      times(windows, (at) => {
        const share = (at + 0.5) / windows;
        return [share * SECONDS, 100 + next() + drift * share];
      }),
    );
    if (!found) continue;
    const perHour = { value: found.perHour, ci: found.ci, unit: 'ms' as const, n: windows, seconds: SECONDS };
    const value = { name: 'class.crud.p50.totalDrift', ...totalDrift(perHour) };
    if (judgeLimit(atMost, value, FINAL_POLICY).outcome === outcome) hits += 1;
  }
  return { hits, n };
}
