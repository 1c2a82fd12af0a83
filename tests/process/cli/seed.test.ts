/** `npx loadtest seed` against the embedded scheduler: made, found complete, used, broken off, and removed again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as auth from '../../../api/operations/auth.ts';
import * as me from '../../../api/operations/me.ts';
import * as people from '../../../api/operations/people.ts';
import * as portal from '../../../api/operations/portal.ts';
import { cleanTarget } from '../../../cli/clean/clean-target.ts';
import { sizeNamed } from '../../../cli/seed/size.ts';
import { readEnvironment } from '../../../config/environment.ts';
import { type Account, loadAccounts } from '../../../fixtures/accounts.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { countedFor } from '../../../measure/target/unpaced-sign-ins.ts';
import { client, fileWith, first, grown, here, ofRole, SETTINGS, seed, tables } from './seeded-target.ts';

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

test('a small deployment is made as it was said, is found complete, is read by journeys, and goes away again', async () => {
  const file = fileWith(folder, 'small.yml', [first('admin', scheduler)]);
  const words = ['--size', 'small', '--file', file];
  const empty = await tables(scheduler);
  const dry = await seed([...words, '--dry-run'], here(scheduler));
  assert.equal(dry.code, 0, dry.said);
  // It signed in: a paced run that begins within a minute waits for that.
  assert.ok(countedFor(`${scheduler.url}/api/v1`, readEnvironment().cacheDir) > 0);
  assert.deepEqual(await tables(scheduler), empty);

  const { said, code } = await seed(words, here(scheduler));
  assert.equal(code, 0, said);
  const promise = said.slice(0, said.indexOf('accounts:')).trim();
  assert.equal(promise, dry.said);
  assert.match(promise, /38 accounts and 26 people: 18 resident, 8 faculty, 6 coordinator, 6 admin/);
  const count = (what: string) =>
    Number(new RegExp(`- (\\d+(?:.\\d+)?) ${what}`).exec(promise)?.[1]?.replace(/\D/g, ''));
  const full = await tables(scheduler);
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

  const again = await seed(words, here(scheduler));
  assert.match(again.said, /^http:\S+ has all of it already: nothing to make$/);
  assert.equal(again.code, 0);
  assert.deepEqual(await tables(scheduler), full);
  await readAsJourneysDo(made);

  const undone = await seed(['--undo', '--file', file], here(scheduler));
  assert.equal(undone.code, 0, undone.said);
  assert.match(undone.said, /^removed blocks: 56$/m);
  assert.deepEqual(await tables(scheduler), empty);
  assert.deepEqual(loadAccounts(file), [first('admin', scheduler)]);
  const nothing = await seed(['--undo', '--file', file], here(scheduler));
  assert.match(nothing.said, /has nothing with prefix seed: nothing to remove$/);
  assert.equal(nothing.code, 0);
});

/** Residents and faculty see their own schedule, PGY levels are spread, and `npx loadtest clean` leaves all of it. */
async function readAsJourneysDo(made: readonly Account[]): Promise<void> {
  const resident = await client(ofRole(made, 'resident')[0] as Account, scheduler);
  const { data } = await resident.request(me.dashboard, { query: { days_ahead: 90 } });
  assert.ok(data.upcoming_schedule.length >= 40, `${data.upcoming_schedule.length} half days`);
  assert.equal(data.absences.length, 1);
  const faculty = await client(ofRole(made, 'faculty')[0] as Account, scheduler);
  const weeks = (await faculty.request(portal.mySchedule)).data.fmit_weeks;
  assert.ok(weeks.filter(({ is_past }) => !is_past).length >= 4, `${weeks.length} weeks of FMIT`);
  const admin = await client(ofRole(made, 'admin')[0] as Account, scheduler);
  const persons = (await admin.request(people.residents)).data.items;
  for (const level of [1, 2, 3])
    assert.equal(persons.filter((one) => one.name.startsWith('Seed ') && one.pgy_level === level).length, 6);
  assert.deepEqual((await cleanTarget(admin, [], { dryRun: true })).removed, []);
  for (const api of [resident, faculty, admin]) await api.close();
}

