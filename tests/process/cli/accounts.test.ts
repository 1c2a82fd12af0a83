/** `npx loadtest accounts`: a file of the right size to fill in, and accounts made on a target that takes few a minute. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { ApiClient } from '../../../api/client/api-client.ts';
import * as auth from '../../../api/operations/auth.ts';
import * as me from '../../../api/operations/me.ts';
import * as people from '../../../api/operations/people.ts';
import { newPassword } from '../../../cli/accounts/new-account.ts';
import { Pace, waitAfter } from '../../../cli/accounts/pace.ts';
import { cleanTarget } from '../../../cli/clean/clean-target.ts';
import { type Account, loadAccounts } from '../../../fixtures/accounts.ts';
import { passwordFault } from '../../../fixtures/scheduler/server/passwords.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { SuiteProcess, temporaryFolder } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

const QUICK = { SCHEDULER_PASSWORD_COST_MS: '1' };

let scheduler: EmbeddedScheduler;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  scheduler = await startEmbeddedScheduler({ size: 'small', settings: QUICK });
});
after(async () => {
  await scheduler?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function accounts(words: readonly string[], settings: Record<string, string> = {}) {
  const { code, said } = await explained(['accounts', ...words], settings);
  return { code, said: said.trim() };
}

/** A profile of few users, so that little has to be made: of each role one, of residents two. */
function smallProfile(): string {
  const file = join(folder, 'profile.yml');
  const scenario = (role: string, weight: number) => ({
    name: role,
    engine: 'api',
    flowFunction: role,
    weight,
  });
  const script = {
    config: {
      plugins: { suite: { profile: 'few', users: 3 } },
      phases: [{ name: 'all', duration: 30, arrivalCount: 4 }],
    },
    scenarios: [scenario('resident', 2), scenario('faculty', 1), scenario('coordinator', 1)],
  };
  writeFileSync(file, JSON.stringify(script));
  return file;
}

function adminOf({ accounts: all }: EmbeddedScheduler): Account {
  return all.find(({ role }) => role === 'admin') as Account;
}

/** A file that holds the admin alone. */
function fileWithAdmin(name: string, { role, username, password } = adminOf(scheduler)): string {
  const file = join(folder, name);
  writeFileSync(file, `- { role: ${role}, username: ${username}, password: '${password}' }`);
  return file;
}

async function client(account: Account, target = scheduler): Promise<ApiClient> {
  const api = new ApiClient({
    apiUrl: `${target.url}/api/v1`,
    recorder: { write: () => undefined },
    context: { session: 'test', role: account.role },
  });
  await api.signIn(account.username, account.password);
  return api;
}

const here = (target = scheduler) => ({ BASE_URL: target.url, ENVIRONMENT: 'embedded' });
const namesIn = (file: string) => loadAccounts(file).map(({ username }) => username);

