/**
 * Two runs by Artillery at once, each against a target that keeps an access log: one that finishes, in which some requests
 * fail, and one that is interrupted, with some answers on their way. When, and which endpoints fail or are slow, follows from the
 * seed.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../../fixtures/data/random.ts';
import { SAMPLES_FILE } from '../../../measure/run/recorder.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import {
  type ArtilleryReport,
  finishedRun,
  runDirectory,
  samplesOf,
  startArtillery,
  writeAccounts,
  writeProfile,
} from '../../artillery/suite-process.ts';
import { setFaults } from '../../faults/target.ts';
import { type Comparison, compare, operationsBetween } from '../access-log.ts';
import type { Proof, ProofRow } from '../proof.ts';
import { ofKind } from '../stage.ts';

const FAILING = ['GET /api/v1/rotation-templates', 'GET /api/v1/blocks', 'POST /api/v1/absences'] as const;
const SCENARIOS = [
  { name: 'residents over HTTP', engine: 'api', weight: 6, flowFunction: 'resident' },
  { name: 'faculty over HTTP', engine: 'api', weight: 2, flowFunction: 'faculty' },
  { name: 'residents in the browser', engine: 'playwright', weight: 1, flowFunction: 'resident' },
  { name: 'faculty in the browser', engine: 'playwright', weight: 1, flowFunction: 'faculty' },
];
/** Without think times sessions are short: what the check of accounts is for. */
const AT_A_TIME = 12;
/** Some of them have their answers under way at any moment. */
const SLOW = { route: '* /api/v1/*', delayMs: 300 };

export default {
  name: 'counts',
  patient: true,
  title: 'Is each request, session and journey counted, once?',
  run: async ({ short, seed }) => {
    const random = seededRandom(`counts ${seed}`);
    const users = short ? 8 : 60;
    const failing = { route: random.pick(FAILING), errorRate: 0.2, seed: random.int(1, 1e6) };
    const stoppedAfterMs = random.int(2000, 5000);
    const [finished, interrupted] = await Promise.all([
      runOf(users, [failing]),
      runOf(users, [SLOW], stoppedAfterMs),
    ]);
    return [
      ...requestRows(`${failing.route} failing`, finished.comparison),
      ...sessionRows(finished.samples, finished.report),
      ...requestRows(`Ctrl+C after ${(stoppedAfterMs / 1000).toFixed(1)} s`, interrupted.comparison),
    ];
  },
} satisfies Proof;

interface Counted {
  samples: Sample[];
  report: ArtilleryReport;
  comparison: Comparison;
}

/** A run of this many users, one journey each. */
async function runOf(users: number, rules: readonly object[], stopAfterMs?: number): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-truth-'));
  const accessLog = join(folder, 'access.ndjson');
  const scheduler = await startEmbeddedScheduler({
    size: 'medium',
    accessLog,
    settings: { SCHEDULER_PASSWORD_COST_MS: '10' },
  });
  try {
    await setFaults(scheduler.url, rules);
    const profile = writeProfile(folder, {
      phases: [{ name: 'all', duration: Math.ceil(users / 2.5), arrivalCount: users }],
      scenarios: SCENARIOS,
      users: Math.min(users, AT_A_TIME),
    });
    const reports = join(folder, 'reports');
    const artillery = startArtillery(profile, {
      THINK: '0',
      JOURNEYS: '1',
      REPORTS_DIR: reports,
      BASE_URL: scheduler.url,
      ENVIRONMENT: 'embedded',
      ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
    });
    if (stopAfterMs !== undefined) {
      await artillery.until('the first answers', () => hasBegun(reports));
      await wait(stopAfterMs);
      artillery.kill('SIGINT');
    }
    const { code, signal } = await artillery.ended;
    if (!existsSync(join(runDirectory(reports) ?? '', 'summary.json')))
      throw new Error(`the run has no summary (exit ${code ?? signal}): ${artillery.output.slice(-2000)}`);
    // Its log is whole when it has ended.
    await scheduler.stop();
    const { samples, artillery: report } = finishedRun(reports);
    const started = ofKind(samples, 'event').filter(({ name }) => name === 'session-started');
    // What comes before and after is the suite's look at the target, which is no part of the run.
    const from = Math.min(...started.map(({ t }) => t));
    const to = Math.max(...ofKind(samples, 'session').map(({ t }) => t));
    return { samples, report, comparison: compare(operationsBetween(accessLog, from, to), samples) };
  } finally {
    await scheduler.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Browsers and HTTP clients have had an answer each: on a busy machine that takes its time. */
function hasBegun(reports: string): boolean {
  const runDir = runDirectory(reports);
  if (runDir === undefined || !existsSync(join(runDir, SAMPLES_FILE))) return false;
  const requests = ofKind(samplesOf(runDir), 'request');
  return (['http', 'browser'] as const).every((via) => requests.some((sample) => sample.via === via));
}

function requestRows(what: string, comparison: Comparison): ProofRow[] {
  const { samples, found, strangers, unheard, unanswered, unknown } = comparison;
  const own = (['http', 'browser'] as const).map((via): ProofRow => {
    const missing = samples[via] - found[via];
    const first = strangers.find((stranger) => stranger.startsWith(via));
    return {
      what: `${what}: ${via === 'http' ? 'HTTP' : 'browser'} requests by id`,
      injected: `${samples[via]} answered, in samples`,
      found: `${found[via]} in the target's log${first ? `; not: ${first}` : ''}`,
      n: samples[via],
      allowed: 'none off',
      ok: missing === 0 && samples[via] > 0,
    };
  });
  return [
    ...own,
    {
      what: `${what}: cut off in flight`,
      injected: `${unheard.length} in the target's log only`,
      found: [`${unanswered.length} without an answer, in samples`, ...unknown.slice(0, 3)].join('; not: '),
      n: unheard.length,
      allowed: 'as many, or begun and never sent',
      ok: unknown.length === 0,
    },
  ];
}

function sessionRows(samples: readonly Sample[], report: ArtilleryReport): ProofRow[] {
  const { counters } = report.aggregate;
  const equal = (what: string, artillery: number | undefined, own: number): ProofRow => ({
    what,
    injected: `${artillery ?? 0} by Artillery`,
    found: `${own} in samples`,
    n: own,
    allowed: 'none off',
    ok: (artillery ?? 0) === own,
  });
  const sessions = ofKind(samples, 'session');
  const journeys = ofKind(samples, 'journey');
  const good = sessions.filter(({ ok }) => ok);
  return [
    equal('sessions', counters['vusers.created'], sessions.length),
    equal('sessions that went well', counters['vusers.completed'], good.length),
    equal('sessions that failed', counters['vusers.failed'], sessions.length - good.length),
    equal('journeys, one a user', counters['vusers.created'], journeys.length),
  ];
}