test('a large one has 200 residents with accounts, and leaves the target as it was', async () => {
  const file = fileWith(folder, 'large.yml', [first('admin', scheduler)]);
  const empty = await tables(scheduler);
  const made = await seed(['--size', 'large', '--file', file], here(scheduler));
  assert.equal(made.code, 0, made.said);
  assert.equal(ofRole(loadAccounts(file), 'resident').length, 200);
  const { assignments = 0, ...others } = grown(empty, await tables(scheduler));
  assert.deepEqual(others, { users: 286, people: 260, rotations: 2, blocks: 56, absences: 66 });
  assert.ok(assignments > 30_000, `${assignments} assignments`);
  const undone = await seed(['--undo', '--file', file], here(scheduler));
  assert.equal(undone.code, 0, undone.said);
  assert.deepEqual(await tables(scheduler), empty);
});

test('a user’s mistake is one line, exit code 2, and nothing is made', async () => {
  const file = fileWith(folder, 'mistakes.yml', [first('admin', scheduler)]);
  const noAdmin = fileWith(folder, 'no-admin.yml', [first('resident', scheduler)]);
  const falseAdmin = fileWith(folder, 'false-admin.yml', [
    { ...first('coordinator', scheduler), role: 'admin' },
  ]);
  const ownAdmin = fileWith(folder, 'own-admin.yml', [
    { ...first('admin', scheduler), username: 'seed-admin-01' },
  ]);
  const small = (from = file) => ['--size', 'small', '--file', from];
  const cases: Array<[words: string[], settings: Record<string, string>, says: RegExp]> = [
    [
      ['--file', file],
      here(scheduler),
      /^loadtest seed: no size is given\. Write --size small, --size medium, --size large\.$/,
    ],
    [
      ['--size', 'huge', '--file', file],
      here(scheduler),
      /^loadtest seed: --size huge: there is no such size\. Write/,
    ],
    [['--size', 'toString', '--file', file], here(scheduler), /--size toString: there is no such size/],
    [[...small(), '--undo'], here(scheduler), /^loadtest seed: --undo removes all of the prefix/],
    [
      [...small(), '--prefix', 'Se.d'],
      here(scheduler),
      /^loadtest seed: --prefix Se\.d: cannot be used\. Write/,
    ],
    [
      [...small(), '--prefix', 'loadtest'],
      here(scheduler),
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
    [['--size', 'small'], here(scheduler), /no accounts file is named; write --file accounts\.yml$/],
    [
      small(noAdmin),
      here(scheduler),
      /needs an account of role admin whose name does not begin with seed-; add one to/,
    ],
    [small(ownAdmin), here(scheduler), /needs an account of role admin whose name does not begin with seed-/],
    [
      small(falseAdmin),
      here(scheduler),
      /^loadtest seed: coordinator01 is coordinator on the target, and only an admin/,
    ],
  ];
  const untouched = await tables(scheduler);
  for (const [words, settings, says] of cases) {
    const { code, said } = await seed(words, settings);
    assert.match(said, says);
    assert.ok(!said.includes('\n'), `one line: ${said}`);
    assert.equal(code, 2, said);
  }
  assert.deepEqual(await tables(scheduler), untouched);
  assert.deepEqual(loadAccounts(file), [first('admin', scheduler)]);
});

test('accounts of the prefix whose passwords are in another file are named, and can be removed all the same', async () => {
  const admin = await client(first('admin', scheduler), scheduler);
  const lost = {
    username: 'lost-resident-04',
    email: 'lost-resident-04@example.com',
    password: 'Lost-in-2026!',
  };
  await admin.request(auth.register, { body: { ...lost, role: 'resident' } });
  const file = fileWith(folder, 'lost.yml', [first('admin', scheduler)]);
  const words = ['--prefix', 'lost', '--file', file];
  const { said, code } = await seed(['--size', 'small', ...words], here(scheduler));
  assert.match(
    said,
    /^loadtest seed: 1 account with prefix lost on the target, e\.g\. lost-resident-04, not in \S+lost\.yml\. Name/,
  );
  assert.equal(code, 2);
  assert.equal((await seed(['--undo', ...words], here(scheduler))).code, 0);
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
  const file = fileWith(folder, 'elsewhere.yml', [first('admin', scheduler)]);
  const { code } = await seed(['--size', 'small', '--file', file], here({ url }));
  assert.equal(code, 4);
  assert.ok(!asked.includes('POST'), String(asked));
});
