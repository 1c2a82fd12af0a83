/** Accounts are tried before a run: all that it can use, or one where the target counts sign-ins. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Environment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { type AccountCheck, checkAccounts } from '../../measure/target/check-accounts.ts';
import { cookieLoss } from '../../measure/target/sign-in-cookie.ts';
import type { Target } from '../../measure/target/target.ts';
import { accountChecks, weakPasswords } from '../../runner/preflight/accounts.ts';
import { json, serve, token } from '../api/server.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

const SECRET = 'Never-Shown-1';
const account = (role: Account['role'], username: string): Account => ({ role, username, password: SECRET });
const RESIDENTS = Array.from({ length: 6 }, (_, i) => account('resident', `resident${i + 1}`));
const ACCOUNTS = [account('faculty', 'ann'), account('faculty', 'ben'), ...RESIDENTS];

interface Refusal {
  status: number;
  body?: object;
}

interface Behaviour {
  /** By user name; others may sign in. */
  refuses?: Record<string, Refusal>;
  /** By user name; others have the role that their name begins with, `faculty` for a first name. */
  roles?: Record<string, string>;
  /** How every answer says that it is counted. */
  headers?: Record<string, string>;
  /** Set by each sign-in. */
  cookie?: string;
  /** ms before a sign-in is answered. */
  takes?: number;
}

