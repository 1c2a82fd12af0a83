/**
 * Nothing depends on how the target is built or served: all journeys run unchanged on a second build of its pages, with
 * other bundle names, an API on another origin, and rate limits on.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Summary } from '../../analysis/summary/summary.ts';
import { ROOT } from '../../config/environment.ts';
import { journeys } from '../../flows/registry.ts';
import WRONG_PASSWORD from '../../flows/visitor/check-a-wrong-password-is-rejected.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeAccounts,
} from '../artillery/suite-process.ts';

/** More than a stock target's five: at that pace the journeys alone would take seven minutes. */
const SIGN_INS_PER_MINUTE = 40;

let scheduler: EmbeddedScheduler;
before(async () => {
  scheduler = await startEmbeddedScheduler({
    size: 'medium',
    settings: {
      SCHEDULER_API_PORT: '0',
      SCHEDULER_BUILD: 'renamed',
      SCHEDULER_RATE_LIMITS: 'on',
      SCHEDULER_LOGIN_ATTEMPTS: String(SIGN_INS_PER_MINUTE),
    },
  });
});
after(() => scheduler?.stop());

function settings(folder: string): Record<string, string> {
  return {
    BASE_URL: scheduler.url,
    API_URL: scheduler.apiUrl,
    ENVIRONMENT: 'embedded',
    ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
    REPORTS_DIR: join(folder, 'reports'),
    PACE_SIGN_INS: String(SIGN_INS_PER_MINUTE),
  };
}

/** Times are not what this is about: a busy machine may break limits on them, and nothing else. */
function assertAllWent({ counts, errors, pacing, completeness }: Summary, samples: Sample[]): void {
  const what = errors.map(({ step, name, message }) => `${step ?? ''} ${name}: ${message}`).join('\n');
  assert.equal(counts.sessions.failed, 0, what);
  assert.equal(counts.steps.failed, 0, what);
  assert.equal(counts.checks.failed, 0, what);
  assert.deepEqual(
    errors.filter(({ kind }) => kind === 'error' || kind === 'request'),
    [],
  );
  assert.equal(counts.requests.rateLimited, 0);
  // Of a load with thirty page views a single lost one is three percent: the limit of a valid run.
  const least = completeness.measurable < 50 ? 0.95 : 0.99;
  assert.ok((completeness.share ?? 0) >= least, JSON.stringify(completeness));
  const visitors = new Set(samples.filter(({ role }) => role === 'visitor').map(({ session }) => session));
  const wrong = samples.filter(({ kind, name }) => kind === 'journey' && name === WRONG_PASSWORD.name);
  const signedIn = counts.sessions.started - visitors.size;
  assert.equal(pacing.signIns, signedIn + wrong.length, 'each sign-in had its turn, a wrong one too');
}

it('the pages are another build, and their API is elsewhere', async () => {
  const page = await (await fetch(`${scheduler.url}/login`)).text();
  assert.match(page, /src="\/_next\/static\/chunks\//);
  assert.notEqual(new URL(scheduler.url).origin, new URL(scheduler.apiUrl).origin);
  assert.equal((await fetch(`${scheduler.url}/api/v1/auth/me`)).status, 404);
  const limited = await fetch(`${scheduler.apiUrl}/auth/me`);
  assert.ok(limited.headers.has('x-ratelimit-limit'), 'limits are on');
});

it('every journey is green in the browser', async (t) => {
  const folder = temporaryFolder(t);
  const perf = startPerf([], { ...settings(folder), THINK: '0' }, ROOT, 900_000);
  await perf.ended;
  assert.match(perf.output, new RegExp(`^ +${journeys.length} passed`, 'm'));
  const { summary, samples } = finishedRun(join(folder, 'reports'));
  assertAllWent(summary, samples);
  const defect = 'schedule generation returns 500';
  assert.ok(
    summary.knownDefects.some(({ name, excused }) => name === defect && excused),
    'the 500 that stock limits add is known',
  );
});

it('so is a load of browsers and HTTP sessions', async (t) => {
  const folder = temporaryFolder(t);
  const load = startArtillery('artillery/smoke.yml', { ...settings(folder), THINK: '0.3' });
  await load.ended;
  const { summary, samples } = finishedRun(join(folder, 'reports'));
  assertAllWent(summary, samples);
  assert.equal(summary.counts.sessions.ok, 9);
});
