/**
 * A limit is planted: each request waits this many ms for each that is in flight, so that p95 passes its limit of a second at
 * a known number of users. Clients that only ask find the true number; the search must be within a tenth of it, at
 * five random places. `node tests/profiles/capacity-proof.ts [--seed=N] [--places=1]`, some 2 min a place.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import { ROOT } from '../../config/environment.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import { seededRandom } from '../../fixtures/data/random.ts';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { setFaults, startTarget } from '../faults/target.ts';
import { closedLoop } from './reference-clients.ts';

const SEED = Number(/--seed=(\d+)/.exec(process.argv.join(' '))?.[1] ?? Date.now() % 1_000_000);
const PLACES = Number(/--places=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 5);
/** Of the search; its phase is 220 s. */
const HANGS_AFTER_MS = 300_000;
const OFF_BY_AT_MOST = 0.1;
/** Users at which a limit may lie. */
const [NEAREST, FURTHEST] = [12, 24];
const SCENARIO = 'residents over HTTP';

const limit = loadThresholds()
  .get('capacity')
  ?.thresholds.find(({ expression }) => expression === 'class.crud.p95')?.limit as number;

const random = seededRandom(`capacity ${SEED}`);
const places = new Set<number>();
while (places.size < Math.min(PLACES, FURTHEST - NEAREST + 1)) places.add(random.int(NEAREST, FURTHEST));
for (const place of places)
  test(`a limit at about ${place} users is found within a tenth (--seed=${SEED})`, async (t) => {
    const folder = temporaryFolder(t);
    const { scheduler, settings } = await startTarget(t, folder, {
      size: 'medium',
      // What is planted must be the only limit.
      settings: { SCHEDULER_PASSWORD_COST_MS: '0' },
    });
    await setFaults(scheduler.url, [{ route: '* /api/v1/*', delayPerInFlightMs: limit / (place + 0.5) }]);
    const truth = await trueLimit(scheduler.apiUrl, scheduler.accounts, place);

    const profile = writeProfile(folder, {
      name: 'capacity',
      users: 30,
      suite: { capacity: { scenarios: [SCENARIO], from: 4, most: 30, hold: '4s', settle: '1s' } },
      phases: [{ name: 'search', duration: 220, steered: true, users: 4 }],
      scenarios: [
        {
          name: SCENARIO,
          engine: 'api',
          weight: 1,
          flowFunction: 'resident',
          journeys: ['read my schedule over HTTP'],
        },
      ],
    });
    const run = startArtillery(profile, { ...settings, THINK: '0', JOURNEYS: '1' }, ROOT, HANGS_AFTER_MS);
    await run.ended;
    const { summary } = finishedRun(`${folder}/reports`);
    const found = summary.findings[`capacity.${SCENARIO}`];
    const [low, high] = found?.ci ?? [];
    assert.ok(low && high, run.output);
    const middle = (low + high) / 2;
    const told = `${summary.answers.join(' ')} The truth: ${truth}. Levels: ${summary.levels.map(({ users, ok }) => `${users}${ok ? '+' : '−'}`).join(' ')}`;
    t.diagnostic(told);
    assert.ok(Math.abs(middle / truth - 1) <= OFF_BY_AT_MOST, told);
  });

/**
 * The number of clients at which p95 passes the limit: between the last that keeps it and the first that does not. They ask
 * what the journey asks, and what counts is what counts there: the class crud.
 */
async function trueLimit(
  apiUrl: string,
  accounts: ReadonlyArray<{ role: string; username: string; password: string }>,
  about: number,
): Promise<number> {
  const { username, password } = accounts.find(({ role }) => role === 'resident') ?? {
    username: '',
    password: '',
  };
  const answer = await fetch(`${apiUrl}/auth/login/json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const { items } = (await (await fetch(`${apiUrl}/people`, { headers })).json()) as {
    items: Array<{ id: string }>;
  };
  const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
  const days = `start_date=${day(0)}&end_date=${day(27)}`;
  const asked = [
    { url: `${apiUrl}/me/dashboard?days_ahead=30`, counts: false },
    { url: `${apiUrl}/auth/me`, counts: false },
    { url: `${apiUrl}/people`, counts: true },
    { url: `${apiUrl}/blocks?${days}`, counts: true },
    { url: `${apiUrl}/assignments?${days}&person_id=${items[0]?.id}&page_size=500`, counts: false },
    { url: `${apiUrl}/rotation-templates`, counts: true },
  ];
  const keeps = async (clients: number) => {
    const times = await closedLoop(asked, headers, clients, 6000);
    return (percentile(ascending(times), 0.95) ?? Number.POSITIVE_INFINITY) <= limit;
  };
  let clients = about;
  while (clients > 1 && !(await keeps(clients))) clients -= 1;
  while (await keeps(clients + 1)) clients += 1;
  return clients + 0.5;
}