/** A target that knows sign-in, who-am-I and sign-out, and remembers who signed in and out. */
async function target(
  t: TestContext,
  { refuses = {}, roles = {}, headers = {}, takes = 0, cookie }: Behaviour,
) {
  const signedIn: string[] = [];
  const signedOut: string[] = [];
  const server = createServer(async (request, response) => {
    const answer = ({ status, body = {} }: Refusal) =>
      response.writeHead(status, headers).end(JSON.stringify(body));
    const path = request.url ?? '';
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (path.endsWith('/auth/login')) {
      let form = '';
      for await (const part of request) form += part;
      const name = new URLSearchParams(form).get('username') ?? '';
      signedIn.push(name);
      await new Promise((done) => setTimeout(done, takes));
      if (cookie) response.setHeader('set-cookie', cookie);
      return answer(refuses[name] ?? { status: 200, body: { access_token: name } });
    }
    if (path.endsWith('/auth/logout')) signedOut.push(bearer);
    const role = roles[bearer] ?? (bearer.startsWith('resident') ? 'resident' : 'faculty');
    return answer({ status: 200, body: { role } });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  t.after(() => server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const check = (given: Partial<AccountCheck> = {}) =>
    checkAccounts({
      apiUrl,
      accounts: ACCOUNTS,
      uses: new Map([
        ['faculty', 2],
        ['resident', 5],
      ]),
      source: 'accounts.yml',
      ...given,
    });
  return { check, signedIn, signedOut };
}

async function refusal(check: Promise<unknown>): Promise<string> {
  const error = await check.then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ConfigError, String(error));
  assert.ok(!error.message.includes(SECRET), 'no password');
  assert.ok(!error.message.includes('\n'), 'one line');
  return error.message;
}

test('every account that the run can use is tried and signed out again, and no other', async (t) => {
  const { check, signedIn, signedOut } = await target(t, {});
  await check();
  const used = ['ann', 'ben', 'resident1', 'resident2', 'resident3', 'resident4', 'resident5'];
  assert.deepEqual(signedIn.toSorted(), used);
  assert.deepEqual(signedOut.toSorted(), used);
});

test('a wrong password of any of them is reported, not only of the first', async (t) => {
  const { check } = await target(t, { refuses: { resident4: { status: 401 } } });
  assert.equal(
    await refusal(check()),
    'Accounts file accounts.yml: resident resident4: sign-in refused (answer 401); fix its name or password there',
  );
});

test('a wrong role of any of them is reported too', async (t) => {
  const { check, signedOut } = await target(t, { roles: { ben: 'coordinator' } });
  assert.match(await refusal(check()), /^Accounts file accounts\.yml: ben is coordinator on the target/);
  assert.ok(signedOut.includes('ben'));
});

test('one that nobody uses may be wrong', async (t) => {
  const { check } = await target(t, { refuses: { resident6: { status: 401 } } });
  await check();
});

test('what is locked or inactive is reported as that, with its fix', async (t) => {
  const cases: Array<[Refusal, RegExp]> = [
    [{ status: 423 }, /resident2: locked \(answer 423\); unlock it on the target/],
    [
      { status: 401, body: { detail: 'Account is inactive' } },
      /resident2: inactive on the target .*; an admin must activate or unlock it/,
    ],
    [
      { status: 429, body: { detail: { error: 'Account temporarily locked', lockout_seconds: 120 } } },
      /resident2: locked for 120 s after wrong passwords .*; fix its password there, and wait that long/,
    ],
  ];
  for (const [answer, says] of cases) {
    const { check } = await target(t, { refuses: { resident2: answer } });
    assert.match(await refusal(check()), says);
  }
});

test('where sign-ins are counted, one is tried: the run needs the others', async (t) => {
  const counted = await target(t, { headers: { 'x-ratelimit-limit': '200' } });
  await counted.check();
  assert.deepEqual(counted.signedIn, ['ann']);
  // The role that sees most is tried first, in any order of the roles.
  const reversed = await target(t, { headers: { 'x-ratelimit-limit': '200' } });
  await reversed.check({ uses: new Map([...(['resident', 'faculty'] as const)].map((role) => [role, 1])) });
  assert.deepEqual(reversed.signedIn, ['ann']);
  const full = { status: 429, body: { detail: { error: 'Rate limit exceeded', limit: 5 } } };
  const silent = await target(t, { refuses: { resident2: full } });
  await silent.check();
  assert.ok(silent.signedIn.length <= 6, `stopped after the batch with the 429: ${silent.signedIn}`);
});

test('a target that is slow to sign in is not kept busy for long, but one of each role is tried', async (t) => {
  const { check, signedIn } = await target(t, { takes: 20 });
  await check({ limitMs: 10 });
  assert.deepEqual(signedIn, ['ann', 'resident1']);
});

test('a role that the file lacks is reported', async (t) => {
  const { check, signedIn } = await target(t, {});
  assert.match(await refusal(check({ uses: new Map([['admin', 1]]) })), /no account of role admin/);
  assert.deepEqual(signedIn, []);
});

test('a cookie that browsers drop stops a run with browsers, and none without', async (t) => {
  const { check } = await target(t, {
    cookie: 'access_token="Bearer x"; HttpOnly; Domain=scheduler.example',
  });
  await check();
  await assert.rejects(
    check({ pages: 'http://localhost:3000' }),
    (error: unknown) =>
      error instanceof ConfigError &&
      /^sign-in: the sign-in cookie is for scheduler\.example and API_URL is 127\.0\.0\.1: browsers drop it; name the target by/.test(
        error.message,
      ),
  );
});

test('doctor names such a cookie too, and a password that evidence cannot hide everywhere', async (t) => {
  const { apiUrl } = await serve(t, ({ url }, response) => {
    if (!url.endsWith('/auth/login')) return json(response, 200, { role: 'resident' });
    const cookie = 'access_token="Bearer x"; HttpOnly; Domain=scheduler.example';
    return json(
      response,
      200,
      { access_token: token(900), refresh_token: token(9000) },
      { 'set-cookie': cookie },
    );
  });
  const { checks, clients } = await accountChecks(
    { url: 'http://localhost:3000', apiUrl } as Target,
    { insecureTls: false, paceSignIns: false, cacheDir: temporaryFolder(t) } as Environment,
    [{ ...account('resident', 'resident1'), password: '1234' }],
    false,
  );
  await clients.resident?.close();
  const [found, weak] = ['sign-in', 'passwords'].map((name) => checks.find(({ what }) => what === name));
  assert.equal(weak?.state, 'warn');
  assert.equal(found?.state, 'fail');
  assert.match(
    found?.seen ?? '',
    /^the sign-in cookie is for scheduler\.example and API_URL is 127\.0\.0\.1/,
  );
});

test('browsers drop a Secure cookie on http, but for this machine; and one of another domain', () => {
  const secure = ['other=1', 'access_token="Bearer x"; HttpOnly; Max-Age=900; Path=/; SameSite=lax; Secure'];
  const lost = (cookies: string[] | string, url: string) => cookieLoss(cookies, url, 'BASE_URL');
  assert.match(
    lost(secure, 'http://scheduler.example/api/v1') ?? '',
    /^the sign-in cookie is Secure and BASE_URL is http: browsers drop it; serve the target on https/,
  );
  for (const url of [
    'https://scheduler.example',
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:8000',
  ])
    assert.equal(lost(secure, url), undefined, url);
  assert.equal(lost('access_token=x; Path=/', 'http://scheduler.example'), undefined);
  assert.equal(lost('theirs=x; Secure', 'http://scheduler.example'), undefined);
  assert.match(
    lost('access_token=x; SameSite=None', 'https://a.example') ?? '',
    /SameSite=None and not Secure/,
  );
  const ofDomain = 'access_token=x; Domain=.Scheduler.example; Secure';
  assert.equal(lost(ofDomain, 'https://api.scheduler.example'), undefined);
  assert.match(
    lost(ofDomain, 'https://myscheduler.example') ?? '',
    /is for scheduler\.example and BASE_URL is/,
  );
});

test('doctor warns of passwords that evidence cannot hide everywhere', () => {
  const account = (username: string, password: string) => ({ role: 'admin' as const, username, password });
  assert.deepEqual(weakPasswords([account('a', 'Rounds-at-07'), account('b', 'q7Zk0p')]), []);
  const [check] = weakPasswords([
    account('a', 'Rounds-at-07'),
    account('b', 'x7-k'),
    account('c', 'request'),
  ]);
  assert.equal(check?.state, 'warn');
  assert.match(check?.seen ?? '', /^2 of 3 are under 6 characters, a number or a plain word \(that of b\)$/);
  assert.ok(!JSON.stringify(check).includes('x7-k'));
});
