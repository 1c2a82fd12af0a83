/** A user's mistakes: one line that says what, where and how to mend it; the right exit code; nothing half-written. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import {
  SuiteProcess,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeAccounts,
  writeProfile,
} from '../artillery/suite-process.ts';
import { inFrontOf } from '../process/measure/tls-server.ts';
import { copyProject, replaceOnce } from './project-copy.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';

const RUNNERS = {
  artillery: (settings: Record<string, string>, root = ROOT) =>
    startArtillery('artillery/smoke.yml', settings, root),
  playwright: (settings: Record<string, string>, root = ROOT) => startPerf([], settings, root),
};

let scheduler: EmbeddedScheduler;
let somethingElse: Server;
/** It has an API that answers 401 in JSON, and a page to sign in. */
let likeGrafana: Server;
let behindBasicAuth: Server;
let refusing: string;

before(async () => {
  scheduler = await startEmbeddedScheduler({ size: 'small' });
  somethingElse = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  likeGrafana = createServer((request, response) => {
    const isApi = request.url?.startsWith('/api/');
    response.writeHead(isApi ? 401 : 200, { 'content-type': isApi ? 'application/json' : 'text/html' });
    response.end(isApi ? '{"message":"Unauthorized"}' : '<title>Grafana</title>');
  }).listen(0, '127.0.0.1');
  const forward = inFrontOf(scheduler.url);
  behindBasicAuth = createServer((request, response) => {
    if (request.url?.startsWith('/api/')) return forward(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="Staging"' }).end();
  }).listen(0, '127.0.0.1');
  const closed = createServer().listen(0, '127.0.0.1');
  const listening = [somethingElse, likeGrafana, behindBasicAuth, closed];
  await Promise.all(listening.map((server) => once(server, 'listening')));
  refusing = address(closed);
  closed.close();
  await once(closed, 'close');
});
after(async () => {
  for (const server of [somethingElse, likeGrafana, behindBasicAuth]) server.close();
  await scheduler.stop();
});

interface Mistake {
  what: string;
  /** Settings with the mistake; files go to `folder`. */
  settings(folder: string): Record<string, string>;
  exitCode: 2 | 4;
  /** The whole line. */
  says: RegExp;
  never?: RegExp;
  /**
   * Tried with both runners: one mistake for each place where a run can be refused. The others come out of the same
   * places, and are tried with one runner each, in turn.
   */
  both?: true;
}

const GOOD_ACCOUNTS = (folder: string) => ({
  ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
});

const SWAPPED: Partial<Record<Account['role'], Account['role']>> = {
  resident: 'faculty',
  faculty: 'resident',
};

const MISTAKES: Mistake[] = [
  {
    what: 'DURATION=abc',
    both: true,
    settings: () => ({ DURATION: 'abc' }),
    exitCode: 2,
    says: /^DURATION=abc: not a duration; write e\.g\. 30s, 5m or 1h/,
  },
  {
    what: 'VUS=-1',
    settings: () => ({ VUS: '-1' }),
    exitCode: 2,
    says: /^VUS=-1: not a whole number of 1 or more; write e\.g\. 20/,
  },
  {
    what: 'BASE_URL=localhost',
    settings: () => ({ BASE_URL: 'localhost' }),
    exitCode: 2,
    says: /^BASE_URL=localhost: not a URL; write e\.g\. http:\/\/localhost:3000/,
  },
  {
    what: 'BASE_URL that refuses connections',
    both: true,
    settings: (folder) => ({ BASE_URL: refusing, ...GOOD_ACCOUNTS(folder) }),
    exitCode: 4,
    says: /^http:\/\/127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\): start the scheduler there, or mend BASE_URL/,
  },
  {
    what: 'BASE_URL of something else',
    settings: (folder) => ({ BASE_URL: address(somethingElse), ...GOOD_ACCOUNTS(folder) }),
    exitCode: 4,
    says: /^http:\S+\/auth\/me answered 200 .*not the scheduler's 401: is BASE_URL \(or API_URL\) the Residency/,
  },
  {
    what: 'BASE_URL of another application with an API of its own',
    both: true,
    settings: (folder) => ({ BASE_URL: address(likeGrafana), ...GOOD_ACCOUNTS(folder) }),
    exitCode: 4,
    says: /^http:\S+\/auth\/me answered 401 as another application does \(\{"message":"Unauthorized"\}\), not as the/,
  },
  {
    what: 'pages behind HTTP basic authentication',
    settings: (folder) => ({ BASE_URL: address(behindBasicAuth), ...GOOD_ACCOUNTS(folder) }),
    exitCode: 4,
    says: /^http:\S+\/login: HTTP basic authentication is asked for .*Set BASIC_AUTH=user:password\.$/,
  },
  {
    what: 'BASIC_AUTH without a colon',
    settings: () => ({ BASIC_AUTH: 'Door-Pass-1' }),
    exitCode: 2,
    says: /^BASIC_AUTH: not a name and a password; write user:password/,
    never: /Door-Pass-1/,
  },
  {
    what: 'an API on another origin that browsers may not use',
    settings: (folder) => ({
      BASE_URL: scheduler.url,
      API_URL: scheduler.apiUrl.replace('127.0.0.1', 'localhost'),
      ...GOOD_ACCOUNTS(folder),
    }),
    exitCode: 2,
    says: /^API: http:\/\/localhost:\S+ is another origin, and a browser does not let http:\S+ use it: OPTIONS is answered 405; Access-/,
  },
  {
    what: 'BASE_URL with a path',
    settings: (folder) => ({ BASE_URL: `${scheduler.url}/login`, ...GOOD_ACCOUNTS(folder) }),
    exitCode: 2,
    says: /^BASE_URL=http:\S+\/login: has a path, and the scheduler's pages live at the root of their host; write http:\/\/127\.0\.0\.1:\d+ /,
  },
  {
    what: 'BASE_URL with TLS on a port without it',
    settings: (folder) => ({ BASE_URL: scheduler.url.replace('http', 'https'), ...GOOD_ACCOUNTS(folder) }),
    exitCode: 4,
    says: /^https:\S+: it does not speak TLS there \(\w+\): write http:\/\/127/,
  },
  {
    what: 'an ENVIRONMENT that is not in the file',
    settings: (folder) => ({ ENVIRONMENT: 'stagging', BASE_URL: scheduler.url, ...GOOD_ACCOUNTS(folder) }),
    exitCode: 2,
    says: /^ENVIRONMENT=stagging: not in config\/environments\.yml; did you mean staging\? write embedded, /,
  },
  {
    what: 'production without the flag',
    settings: (folder) => ({ ENVIRONMENT: 'production', BASE_URL: scheduler.url, ...GOOD_ACCOUNTS(folder) }),
    exitCode: 2,
    says: /^ENVIRONMENT=production is production: it may only be read, .*set ALLOW_PRODUCTION=true/,
  },
  {
    what: 'production under another name',
    both: true,
    settings: (folder) => ({
      ENVIRONMENT: 'ci',
      BASE_URL: scheduler.url.replace('127.0.0.1', 'localhost'),
      PRODUCTION_URL: scheduler.url,
      ...GOOD_ACCOUNTS(folder),
    }),
    exitCode: 2,
    says: /^BASE_URL=http:\/\/localhost:\d+ is production \(production in config\/environments\.yml\): it may only be read/,
  },
  {
    what: 'more users than production bears',
    settings: (folder) => ({
      ENVIRONMENT: 'production',
      BASE_URL: scheduler.url,
      ALLOW_PRODUCTION: 'true',
      VUS: '6',
      ...GOOD_ACCOUNTS(folder),
    }),
    exitCode: 2,
    says: /^VUS=6: production allows at most 5 users .*; write VUS=5 or less/,
  },
  {
    what: 'a proxy',
    settings: (folder) => ({
      BASE_URL: 'http://scheduler.example.org',
      HTTP_PROXY: 'http://me:Wrong-Secret-1@proxy.example.org',
      ...GOOD_ACCOUNTS(folder),
    }),
    exitCode: 2,
    says: /^(HTTP_PROXY|http_proxy): is set, and browsers would go through that proxy .*; put scheduler\.example\.org into NO_PROXY/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'an account of another role than the file says',
    settings: (folder) => ({
      BASE_URL: scheduler.url,
      ACCOUNTS_FILE: writeAccounts(
        folder,
        scheduler.accounts.map((one) => ({ ...one, role: SWAPPED[one.role] ?? one.role })),
      ),
    }),
    exitCode: 2,
    says: /^Accounts file \S+accounts\.yml: \S+ is (resident|faculty) on the target, and the file says (resident|faculty); mend its role there/,
  },
  {
    what: 'a wrong password',
    both: true,
    settings: (folder) => ({
      BASE_URL: scheduler.url,
      ACCOUNTS_FILE: writeAccounts(
        folder,
        scheduler.accounts.map((one) =>
          one.role === 'faculty' ? { ...one, password: 'Wrong-Secret-1' } : one,
        ),
      ),
    }),
    exitCode: 2,
    says: /^Accounts file \S+accounts\.yml: faculty \S+: sign-in refused \(answer 401\); mend its name or password/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'an accounts file that is missing',
    settings: (folder) => ({ BASE_URL: scheduler.url, ACCOUNTS_FILE: join(folder, 'nowhere.yml') }),
    exitCode: 2,
    says: /^ACCOUNTS_FILE=\S+nowhere\.yml: no such file; write the path of a YAML file with the accounts/,
  },
  {
    what: 'an accounts file that is not named',
    settings: () => ({ BASE_URL: 'http://127.0.0.1:9' }),
    exitCode: 2,
    says: /^ACCOUNTS_FILE: missing, and BASE_URL is set; name a YAML file/,
  },
  {
    what: 'an accounts file that is not YAML',
    both: true,
    settings: (folder) => {
      const file = join(folder, 'accounts.yml');
      writeFileSync(file, '- { role: admin\n  password: Wrong-Secret-1\n');
      return { BASE_URL: scheduler.url, ACCOUNTS_FILE: file };
    },
    exitCode: 2,
    says: /^\S+accounts\.yml:\d+: entry 1: not YAML/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'CHROMIUM_PATH that points nowhere',
    settings: () => ({ CHROMIUM_PATH: '/nowhere/chromium' }),
    exitCode: 2,
    says: /^CHROMIUM_PATH=\/nowhere\/chromium: no such file; write the path of a Chromium/,
  },
  {
    what: 'no browser on the machine',
    both: true,
    settings: () => ({ CHROMIUM_PATH: '', PLAYWRIGHT_BROWSERS_PATH: '/nowhere', PATH: '/nowhere' }),
    exitCode: 2,
    says: /^no browser found: run `npm run setup`, or set CHROMIUM_PATH=\/path\/to\/chromium$/,
  },
  {
    what: 'reports that cannot be written',
    both: true,
    // Nobody makes folders there, root neither.
    settings: () => ({ REPORTS_DIR: '/sys/reports' }),
    exitCode: 2,
    says: /^\/sys\/reports: cannot write reports there \(\w+\); make it writable, or set REPORTS_DIR to a folder that is$/,
  },
];