test('the template has as many entries of each role as the profile needs, says what to fill in, and is private', async () => {
  const output = join(folder, 'template.yml');
  const count = async (settings: Record<string, string> = {}, more: string[] = []) => {
    const { said, code } = await accounts(['template', '--output', output, ...more], settings);
    assert.equal(code, 0, said);
    const entries = parse(readFileSync(output, 'utf8')) as Account[];
    return Object.fromEntries(
      Object.entries(Object.groupBy(entries, ({ role }) => role)).map(([role, list]) => [role, list?.length]),
    );
  };
  assert.deepEqual(await count(), { resident: 15, faculty: 9, coordinator: 3, admin: 3 });
  assert.equal(statSync(output).mode & 0o777, 0o600);
  assert.match(readFileSync(output, 'utf8'), /# 9 of role faculty: each with a person of type faculty/);
  const { said, code } = await accounts(['template', '--output', output]);
  assert.match(
    said,
    /^\S+template\.yml: is there already, .*; name another --output, or write over it with --force$/,
  );
  assert.equal(code, 2);
  const smoke = ['--force', '--profile', 'artillery/smoke.yml'];
  assert.deepEqual(await count({}, smoke), { resident: 2, faculty: 2, coordinator: 2, admin: 2 });
  const thirty = { resident: 27, faculty: 15, coordinator: 4, admin: 5 };
  // A file that is not there yet is what somebody who sets ACCOUNTS_FILE asks for.
  assert.deepEqual(await count({ VUS: '30', ACCOUNTS_FILE: join(folder, 'none.yml') }, ['--force']), thirty);
});

test('a template is refused until it is filled in, and then taken', async () => {
  const output = join(folder, 'to-fill-in.yml');
  await accounts(['template', '--output', output, '--profile', 'artillery/smoke.yml']);
  assert.throws(() => loadAccounts(output), /entry 1, username: not filled in, and so are 7 more entries/);
  let n = 0;
  const filled = readFileSync(output, 'utf8').replace(/^- .*$/gm, (line) =>
    line.replace('FILL-IN', `user.${++n}`).replace('FILL-IN', '"p,:# d"'),
  );
  writeFileSync(output, filled);
  assert.equal(loadAccounts(output).length, 8);
});

test('the accounts that a file lacks are made, with what they need, and can be used', async () => {
  const file = fileWithAdmin('made.yml');
  const words = ['create', '--file', file, '--profile', smallProfile()];
  const dry = await accounts([...words, '--dry-run'], here());
  assert.match(
    dry.said,
    /few with 3 concurrent users needs 2 resident, 1 faculty, 1 coordinator\n4 to make on http:\S+, /,
  );
  assert.match(dry.said, /would make resident loadtest-resident-01/);
  assert.equal(dry.code, 0);
  assert.deepEqual(namesIn(file), ['admin01']);

  const { said, code } = await accounts(words, here());
  assert.equal(code, 0, said);
  assert.match(said, /made loadtest-resident-02 and its person \(2 of 4\)/);
  assert.match(said, /made loadtest-coordinator-01 \(4 of 4\)/);
  assert.match(
    said,
    /An admin must still do:\n {2}- 2 residents are on no schedule.*\n {2}- 1 faculty have no weeks/,
  );
  const made = loadAccounts(file).slice(1);
  assert.deepEqual(
    made.map(({ username }) => username),
    ['loadtest-resident-01', 'loadtest-resident-02', 'loadtest-faculty-01', 'loadtest-coordinator-01'],
  );
  for (const { password } of made) assert.ok(!said.includes(password), 'no password is said');
  for (const account of made) {
    const api = await client(account);
    assert.equal((await api.request(auth.me)).data.role, account.role);
    const { status } = await api.request(me.dashboard, { query: { days_ahead: 30 }, mayFail: true });
    assert.equal(status, account.role === 'coordinator' ? 404 : 200, `${account.username} has its person`);
    await api.close();
  }

  const again = await accounts(words, here());
  assert.match(again.said, /nothing to make$/);
  assert.equal(again.code, 0);
  const api = await client(adminOf(scheduler));
  const cleaned = await cleanTarget(api, [], { dryRun: true });
  assert.deepEqual(cleaned.removed, [], '`npx loadtest clean` leaves them alone');
  await api.close();
});

test('what was begun is finished: a user without a person, a line without a user; and taken names are passed over', async () => {
  const file = fileWithAdmin('broken-off.yml');
  const [first, second] = ['loadtest-resident-31', 'loadtest-faculty-31'].map((username) => ({
    role: username.split('-')[1] as Account['role'],
    username,
    password: newPassword(),
  })) as [Account, Account];
  const api = await client(adminOf(scheduler));
  // Registered, and then the process was killed.
  await api.request(auth.register, { body: { ...first, email: `${first.username}@example.com` } });
  // Somebody else's, though it sounds like ours.
  const taken = { username: 'loadtest-coordinator-02', email: 'taken@example.com', password: newPassword() };
  await api.request(auth.register, { body: { ...taken, role: 'coordinator' } });
  for (const { role, username, password } of [first, second])
    appendFileSync(file, `\n- { role: ${role}, username: ${username}, password: '${password}' }`);

  const { said, code } = await accounts(['create', '--file', file, '--profile', smallProfile()], here());
  assert.equal(code, 0, said);
  assert.match(said, /^4 to make/m);
  assert.equal(
    (await api.request(auth.users)).data.filter(({ username }) => username === first.username).length,
    1,
  );
  const addresses = (await api.request(people.list)).data.items.map(({ email }) => email);
  for (const { username } of [first, second])
    assert.ok(addresses.includes(`${username}@example.com`), username);
  await (await client(second)).close();
  const [, , , resident, coordinator, ...more] = namesIn(file);
  assert.deepEqual(more, []);
  assert.match(String(resident), /^loadtest-resident-\d+$/);
  assert.equal(coordinator, 'loadtest-coordinator-03');
  assert.equal(new Set(namesIn(file)).size, namesIn(file).length);
  await api.close();
});

test('a target that takes three and no more is waited for, and goes on', async (t) => {
  const limits = { SCHEDULER_RATE_LIMITS: 'on', SCHEDULER_REGISTER_WINDOW_S: '2' };
  const limited = await startEmbeddedScheduler({ size: 'small', settings: { ...QUICK, ...limits } });
  t.after(() => limited.stop());
  const file = fileWithAdmin('limited.yml', adminOf(limited));
  const { said, code } = await accounts(
    ['create', '--file', file, '--profile', smallProfile()],
    here(limited),
  );
  assert.equal(code, 0, said);
  // By the body, two seconds and the margin: the header is the other limiter's, and says up to sixty.
  assert.match(
    said,
    /\(3 of 4\)\nthe target takes no more for now \(answer 429\): going on in 3 s\nmade loadtest-coordinator-01 \(4 of 4\)/,
  );
  assert.equal(namesIn(file).length, 5);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`broken off by ${signal} it says where it stands, and every account that was made is in the file`, async (t) => {
    const slow = await startEmbeddedScheduler({
      size: 'small',
      settings: { ...QUICK, SCHEDULER_RATE_LIMITS: 'on' },
    });
    t.after(() => slow.stop());
    const file = fileWithAdmin('interrupted.yml', adminOf(slow));
    const words = ['cli/loadtest.cjs', 'accounts', 'create', '--file', file, '--profile', smallProfile()];
    const run = new SuiteProcess(words, here(slow));
    await run.until('waiting for the next minute', () => run.stdout.includes('going on in'));
    run.kill(signal);
    const { code } = await run.ended;
    assert.equal(code, 130, run.output);
    assert.match(run.output, /interrupted: 3 of 4 made; the same command goes on from there/);
    assert.equal(namesIn(file).length, 1 + 3, 'none that was not made');
    const api = await client(adminOf(slow), slow);
    const users = (await api.request(auth.users)).data.map(({ username }) => username);
    for (const username of users.filter((name) => name.startsWith('loadtest-')))
      assert.ok(namesIn(file).includes(username), `${username} is in the file`);
    await api.close();
  });

test('a refusal is reported in a line, and the account that was not made is not in the file', async (t) => {
  // It knows no registration, as a target may.
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/api/v1', '').split('?')[0];
    const answers: Record<string, [number, unknown]> = {
      '/auth/me': [401, { detail: 'Not authenticated' }],
      '/auth/login': [200, { access_token: 'a', refresh_token: 'r', token_type: 'bearer' }],
      '/auth/users': [200, []],
      '/auth/logout': [200, { message: 'bye' }],
      '/people': [200, { items: [], total: 0 }],
      '/login': [200, 'a page'],
    };
    const [status, body] = answers[path ?? ''] ?? [404, { detail: 'Not Found' }];
    const type = path === '/login' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = fileWithAdmin('refused.yml');
  const { said, code } = await accounts(['create', '--file', file, '--profile', smallProfile()], {
    BASE_URL,
    ENVIRONMENT: 'embedded',
  });
  assert.match(
    said,
    /loadtest-resident-01 was not made: answer 404 .*lets nobody register; .*accounts template`/,
  );
  assert.match(said, /0 of 4 made; the same command goes on from there/);
  assert.equal(code, 1);
  assert.deepEqual(namesIn(file), ['admin01']);
});

test('a user’s mistake is one line, exit code 2, and nothing is made', async (t) => {
  const file = fileWithAdmin('mistakes.yml');
  const noAdmin = join(temporaryFolder(t), 'no-admin.yml');
  writeFileSync(noAdmin, "- { role: resident, username: a, password: 'b' }\n");
  const indented = join(temporaryFolder(t), 'indented.yml');
  writeFileSync(indented, "  - { role: admin, username: a, password: 'b' }\n");
  const create = (...more: string[]) => ['create', '--file', file, ...more];
  const cases: Array<[words: string[], settings: Record<string, string>, says: RegExp]> = [
    [
      [],
      {},
      /^loadtest accounts: no command given\. The commands are template, create\. See `npx loadtest accounts --help`\.$/,
    ],
    [['tmplate'], {}, /^loadtest accounts: unknown command 'tmplate'\. Did you mean template\?/],
    [
      ['template', '--forse'],
      {},
      /^loadtest accounts template: unknown option '--forse'\. Did you mean --force\? See/,
    ],
    [
      ['template', '--profile', 'artillery/lod.yml'],
      {},
      /^profile artillery\/lod\.yml: no such file; name an/,
    ],
    [['template', '--profile', 'config/think.yml'], {}, /^profile config\/think\.yml: has no `config`/],
    [['template'], { VUS: '-1' }, /^VUS=-1: not a whole number/],
    [['template', '--output', '/nowhere/a.yml'], {}, /^\/nowhere\/a\.yml: cannot be written \(ENOENT\)/],
    [create(), {}, /^loadtest accounts create: the embedded scheduler has accounts of its own/],
    [
      create('--environment', 'production'),
      { BASE_URL: scheduler.url, ALLOW_PRODUCTION: 'true' },
      /^loadtest accounts create: http:\S+ is production, where nothing is ever changed/,
    ],
    [
      create(),
      {
        BASE_URL: scheduler.url,
        ENVIRONMENT: 'ci',
        PRODUCTION_URL: scheduler.url,
        ALLOW_PRODUCTION: 'true',
      },
      /^loadtest accounts create: http:\S+ is production/,
    ],
    [['create', '--file', noAdmin], here(), /needs an account of role admin to make others; add one to/],
    [
      ['create', '--file', indented],
      here(),
      /lines cannot be added to it; begin each entry with `- ` at the left/,
    ],
    [['create'], here(), /no accounts file is named; write --file accounts\.yml$/],
  ];
  for (const [words, settings, says] of cases) {
    const { code, said } = await accounts(words, settings);
    assert.match(said, says);
    assert.ok(!said.includes('\n'), `one line: ${said}`);
    assert.equal(code, 2, said);
  }
  assert.deepEqual(namesIn(file), ['admin01']);
  assert.ok(!existsSync('/nowhere'));
});

test('help shows an example of each', async () => {
  const { said, code } = await accounts(['--help']);
  assert.match(said, /Examples:\n {2}.*npx loadtest accounts template/);
  assert.match(said, /^ {2}npx loadtest accounts create/m);
  assert.equal(code, 0);
});

test('passwords satisfy the policy and differ', () => {
  const passwords = Array.from({ length: 200 }, newPassword);
  assert.equal(new Set(passwords).size, 200);
  for (const password of passwords) {
    assert.equal(passwordFault(password), undefined);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*(),.?":{}|<>]/]) assert.match(password, kind);
  }
});

test('three are let through in any minute', async () => {
  let now = 0;
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const pace = new Pace({ limit: 3, windowMs: 60_000 }, { wait, now: () => now });
  const times: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    await pace.turn();
    times.push(now);
    now += 300;
    pace.taken();
  }
  for (let n = 3; n < times.length; n += 1) assert.ok((times[n] ?? 0) - (times[n - 3] ?? 0) > 60_000);
  assert.equal(waits.length, 2);
  assert.ok((times.at(-1) ?? 0) < 123_000, `no longer than needed: ${times}`);
});

test('a refusal says how long to wait: its body before its header, and a minute where neither does', () => {
  const date = 'Wed, 25 Nov 2026 19:00:00 GMT';
  const reset = Date.parse(date) / 1000 + 40;
  const detail = { error: 'Rate limit exceeded', reset_at: reset };
  assert.equal(waitAfter({ data: { detail }, headers: { date, 'retry-after': '3' } }), 41_000);
  assert.equal(
    waitAfter({ data: { detail: { retry_after: 60 } }, headers: { date, 'retry-after': '7' } }),
    8000,
  );
  assert.equal(waitAfter({ data: undefined, headers: {} }), 61_000);
});
