/** A known share of an endpoint's answers are errors, and a known share of the others 429. Which endpoint: by the seed. */
import { clopperPearson } from '../../../analysis/statistics/clopper-pearson.ts';
import { isRequestError } from '../../../analysis/summary/request-counts.ts';
import { collectRequests } from '../../../analysis/summary/requests.ts';
import { ApiClient } from '../../../api/client/api-client.ts';
import * as absences from '../../../api/operations/absences.ts';

import * as auth from '../../../api/operations/auth.ts';
import * as rotations from '../../../api/operations/rotation-templates.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import type { Proof, ProofRow } from '../proof.ts';
import { withRepetition } from '../repetition.ts';
import { accountOf, ofKind, onStage, type Stage } from '../stage.ts';

/** `n`: enough requests for some eight errors at least. */
const RATES = [
  { rate: 0.01, n: 800 },
  { rate: 0.05, n: 400 },
  { rate: 0.3, n: 200 },
] as const;
/** Of the answers that are no errors. */
const RATES_429 = [0.02, 0.1] as const;
const STATUSES = [500, 502, 503] as const;
/** The long form sends this many times more. */
const LONGER = 4;
/** Users at a time. */
const CLIENTS = 4;

const ENDPOINTS = [
  { operation: 'auth.me', route: 'GET /api/v1/auth/me', call: callOf(auth.me) },
  { operation: 'absences.list', route: 'GET /api/v1/absences', call: callOf(absences.list) },
  { operation: 'rotations.list', route: 'GET /api/v1/rotation-templates', call: callOf(rotations.list) },
] as const;

interface Injected {
  endpoint: (typeof ENDPOINTS)[number];
  rate: number;
  rate429: number;
  status: number;
}

export default {
  name: 'errors',
  patient: true,
  title: 'Are error rates found as they are, and rate limits apart from them?',
  run: ({ short, seed }) =>
    onStage({}, async (stage) => {
      const random = seededRandom(`errors ${seed}`);
      const rows: ProofRow[] = [];
      for (const { rate, n: least } of RATES) {
        const endpoint = random.pick(ENDPOINTS);
        const injected = { endpoint, rate, rate429: random.pick(RATES_429), status: random.pick(STATUSES) };
        // One interval in a hundred misses by its definition; two in a row are no chance.
        rows.push(
          ...(await withRepetition(short ? least : LONGER * least, (n, attempt) =>
            rowsOf(stage, injected, n, random.int(1, 1e6) + attempt),
          )),
        );
      }
      return rows;
    }),
} satisfies Proof;

async function rowsOf(stage: Stage, injected: Injected, n: number, seed: number): Promise<ProofRow[]> {
  const { endpoint, rate, rate429, status } = injected;
  await stage.setFaults([{ route: endpoint.route, errorRate: rate, errorStatus: status, rate429, seed }]);
  const id = `errors ${seed}`;
  await Promise.all(Array.from({ length: CLIENTS }, () => requests(stage, endpoint, n / CLIENTS, id)));
  const seen = await failedByTarget(stage);
  const samples = ofKind(stage.samples(), 'request').filter(
    ({ session, name }) => session === id && name === endpoint.operation,
  );
  // What the report says is made here.
  const collected = collectRequests();
  for (const sample of samples)
    collected.samples.request(sample, {
      excused: false,
      isError: isRequestError(sample, false),
      drained: false,
    });
  const { failed, rateLimited } = collected.counts;
  const what = `${status} of ${endpoint.operation}`;
  return [
    shareRow(what, rate, failed, n),
    shareRow(`429 of ${endpoint.operation}, apart`, (1 - rate) * rate429, rateLimited, n),
    {
      what: `${what} and 429, together`,
      injected: `${seen.failed} of ${seen.matched} by the target's own count`,
      found: `${failed + rateLimited} of ${samples.length}`,
      n,
      allowed: 'none off',
      ok: failed + rateLimited === seen.failed && samples.length === n && seen.matched === n,
    },
  ];
}

function shareRow(what: string, injected: number, hits: number, n: number): ProofRow {
  const [low, high] = clopperPearson(hits, n, 0.99) ?? [0, 0];
  return {
    what,
    injected: percent(injected),
    found: `${percent(hits / n)} (${percent(low)} to ${percent(high)})`,
    n,
    allowed: 'in its 99 % interval',
    ok: low <= injected && injected <= high,
  };
}

async function requests(stage: Stage, { call }: Injected['endpoint'], n: number, id: string): Promise<void> {
  const { username, password } = accountOf(stage.scheduler, 'coordinator');
  const api = new ApiClient({
    apiUrl: stage.scheduler.apiUrl,
    recorder: stage.recorder,
    context: { session: id, role: 'coordinator' },
  });
  try {
    await api.signIn(username, password);
    for (let sent = 0; sent < n; sent += 1) await call(api);
    await api.signOut();
  } finally {
    await api.close();
  }
}

function callOf(operation: typeof auth.me | typeof absences.list | typeof rotations.list) {
  return (api: ApiClient) => api.request(operation as typeof rotations.list, { mayFail: true });
}

/** What the target says of its only rule: how many requests it met, and how many of them it failed. */
async function failedByTarget({ scheduler }: Stage): Promise<{ matched: number; failed: number }> {
  const response = await fetch(`${scheduler.url}/__faults`);
  const [rule] = (await response.json()) as Array<{ matched: number; failed: number }>;
  if (!rule) throw new Error('the target has no fault in force');
  return rule;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
