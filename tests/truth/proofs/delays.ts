/**
 * Three endpoints are delayed at once, each by another amount; which ones follows from the seed. Their pages are visited,
 * and journeys over HTTP made, with and without the delays in turn (A B B A …). What each step and operation moved by
 * within a pair is looked at. Before that, small pages on which something comes or goes in every way there is (ways.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testData } from '../../../fixtures/data/generate.ts';
import { type Random, seededRandom } from '../../../fixtures/data/random.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { readAccessLog } from '../../faults/target.ts';
import {
  type HttpPosition,
  IN_BROWSER,
  OVER_HTTP,
  type Placed,
  type Position,
  type StepPosition,
  VISITS,
} from '../delayed-places.ts';
import { allowedText, described, isWithin, medianOf, spreadOf, tolerance } from '../medians.ts';
import type { Proof, ProofRow } from '../proof.ts';
import { withRepetition } from '../repetition.ts';
import { accountOf, ofKind, onStage, type Stage } from '../stage.ts';
import { waysRows } from '../ways.ts';

const DELAYS_MS = [50, 200, 1000] as const;
/** Long enough to be seen in a few values, and no longer: a machine that lets idle programs sleep wakes them late. */
const SHORT_DELAYS_MS = [400] as const;
const TOLERANCE = { share: 0.05, leastMs: 10 };
/** A few values of a page know their median no better than this, those of an HTTP session. From 20 on their spread says it. */
const UNSURE_MS = 100;
const UNSURE_HTTP_MS = 40;
const FEW = 20;
/**
 * A page that has waited wakes late, the later the busier the machine is: its step is longer by that, which is true and no
 * delay of the target. 65 ms here on a quiet machine, 170 ms beside as many busy loops as there are cores.
 */
const WAKES_LATE_MS = 200;

/** By how much less the target's log may have: what it took without the delay on a busy machine is taken off. */
const LOGGED_LATE_MS = 5;

/** The `session` of samples says which half of which pair they are of: `with 3`. */
type Half = 'without' | 'with';

export default {
  name: 'delays',
  title: 'Is a delay of one endpoint found where it is felt, as long as it is?',
  run: async ({ short, seed }) => [...(await waysRows(short)), ...(await endpoints(short, seed))],
} satisfies Proof;

function endpoints(short: boolean, seed: number): Promise<ProofRow[]> {
  return withAccessLog((accessLog) =>
    onStage({ accessLog }, async (stage) => {
      const random = seededRandom(`delays ${seed}`);
      const delays = short ? SHORT_DELAYS_MS : DELAYS_MS;
      const inBrowser = placed(random, IN_BROWSER, delays);
      const overHttp = placed(random, OVER_HTTP, delays);
      return [
        ...(await withRepetition(short ? 4 : 30, async (n, attempt) => {
          const samples = await browserPairs(stage, inBrowser, n, `browser ${attempt}`);
          return [
            ...inBrowser.flatMap((place) => rowsOf(place, samples, n, servedTimes(accessLog))),
            ...othersRow(inBrowser, samples),
          ];
        })),
        ...(await withRepetition(short ? 5 : 30, async (n, attempt) => {
          const samples = await httpPairs(stage, overHttp, n, `HTTP ${attempt}`);
          return overHttp.flatMap((place) => rowsOf(place, samples, n, servedTimes(accessLog)));
        })),
      ];
    }),
  );
}