for (const [turn, [runner, start]] of Object.entries(RUNNERS).entries()) {
  describe(`a mistake is told by ${runner}`, { concurrency: 2 }, () => {
    for (const [index, mistake] of MISTAKES.entries()) {
      if (!mistake.both && index % 2 !== turn) continue;
      it(mistake.what, async (t) => {
        const folder = temporaryFolder(t);
        const run = start({ REPORTS_DIR: join(folder, 'reports'), ...mistake.settings(folder) });
        await assertRefused(run, mistake);
        assertNothingWritten(join(folder, 'reports'));
      });
    }
  });
}

describe('accounts of which only some will do are told before a load', () => {
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

describe('a mistake in a profile is told before the run, with its file and line', () => {
  const scenarios = [RESIDENTS_OVER_HTTP];
  const SPOILT = [
    {
      what: 'users to be held of a scenario that there is not',
      profile: { phases: [{ name: 'held', duration: 10, users: { 'resident over HTTP': 4 } }], scenarios },
      says: /^\S+profile\.yml:1\d: profile trial: phase "held": users names scenario "resident over HTTP", which is none of the phase; did you mean residents over HTTP\?$/,
    },
    {
      what: 'a misspelt key, of a scenario',
      profile: {
        phases: [{ name: 'held', duration: 10, users: 4 }],
        scenarios: [{ ...RESIDENTS_OVER_HTTP, journey: ['request a swap over HTTP'] }],
      },
      says: /^\S+profile\.yml:\d+: profile trial: scenario "residents over HTTP": unknown key 'journey'; did you mean journeys\? known are /,
    },
    {
      what: 'a journey that there is not',
      profile: {
        phases: [{ name: 'held', duration: 10, users: 4 }],
        scenarios: [{ ...RESIDENTS_OVER_HTTP, journeys: ['fly'] }],
      },
      says: /^\S+profile\.yml:\d+: profile trial: scenario "residents over HTTP": journeys: there is no journey "fly"/,
    },
    {
      what: 'more held users than accounts',
      profile: { phases: [{ name: 'held', duration: 10, users: 4000 }], scenarios },
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

describe('a mistake in the environments is told before the run', () => {
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

describe('a mistake in the thresholds is told before the run', () => {
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

it('a taken port is told by the scheduler', async () => {
  const port = String((somethingElse.address() as AddressInfo).port);
  const run = new SuiteProcess(['fixtures/scheduler/main.ts'], { PORT: port });
  await assertRefused(run, {
    exitCode: 2,
    says: new RegExp(`^Port ${port} is taken\\. Stop what listens there, or set PORT to another`),
  });
});

async function assertRefused(
  run: SuiteProcess,
  { exitCode, says, never }: Pick<Mistake, 'exitCode' | 'says' | 'never'>,
): Promise<void> {
  const { code } = await run.ended;
  const lines = run.output.split('\n');
  assert.equal(code, exitCode, run.output);
  assert.equal(lines.filter((line) => says.test(line)).length, 1, `said once:\n${run.output}`);
  assert.equal(run.stderr.trim().split('\n').length, 1, `one line:\n${run.stderr}`);
  assert.doesNotMatch(run.output, /^\s+at .*[:(]\d*/m, 'no stack trace');
  if (never) assert.doesNotMatch(run.output, never);
  assert.deepEqual(await run.leftBehind(), []);
}

function assertNothingWritten(reports: string): void {
  assert.deepEqual(existsSync(reports) ? readdirSync(reports) : [], []);
}

function address(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
