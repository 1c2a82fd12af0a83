/** A user's mistakes in files: accounts, scripts, profiles, environments, thresholds. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { startArtillery, temporaryFolder, writeAccounts, writeProfile } from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';
import { assertNothingWritten, assertRefused, RUNNERS } from './refused-run.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';

let scheduler: EmbeddedScheduler;
before(async () => {
  scheduler = await startEmbeddedScheduler({ size: 'small' });
});
after(() => scheduler.stop());

describe('accounts of which only some will do are reported before a load', () => {
  const SPOILT = [
    {
      what: 'too few of a role',
      // Smoke has two users of each role.
      accounts: () =>
        scheduler.accounts.filter((one) => one.role !== 'faculty' || one === ofRole('faculty')[0]),
      says: /^Accounts file \S+: too few for smoke with 9 concurrent users: 2 of role faculty needed, 1 there; add them \(`npx loadtest accounts --help`\)$/,
    },
    {
      what: 'a wrong password of the second account',
      accounts: () =>
        scheduler.accounts.map((one) =>
          one === ofRole('faculty')[1] ? { ...one, password: 'Wrong-Secret-1' } : one,
        ),
      says: /^Accounts file \S+: faculty \S+02: sign-in refused \(answer 401\)/,
    },
  ];
  const ofRole = (role: Account['role']) => scheduler.accounts.filter((one) => one.role === role);
  for (const { what, accounts, says } of SPOILT) {
    it(what, async (t) => {
      const folder = temporaryFolder(t);
      const run = RUNNERS.artillery({
        BASE_URL: scheduler.url,
        REPORTS_DIR: join(folder, 'reports'),
        ACCOUNTS_FILE: writeAccounts(folder, accounts()),
      });
      await assertRefused(run, { exitCode: 2, says, never: /Wrong-Secret-1/ });
      assertNothingWritten(join(folder, 'reports'));
    });
  }
});

it('a script that does not name the plugin is refused: nobody would plan or judge its run', async (t) => {
  const folder = temporaryFolder(t);
  const profile = join(folder, 'profile.yml');
  const config = {
    target: 'http://127.0.0.1',
    processor: join(ROOT, 'artillery/processor.mts'),
    plugins: { suit: {} },
    engines: { api: {} },
    phases: [{ duration: 60, arrivalCount: 2 }],
  };
  writeFileSync(
    profile,
    JSON.stringify({ config, scenarios: [{ engine: 'api', flowFunction: 'resident' }] }),
  );
  const run = startArtillery(profile, { REPORTS_DIR: join(folder, 'reports') });
  const { code } = await run.ended;
  assert.equal(code, 2, run.output);
  assert.match(run.output, /^this script does not name the plugin .* plugins: \{ suite: \{\} \}$/m);
});

describe('a mistake in a profile is reported before the run, with its file and line', () => {
  const scenarios = [RESIDENTS_OVER_HTTP];
  const SPOILT = [
    {
      what: 'users of a scenario that there is not',
      profile: { phases: [{ name: 'closed', duration: 10, users: { 'resident over HTTP': 4 } }], scenarios },
      says: /^\S+profile\.yml:1\d: profile trial: phase "closed": users names scenario "resident over HTTP", which is none of the phase; did you mean residents over HTTP\?$/,
    },
    {
      what: 'a misspelt key, of a scenario',
      profile: {
        phases: [{ name: 'closed', duration: 10, users: 4 }],
        scenarios: [{ ...RESIDENTS_OVER_HTTP, journey: ['request a swap over HTTP'] }],
      },
      says: /^\S+profile\.yml:\d+: profile trial: scenario "residents over HTTP": unknown key 'journey'; did you mean journeys\? known are /,
    },
    {
      what: 'a journey that there is not',
      profile: {
        phases: [{ name: 'closed', duration: 10, users: 4 }],
        scenarios: [{ ...RESIDENTS_OVER_HTTP, journeys: ['fly'] }],
      },
      says: /^\S+profile\.yml:\d+: profile trial: scenario "residents over HTTP": journeys: there is no journey "fly"/,
    },
    {
      what: 'more users than accounts',
      profile: { phases: [{ name: 'closed', duration: 10, users: 4000 }], scenarios },
      says: /^the embedded scheduler with small data has too few accounts for trial with 4\s000 concurrent users: 4000 of role resident needed, \d+ there; /,
    },
  ];
  for (const { what, profile, says } of SPOILT) {
    it(what, async (t) => {
      const folder = temporaryFolder(t);
      const reports = join(folder, 'reports');
      const run = startArtillery(writeProfile(folder, profile), { REPORTS_DIR: reports, DATA_SIZE: 'small' });
      await assertRefused(run, { exitCode: 2, says });
      assertNothingWritten(reports);
    });
  }
});

describe('a mistake in the environments is reported before the run', () => {
  const SPOILT = [
    {
      what: 'a password in the file',
      old: 'maxUsers: 50',
      by: 'maxUsers: 50\n  password: Wrong-Secret-1',
      says: /^config\/environments\.yml:\d+: staging\.password: a secret has no place in this file/,
    },
    {
      what: 'an unknown kind of change',
      old: 'mayChange: [absences, people, users, swaps, drafts, calls',
      by: 'mayChange: [absence, people, users, swaps, drafts, calls',
      says: /^config\/environments\.yml:\d+: staging, mayChange: "absence" is not known; did you mean absences\?/,
    },
  ];
  for (const { what, old, by, says } of SPOILT) {
    it(what, async (t) => {
      const copy = copyProject(t);
      replaceOnce(copy, 'config/environments.yml', old, by);
      const reports = join(temporaryFolder(t), 'reports');
      for (const start of Object.values(RUNNERS)) {
        const refused = { exitCode: 2, says, never: /Wrong-Secret-1/ } as const;
        await assertRefused(start({ REPORTS_DIR: reports }, copy), refused);
        assertNothingWritten(reports);
      }
    });
  }
});

describe('a mistake in the thresholds is reported before the run', () => {
  const SPOILT = [
    {
      what: 'an unknown level',
      old: 'sessions.failed: [error, 0.05]',
      by: 'sessions.failed: [fatal, 0.05]',
      says: /^config\/thresholds\.yml:\d+: default\.metrics: 'sessions\.failed': \["fatal",0\.05\] is no limit; write \[level, limit\].*level off \| warn \| error/,
    },
    {
      what: 'an unknown metric',
      old: 'sessions.failed: [error, 0.05]',
      by: 'sessions.fialed: [error, 0.05]',
      says: /^config\/thresholds\.yml:\d+: default\.metrics: 'sessions\.fialed': unknown metric; allowed: sessions\.failed/,
    },
  ];
  for (const { what, old, by, says } of SPOILT) {
    it(what, async (t) => {
      const copy = copyProject(t);
      replaceOnce(copy, 'config/thresholds.yml', old, by);
      const reports = join(temporaryFolder(t), 'reports');
      for (const start of Object.values(RUNNERS)) {
        await assertRefused(start({ REPORTS_DIR: reports }, copy), { exitCode: 2, says });
        assertNothingWritten(reports);
      }
    });
  }
});
