/** `npx loadtest doctor`, and its short form before each run: one line a check, and what fails stops. */
import assert from 'node:assert/strict';
import { request as ask, createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { type Environment, readEnvironment } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { openTarget } from '../../../measure/target/target.ts';
import { countedFor } from '../../../measure/target/unpaced-sign-ins.ts';
import { checkBeforeRun } from '../../../runner/preflight/before-run.ts';
import { ports } from '../../../runner/preflight/machine.ts';
import { metricsChecks } from '../../../runner/preflight/metrics.ts';
import { temporaryFolder, writeAccounts } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

const QUICK = { SCHEDULER_PASSWORD_COST_MS: '1' };

let scheduler: EmbeddedScheduler;
before(async () => {
  scheduler = await startEmbeddedScheduler({
    size: 'small',
    settings: { ...QUICK, SCHEDULER_METRICS: 'on' },
  });
});
after(() => scheduler?.stop());

/** The scheduler behind something that changes its answers. */
async function behind(
  t: TestContext,
  change: (path: string, body: string, headers: IncomingHttpHeaders) => string,
): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const forwarded = ask(new URL(url, scheduler.url), { method, headers }, async (answer) => {
      let body = '';
      for await (const part of answer) body += part;
      const changed = change(url, body, answer.headers);
      const { 'content-length': _length, 'transfer-encoding': _coding, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 500, kept).end(changed);
    });
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function doctor(settings: Record<string, string>, words: string[] = []) {
  return explained(['doctor', ...words], settings);
}

test('a machine that gives no port is reported', async () => {
  assert.equal((await ports()).state, 'ok');
  const { state, seen, mend } = await ports('192.0.2.1'); // nobody's own (RFC 5737)
  assert.equal(state, 'fail');
  assert.match(seen, /none to be had on 192\.0\.2\.1 \(EADDRNOTAVAIL\)/);
  assert.ok(mend);
});

test('a target that is well: a line a check, nothing fails', async (t) => {
  const { code, said } = await doctor({
    BASE_URL: scheduler.url,
    ACCOUNTS_FILE: writeAccounts(temporaryFolder(t), scheduler.accounts),
  });
  assert.equal(code, 0, said);
  for (const what of [
    'Node',
    'browser',
    'ports',
    'disk',
    'target',
    'build',
    'API',
    'clock',
    'rate limits',
    'accounts',
  ])
    assert.match(said, new RegExp(`^ok +${what}: `, 'm'), said);
  // How well it is depends on the machine that the test runs on.
  for (const what of ['temporary folder', 'machine', 'open files', 'version'])
    assert.match(said, new RegExp(`^(ok|warn|FAIL) +${what}: `, 'm'), said);
  for (const what of ['residents', 'blocks', 'assignments', 'swap weeks'])
    assert.match(said, new RegExp(`^ok +${what}: \\d+`, 'm'));
  assert.match(said, /rate limits: none met/);
  assert.match(said, /^All checks passed\.$/m);
  assert.ok(!said.includes(scheduler.accounts[0]?.password ?? '?'), 'no password');
});

test('wrong accounts are named, with the fix; exit 2', async (t) => {
  const [first, second, ...others] = scheduler.accounts;
  assert.ok(first && second);
  const wrong = [
    { ...first, password: 'not this one' },
    { ...second, role: second.role === 'admin' ? ('resident' as const) : ('admin' as const) },
    ...others,
  ];
  const { code, said } = await doctor({
    BASE_URL: scheduler.url,
    ACCOUNTS_FILE: writeAccounts(temporaryFolder(t), wrong),
  });
  assert.equal(code, 2, said);
  assert.match(
    said,
    new RegExp(`^FAIL +account ${first.username}: sign-in refused \\(answer 401\\); fix `, 'm'),
  );
  assert.match(said, new RegExp(`^FAIL +account ${second.username}: is ${second.role}, not `, 'm'));
  assert.match(said, /^2 checks failed\./m);
  assert.ok(!said.includes('not this one'));
});

test('rate limits are found, with the users that they carry and what lifts or keeps them', async (t) => {
  const limited = await startEmbeddedScheduler({
    size: 'small',
    settings: { ...QUICK, SCHEDULER_RATE_LIMITS: 'on' },
  });
  t.after(() => limited.stop());
  const ACCOUNTS_FILE = writeAccounts(temporaryFolder(t), limited.accounts);
  const met = await doctor({ BASE_URL: limited.url, ACCOUNTS_FILE });
  assert.equal(met.code, 0, met.said);
  assert.match(
    met.said,
    /^warn +rate limits: 5 sign-ins and 10 refreshes a minute .* carries 5 new users a minute/m,
  );
  assert.match(met.said, /RATE_LIMIT_ENABLED=false .* PACE_SIGN_INS=true/);
  assert.match(met.said, /accounts: 4 of 4 tried/, 'one of each role: the others are left for the run');
  // They count for a minute: a paced run that begins meanwhile waits for that.
  const left = countedFor(limited.apiUrl, readEnvironment().cacheDir);
  assert.ok(left > 30_000 && left <= 61_000, `${left} ms`);
  // A run without a pace says what its users will meet, where they are more than the target takes in a minute.
  const said = t.mock.method(console, 'log', () => undefined);
  await beforeRun(t, limited.url, {}, 4);
  const lines = said.mock.calls.map((call) => String(call.arguments[0]));
  assert.ok(
    lines.some((line) => /^before the run: rate limits: 5 sign-ins .* PACE_SIGN_INS=true/.test(line)),
    lines.join('\n'),
  );
});

test('a development server, a target without residents and a clock that is off are reported', async (t) => {
  const url = await behind(t, (path, body, headers) => {
    headers.date = new Date(Date.now() - 3_600_000).toUTCString();
    if (path === '/login') return body.replace('</head>', '<script src="/@vite/client"></script></head>');
    return path.startsWith('/api/v1/people/residents') ? '{"items":[],"total":0}' : body;
  });
  const { code, said } = await doctor({
    BASE_URL: url,
    ACCOUNTS_FILE: writeAccounts(temporaryFolder(t), scheduler.accounts.slice(0, 8)),
  });
  assert.equal(code, 2, said);
  assert.match(said, /^FAIL +build: .*development server.*; build the front end/m);
  assert.match(said, /^FAIL +residents: none; load the target with people/m);
  assert.match(said, /^warn +clock: 36\d\d s apart/m);
});

async function beforeRun(t: TestContext, url: string, changes: Partial<Environment> = {}, residents = 3) {
  const folder = temporaryFolder(t);
  const environment = {
    ...readEnvironment({
      BASE_URL: url,
      ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
      REPORTS_DIR: join(folder, 'reports'),
    }),
    ...changes,
  };
  const target = await openTarget(environment);
  t.after(() => target.close());
  const uses = new Map([['faculty', 2] as const, ['resident', residents] as const]);
  return checkBeforeRun(environment, target, { file: 'accounts.yml', accounts: scheduler.accounts, uses });
}

test('before a run, what fails in machine, target or data stops it, with the fix', async (t) => {
  await beforeRun(t, scheduler.url);
  const development = await behind(t, (path, body) =>
    path === '/login' ? body.replace('</head>', '<script src="/@vite/client"></script></head>') : body,
  );
  await assert.rejects(beforeRun(t, development), (error: Error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /^build: the pages come from a development server.*; build the front end/);
    return true;
  });
  const empty = await behind(t, (path, body) =>
    path.startsWith('/api/v1/people/residents') ? '{"items":[],"total":0}' : body,
  );
  await assert.rejects(
    beforeRun(t, empty),
    /^ConfigError: residents: none; load the target with people first/,
  );
  await assert.rejects(
    beforeRun(t, scheduler.url, { chromiumPath: '/nowhere/chromium' }),
    /browser: .*chromium/,
  );
});

