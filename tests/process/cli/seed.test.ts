/** `npx loadtest seed` against the embedded scheduler: made, found complete, used, broken off, and removed again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ApiClient } from '../../../api/client/api-client.ts';
import { allOf } from '../../../api/client/pages.ts';
import * as absences from '../../../api/operations/absences.ts';
import * as assignments from '../../../api/operations/assignments.ts';
import * as auth from '../../../api/operations/auth.ts';
import * as blocks from '../../../api/operations/blocks.ts';
import * as me from '../../../api/operations/me.ts';
import * as people from '../../../api/operations/people.ts';
import * as portal from '../../../api/operations/portal.ts';
import * as templates from '../../../api/operations/rotation-templates.ts';
import { cleanTarget } from '../../../cli/clean/clean-target.ts';
import { sizeNamed } from '../../../cli/seed/size.ts';
import { type Account, loadAccounts } from '../../../fixtures/accounts.ts';
import { addDays, isoDate } from '../../../fixtures/data/dates.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { SuiteProcess } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

/** Its calendar ends four weeks before the data's, so that blocks are missing. */
const SETTINGS = { SCHEDULER_PASSWORD_COST_MS: '1', SCHEDULER_TODAY: addDays(isoDate(Date.now()), -28) };
const LIMITS = {
  ...SETTINGS,
  SCHEDULER_RATE_LIMITS: 'on',
  SCHEDULER_REGISTER_WINDOW_S: '1',
  SCHEDULER_LOGIN_ATTEMPTS: '100',
};

