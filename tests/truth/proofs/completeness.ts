/**
 * Of each page view as the driver saw it, which vitals are there of those that could be had? In every browser build of
 * this machine, through journeys without think time and through a load by Artillery. The order follows from the seed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectVitals } from '../../../analysis/summary/vitals.ts';
import { type Browser, browsersThere, findBrowser } from '../../../config/browser.ts';
import { readEnvironment } from '../../../config/environment.ts';
import { type Random, seededRandom } from '../../../fixtures/data/random.ts';
import type { Journey } from '../../../flows/journey.ts';
import { journeys } from '../../../flows/registry.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { finishedRun, startArtillery, writeProfile } from '../../artillery/suite-process.ts';
import type { Proof, ProofRow } from '../proof.ts';
import { withRepetition } from '../repetition.ts';
import { ofKind, onStage, type Play } from '../stage.ts';

const LEAST = 0.99;
const ROLES = ['resident', 'faculty', 'coordinator', 'visitor'] as const;
/** Users a second, which keeps two cores busy with three browsers at a time. */
const ARRIVALS_A_SECOND = 0.7;
/** Sessions last a few seconds: what the check of accounts is for. */
const AT_A_TIME = 6;

export default {
  name: 'completeness',
  title: 'Are the vitals of every page view there?',
  run: async ({ short, seed }) => {
    const rows: ProofRow[] = [];
    for (const build of builds()) {
      const random = seededRandom(`completeness ${seed} ${build.kind}`);
      rows.push(
        ...(await withRepetition(short ? 14 : 200, async (views) =>
          rowsOf(`${build.kind}, journeys`, await throughJourneys(build, views, random)),
        )),
      );
      // A run takes twenty seconds before it begins and after it ends.
      if (short) continue;
      rows.push(
        ...(await withRepetition(30, async (users) =>
          rowsOf(`${build.kind}, load`, await throughLoad(build, users)),
        )),
      );
    }
    return rows;
  },
} satisfies Proof;

/** The browser that the suite would take, and the best of each other kind. */
function builds(): Browser[] {
  const own = findBrowser(readEnvironment());
  const other = browsersThere().find(({ kind }) => kind !== own.kind);
  return other ? [own, other] : [own];
}

/** Sessions of one journey each, drawn from all of these roles, until there are as many views. */
function throughJourneys(build: Browser, views: number, random: Random): Promise<Sample[]> {
  return onStage({ browser: build.path }, async (stage) => {
    let left: Journey[] = [];
    for (let session = 0; viewsIn(stage.samples()).length < views; session += 1) {
      if (left.length === 0) left = journeys.filter(({ role }) => ROLES.some((one) => one === role));
      const [journey] = left.splice(random.int(0, left.length - 1), 1) as [Journey];
      const play = { id: `${session}`, role: journey.role as Play['role'] };
      const { ok, error } = await stage.inBrowser(play, [journey]);
      if (!ok) throw new Error(`"${journey.name}" failed: ${error}`);
    }
    return stage.samples();
  });
}

async function throughLoad(build: Browser, users: number): Promise<Sample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-truth-'));
  try {
    const duration = Math.ceil(users / ARRIVALS_A_SECOND);
    const profile = writeProfile(folder, {
      phases: [{ name: 'load', duration, arrivalCount: users }],
      scenarios: ROLES.map((role) => ({
        name: `${role} in the browser`,
        engine: 'playwright',
        weight: 1,
        flowFunction: role,
      })),
      users: AT_A_TIME,
    });
    const reports = join(folder, 'reports');
    const load = startArtillery(profile, {
      CHROMIUM_PATH: build.path,
      DATA_SIZE: 'small',
      THINK: '0',
      JOURNEYS: '1',
      REPORTS_DIR: reports,
    });
    await load.ended;
    return finishedRun(reports).samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(where: string, samples: readonly Sample[]): ProofRow[] {
  return (['hard', 'soft'] as const).map((nav): ProofRow => {
    // What the report says is made here.
    const collected = collectVitals(() => false);
    for (const view of viewsIn(samples).filter(({ data }) => data.nav === nav))
      collected.events['page-view'](view);
    for (const vital of ofKind(samples, 'vital').filter((one) => one.nav === nav))
      collected.samples.vital(vital, { excused: false, isError: false, drained: false });
    const { views, measurable, vitals, share } = collected.completeness();
    const expected = Object.values(vitals).reduce((sum, one) => sum + one.expected, 0);
    const got = Object.values(vitals).reduce((sum, one) => sum + one.got, 0);
    return {
      what: `${where}: ${nav} views`,
      injected: `${expected} vitals of ${measurable} views`,
      found: share === null ? 'nothing' : `${got}, ${(100 * share).toFixed(1)} %`,
      n: views,
      allowed: `${100 * LEAST} % at least`,
      ok: share !== null && share >= LEAST,
    };
  });
}

function viewsIn(samples: readonly Sample[]) {
  return ofKind(samples, 'event').filter((event) => event.name === 'page-view');
}