async function withAccessLog<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-delays-'));
  try {
    return await work(join(folder, 'access.ndjson'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long the target had each request, by its id, ms: a machine that wakes late delays by more than was asked for. */
function servedTimes(accessLog: string): ReadonlyMap<string, number> {
  return new Map(readAccessLog(accessLog).map(({ id, ms }) => [id, ms]));
}

/** As many places as there are delays, no two the same. */
function placed<P extends Position>(
  random: Random,
  positions: readonly P[],
  delays: readonly number[],
): Array<Placed<P>> {
  const left = [...positions];
  return delays.map((delayMs) => ({
    ...(left.splice(random.int(0, left.length - 1), 1)[0] as P),
    delayMs,
  }));
}

/** One user visits all pages concerned in each half of each pair, after one round for warming up. */
async function browserPairs(
  stage: Stage,
  places: ReadonlyArray<Placed<StepPosition>>,
  n: number,
  id: string,
): Promise<Sample[]> {
  const visits = [...new Set(places.map(({ visit }) => visit))];
  /** When each half began, to tell its samples from others'. */
  const halves: Array<{ name: string; from: number }> = [];
  await stage.inHand({ id, role: 'faculty' }, async (hand) => {
    const { username, password } = accountOf(stage.scheduler, 'faculty');
    const data = testData({ runId: 'truth', session: id, seed: id });
    await hand.app.login.open();
    await hand.app.login.signIn(username, password);
    await inPairs(stage, places, n, async (name) => {
      halves.push({ name: `${id} ${name}`, from: Date.now() });
      for (const visit of visits) await VISITS[visit](hand, data);
    });
  });
  const samples = stage.samples().filter(({ session }) => session === id);
  return samples.flatMap((sample) => {
    const half = halves.findLast(({ from }) => from <= sample.t);
    return half && !half.name.endsWith(' -1') ? [{ ...sample, session: half.name }] : [];
  });
}

async function httpPairs(
  stage: Stage,
  places: ReadonlyArray<Placed<HttpPosition>>,
  n: number,
  id: string,
): Promise<Sample[]> {
  const own = new Set(places.map(({ journey }) => journey));
  await inPairs(stage, places, n, async (name) => {
    for (const journey of own) {
      const { ok, error } = await stage.overHttp({ id: `${id} ${name}`, role: 'resident' }, journey);
      if (!ok) throw new Error(`"${journey}" ${name} the delays failed: ${error}`);
    }
  });
  return stage.samples().filter(({ session }) => session?.startsWith(`${id} `) && !session.endsWith(' -1'));
}

/** Plays n pairs, each half once, the first in turn the one and the other. */
async function inPairs(
  stage: Stage,
  places: ReadonlyArray<Placed<Position>>,
  n: number,
  play: (name: string) => Promise<void>,
): Promise<void> {
  const rules = places.map(({ route, delayMs }) => ({ route, delayMs }));
  await play('without -1');
  for (let pair = 0; pair < n; pair += 1) {
    const halves: Half[] = pair % 2 === 0 ? ['without', 'with'] : ['with', 'without'];
    for (const half of halves) {
      await stage.setFaults(half === 'with' ? rules : []);
      await play(`${half} ${pair}`);
    }
  }
  await stage.setFaults([]);
}

function rowsOf(
  place: Placed<StepPosition> | Placed<HttpPosition>,
  samples: readonly Sample[],
  n: number,
  served: ReadonlyMap<string, number>,
): ProofRow[] {
  const { operation, delayMs } = place;
  const unsure = 'step' in place ? UNSURE_MS : UNSURE_HTTP_MS;
  const allowed = tolerance(delayMs, TOLERANCE.share, n < FEW ? unsure : TOLERANCE.leastMs);
  const late = n < FEW && 'step' in place ? WAKES_LATE_MS : 0;
  // Of those in a browser, what the step itself called: a page may ask the same endpoint when it is opened.
  const requests = ofKind(samples, 'request').filter(
    ({ name, step }) => name === operation && (!('step' in place) || step === place.step),
  );
  const { median: injected } = medianOf(
    movesOf(
      requests.map(({ session, requestId = '' }) => ({ session, value: served.get(requestId) ?? NaN })),
    ),
  );
  /** `beside`: by how much less it may have moved, ms. */
  const row = (what: string, moves: number[], beside = 0): ProofRow => {
    const found = medianOf(moves);
    return {
      what,
      injected: `${delayMs} ms, ${injected.toFixed(1)} by the target's log`,
      found: described(found),
      n: found.n,
      allowed: allowedText(allowed, late, beside),
      ok:
        found.n === n &&
        injected >= delayMs - LOGGED_LATE_MS &&
        isWithin(found, injected + (late - beside) / 2, allowed + (late + beside) / 2),
    };
  };
  const steps = ofKind(samples, 'step').filter(
    ({ name, ok }) => 'step' in place && name === place.step && ok,
  );
  const where = 'step' in place ? `browser: ${operation}` : `HTTP: ${operation} in "${place.journey}"`;
  // What a step takes beyond its call when nothing is delayed (another month's heading is drawn) can go on beside the wait.
  const undelayed = (all: ReadonlyArray<{ session?: string; value: number }>) =>
    medianOf(all.filter(({ session = '' }) => session.includes(' without ')).map(({ value }) => value))
      .median;
  const beside = Math.max(0, undelayed(steps) - undelayed(requests));
  return [
    ...('step' in place ? [row(`browser: step "${place.step}"`, movesOf(steps), beside)] : []),
    row(where, movesOf(requests)),
    row(`${where}, TTFB`, movesOf(requests.map((request) => ({ ...request, value: request.ttfb ?? NaN })))),
  ];
}

/** The steps that call none of the delayed endpoints stay where they are. Of a single page there may be none. */
function othersRow(places: ReadonlyArray<Placed<StepPosition>>, samples: readonly Sample[]): ProofRow[] {
  const delayed = new Set(places.map(({ operation }) => operation));
  const callers = new Set(
    ofKind(samples, 'request')
      .filter(({ name }) => delayed.has(name))
      .map(({ step }) => step),
  );
  const steps = ofKind(samples, 'step').filter(({ name, ok }) => ok && !callers.has(name));
  const others = [...new Set(steps.map(({ name }) => name))].map((name) => {
    const own = steps.filter((step) => step.name === name);
    const { median, n } = medianOf(movesOf(own));
    const spread = spreadOf(own.map(({ value }) => value));
    const allowed = n < FEW ? Math.max(UNSURE_MS, 2 * spread) : Math.max(TOLERANCE.leastMs, spread);
    return { name, n, moved: Math.abs(median), allowed };
  });
  if (others.length === 0) return [];
  const worst = others.reduce((a, b) => (a.moved - a.allowed > b.moved - b.allowed ? a : b));
  const n = Math.min(...others.map((other) => other.n));
  const row: ProofRow = {
    what: `browser: the ${others.length} other steps`,
    injected: '0 ms',
    found: `${worst.moved.toFixed(1)} ms at most ("${worst.name}")`,
    n,
    allowed:
      n < FEW ? `± ${UNSURE_MS} ms or twice their spread` : `± ${TOLERANCE.leastMs} ms or their spread`,
    ok: others.every(({ moved, allowed }) => moved <= allowed),
  };
  return [row];
}

/** By pair, what the second half's median lies above the first's: a session may do a thing more than once. */
function movesOf(samples: ReadonlyArray<{ session?: string; value: number }>): number[] {
  const pairs = new Map<number, Record<Half, number[]>>();
  for (const { session = '', value } of samples) {
    const [, half, pair] = / (with|without) (\d+)$/.exec(session) ?? [];
    const values = pairs.get(Number(pair)) ?? { with: [], without: [] };
    pairs.set(Number(pair), values);
    values[half as Half].push(value);
  }
  return [...pairs.values()]
    .filter((pair) => pair.with.length > 0 && pair.without.length > 0)
    .map((pair) => medianOf(pair.with).median - medianOf(pair.without).median);
}