test('Prometheus endpoints are asked: what each gives, or why not; none stops a run', async (t) => {
  const one = (name: string, url: string, kind = 'application') => ({
    name,
    url,
    kind,
    every: 5,
    timeout: 5,
    only: {},
  });
  const metrics = [
    one('own', '/metrics'),
    { ...one('gone', 'http://127.0.0.1:1/metrics'), bearerMissing: 'SOME_TOKEN' },
    one('other', '/metrics', 'redis'),
  ];
  const unsetMetrics = [{ name: 'cache', variable: 'CACHE_METRICS' }];
  const environment = { ...readEnvironment({}), metrics, unsetMetrics };
  const checks = await metricsChecks(environment, { apiUrl: scheduler.apiUrl });
  const told = Object.fromEntries(
    checks.map(({ what, state, seen, mend }) => [what, `${state} ${seen}; ${mend}`]),
  );
  assert.match(told['metrics of own'] ?? '', /^ok http.*\/metrics gives requests, serverErrors/);
  assert.match(
    told['metrics of gone'] ?? '',
    /^warn http:\/\/127.* cannot be read \(ECONNREFUSED\); set SOME_TOKEN/,
  );
  assert.match(
    told['metrics of other'] ?? '',
    /^warn .* has none of the figures of kind redis; fix its kind/,
  );
  assert.match(told['metrics of cache'] ?? '', /^ok not read: CACHE_METRICS is not set/);
  const said = t.mock.method(console, 'log', () => undefined);
  await beforeRun(t, scheduler.url, { metrics });
  const lines = said.mock.calls.map((call) => String(call.arguments[0]));
  assert.ok(
    lines.some((line) => /^before the run: metrics of gone: .*cannot be read/.test(line)),
    lines.join('\n'),
  );
});

test('before a paced run one account is tried, and no sign-in is spent on data', async (t) => {
  let signIns = 0;
  const url = await behind(t, (path, body) => {
    if (path === '/api/v1/auth/login') signIns += 1;
    return body;
  });
  await beforeRun(t, url, { paceSignIns: true });
  assert.equal(signIns, 1);
});