let scheduler: EmbeddedScheduler;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seed-'));
  scheduler = await startEmbeddedScheduler({ size: 'small', settings: SETTINGS });
});
after(async () => {
  await scheduler?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const here = ({ url }: { url: string } = scheduler) => ({ BASE_URL: url, ENVIRONMENT: 'embedded' });

async function seed(words: readonly string[], settings: Record<string, string> = here()) {
  const { code, said } = await explained(['seed', ...words], settings);
  return { code, said: said.trim() };
}

function fileWith(name: string, accounts: readonly Account[]): string {
  const file = join(folder, name);
  writeFileSync(file, accounts.map((one) => `- ${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
  return file;
}

const first = (role: Account['role'], { accounts }: EmbeddedScheduler = scheduler) =>
  accounts.find((one) => one.role === role) as Account;
const ofRole = (accounts: readonly Account[], role: string) => accounts.filter((one) => one.role === role);

async function client(account: Account, target = scheduler): Promise<ApiClient> {
  const api = new ApiClient({
    apiUrl: `${target.url}/api/v1`,
    recorder: { write: () => undefined },
    context: { session: 'test', role: account.role },
  });
  await api.signIn(account.username, account.password);
  return api;
}

/** Ids of all rows that the data could be among. */
async function tables(target = scheduler): Promise<Record<string, string[]>> {
  const api = await client(first('admin', target), target);
  const ids = (rows: ReadonlyArray<{ id: string }>) => rows.map(({ id }) => id).sort();
  const rotations = await api.request(templates.list, { query: { include_archived: true } });
  const found = {
    users: ids((await api.request(auth.users)).data),
    people: ids((await api.request(people.list)).data.items),
    rotations: ids(rotations.data.items),
    blocks: ids((await api.request(blocks.list)).data.items),
    assignments: ids(await gathered(allOf(api, assignments.list, { size: 5000 }))),
    absences: ids(await gathered(allOf(api, absences.list, { size: 500 }))),
  };
  await api.close();
  return found;
}

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of all) rows.push(row);
  return rows;
}

function grown(from: Record<string, string[]>, to: Record<string, string[]>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(to).map(([table, rows]) => [table, rows.length - (from[table]?.length ?? 0)]),
  );
}

test('a small deployment is made as it was said, is found complete, is read by journeys, and goes away again', async () => {
  const file = fileWith('small.yml', [first('admin')]);
  const words = ['--size', 'small', '--file', file];
  const empty = await tables();
  const dry = await seed([...words, '--dry-run']);
  assert.equal(dry.code, 0, dry.said);
  assert.deepEqual(await tables(), empty);

  const { said, code } = await seed(words);
  assert.equal(code, 0, said);
  const promise = said.slice(0, said.indexOf('accounts:')).trim();
  assert.equal(promise, dry.said);
  assert.match(promise, /38 accounts and 26 people: 18 resident, 8 faculty, 6 coordinator, 6 admin/);
  const count = (what: string) =>
    Number(new RegExp(`- (\\d+(?:.\\d+)?) ${what}`).exec(promise)?.[1]?.replace(/\D/g, ''));
  const full = await tables();
  assert.deepEqual(grown(empty, full), {
    ...{ users: 38, people: 26, rotations: 2, blocks: 56, absences: 6 },
    assignments: count('assignment'),
  });
  assert.equal(count('block'), 56);
  assert.match(said, /The API cannot make:\n {2}- half-day assignments/);

  const made = loadAccounts(file).slice(1);
  assert.equal(made.length, 38);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const { password } of made) assert.ok(!said.includes(password), 'no password is shown');
  for (const role of ['resident', 'faculty', 'coordinator', 'admin'] as const) {
    assert.equal(ofRole(made, role).length, sizeNamed('small').accounts.get(role));
    assert.equal(ofRole(scheduler.accounts, role).length, sizeNamed('small').accounts.get(role));
  }

  const again = await seed(words);
  assert.match(again.said, /^http:\S+ has all of it already: nothing to make$/);
  assert.equal(again.code, 0);
  assert.deepEqual(await tables(), full);
  await readAsJourneysDo(made);

  const undone = await seed(['--undo', '--file', file]);
  assert.equal(undone.code, 0, undone.said);
  assert.match(undone.said, /^removed blocks: 56$/m);
  assert.deepEqual(await tables(), empty);
  assert.deepEqual(loadAccounts(file), [first('admin')]);
  const nothing = await seed(['--undo', '--file', file]);
  assert.match(nothing.said, /has nothing with prefix seed: nothing to remove$/);
  assert.equal(nothing.code, 0);
});

/** Residents and faculty see their own schedule, PGY levels are spread, and `npx loadtest clean` leaves all of it. */
async function readAsJourneysDo(made: readonly Account[]): Promise<void> {
  const resident = await client(ofRole(made, 'resident')[0] as Account);
  const { data } = await resident.request(me.dashboard, { query: { days_ahead: 90 } });
  assert.ok(data.upcoming_schedule.length >= 40, `${data.upcoming_schedule.length} half days`);
  assert.equal(data.absences.length, 1);
  const faculty = await client(ofRole(made, 'faculty')[0] as Account);
  const weeks = (await faculty.request(portal.mySchedule)).data.fmit_weeks;
  assert.ok(weeks.filter(({ is_past }) => !is_past).length >= 4, `${weeks.length} weeks of FMIT`);
  const admin = await client(ofRole(made, 'admin')[0] as Account);
  const persons = (await admin.request(people.residents)).data.items;
  for (const level of [1, 2, 3])
    assert.equal(persons.filter((one) => one.name.startsWith('Seed ') && one.pgy_level === level).length, 6);
  assert.deepEqual((await cleanTarget(admin, [], { dryRun: true })).removed, []);
  for (const api of [resident, faculty, admin]) await api.close();
}

test('with rate limits it waits; broken off it goes on; and two prefixes do not touch each other', async (t) => {
  const limited = await startEmbeddedScheduler({ size: 'small', settings: LIMITS });
  t.after(() => limited.stop());
  const empty = await tables(limited);
  const file = fileWith('limited.yml', [first('admin', limited)]);
  const words = ['--size', 'small', '--file', file];
  const run = new SuiteProcess(['cli/loadtest.cjs', 'seed', ...words], here(limited));
  await run.until('waiting for the next second', () => run.stdout.includes('going on in'));
  run.kill('SIGINT');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.match(run.output, /^interrupted: the same command goes on from there$/m);
  const begun = await tables(limited);
  const made = grown(empty, begun).users ?? 0;
  assert.ok(made > 0 && made < 38, `${made} made`);
  assert.equal(loadAccounts(file).length, 1 + made, 'none that was not made');

  const rest = await seed(words, here(limited));
  assert.equal(rest.code, 0, rest.said);
  assert.match(rest.said, new RegExp(`- ${38 - made} accounts and`));
  assert.match(rest.said, /answer 429\): going on in/);
  const full = await tables(limited);
  assert.equal(grown(empty, full).users, 38);
  const other = await seed(['--undo', '--prefix', 'other', '--file', file], here(limited));
  assert.match(other.said, /nothing to remove$/);
  const undone = await seed(['--undo', '--file', file], here(limited));
  assert.equal(undone.code, 0, undone.said);
  assert.deepEqual(await tables(limited), empty);
});

test('a user’s mistake is one line, exit code 2, and nothing is made', async () => {
  const file = fileWith('mistakes.yml', [first('admin')]);
  const noAdmin = fileWith('no-admin.yml', [first('resident')]);
  const falseAdmin = fileWith('false-admin.yml', [{ ...first('coordinator'), role: 'admin' }]);
  const ownAdmin = fileWith('own-admin.yml', [{ ...first('admin'), username: 'seed-admin-01' }]);
  const small = (from = file) => ['--size', 'small', '--file', from];
  const cases: Array<[words: string[], settings: Record<string, string>, says: RegExp]> = [
    [
      ['--file', file],
      here(),
      /^loadtest seed: no size is given\. Write --size small, --size medium, --size large\.$/,
    ],
    [
      ['--size', 'huge', '--file', file],
      here(),
      /^loadtest seed: --size huge: there is no such size\. Write/,
    ],
    [['--size', 'toString', '--file', file], here(), /--size toString: there is no such size/],
    [[...small(), '--undo'], here(), /^loadtest seed: --undo removes all of the prefix/],
    [[...small(), '--prefix', 'Se.d'], here(), /^loadtest seed: --prefix Se\.d: cannot be used\. Write/],
    [
      [...small(), '--prefix', 'loadtest'],
      here(),
      /--prefix loadtest: marks other data of the suite\. Choose/,
    ],
    [small(), {}, /^loadtest seed: the embedded scheduler has data of its own/],
    [
      [...small(), '--environment', 'production'],
      { BASE_URL: scheduler.url, ALLOW_PRODUCTION: 'true' },
      /^loadtest seed: http:\S+ is production, where nothing is ever changed/,
    ],
    [
      [...small(), '--environment', 'staging'],
      { BASE_URL: scheduler.url },
      /^loadtest seed: schedule may not be made on staging .*permit `schedule` there/,
    ],
    [['--size', 'small'], here(), /no accounts file is named; write --file accounts\.yml$/],
    [
      small(noAdmin),
      here(),
      /needs an account of role admin whose name does not begin with seed-; add one to/,
    ],
    [small(ownAdmin), here(), /needs an account of role admin whose name does not begin with seed-/],
    [
      small(falseAdmin),
      here(),
      /^loadtest seed: coordinator01 is coordinator on the target, and only an admin/,
    ],
  ];
  const untouched = await tables();
  for (const [words, settings, says] of cases) {
    const { code, said } = await seed(words, settings);
    assert.match(said, says);
    assert.ok(!said.includes('\n'), `one line: ${said}`);
    assert.equal(code, 2, said);
  }
  assert.deepEqual(await tables(), untouched);
  assert.deepEqual(loadAccounts(file), [first('admin')]);
});

test('accounts of the prefix whose passwords are in another file are named, and can be removed all the same', async () => {
  const admin = await client(first('admin'));
  const lost = {
    username: 'lost-resident-04',
    email: 'lost-resident-04@example.com',
    password: 'Lost-in-2026!',
  };
  await admin.request(auth.register, { body: { ...lost, role: 'resident' } });
  const file = fileWith('lost.yml', [first('admin')]);
  const words = ['--prefix', 'lost', '--file', file];
  const { said, code } = await seed(['--size', 'small', ...words]);
  assert.match(
    said,
    /^loadtest seed: 1 account with prefix lost on the target, e\.g\. lost-resident-04, not in \S+lost\.yml\. Name/,
  );
  assert.equal(code, 2);
  assert.equal((await seed(['--undo', ...words])).code, 0);
  const users = (await admin.request(auth.users)).data;
  assert.ok(!users.some(({ username }) => username === lost.username));
  assert.equal(readFileSync(file, 'utf8').includes('lost-'), false);
  await admin.close();
});

test('what is not the scheduler is refused before anything is sent to it', async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.method ?? '');
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Something else</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = fileWith('elsewhere.yml', [first('admin')]);
  const { code } = await seed(['--size', 'small', '--file', file], here({ url }));
  assert.equal(code, 4);
  assert.ok(!asked.includes('POST'), String(asked));
});
