/** `npx loadtest seed` on a target of the tests' own: what it makes, in which order, and what it does when refused. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AccountsFile } from '../../../cli/accounts/accounts-file.ts';
import { NotMade } from '../../../cli/accounts/work.ts';
import { type Filling, fill } from '../../../cli/seed/fill.ts';
import { marksOf } from '../../../cli/seed/marks.ts';
import { patientClient } from '../../../cli/seed/patient-client.ts';
import { isEmpty, planFor } from '../../../cli/seed/plan.ts';
import { contentsOf, timeFor } from '../../../cli/seed/said.ts';
import { calendarOf, rangesOf, slotsOf } from '../../../cli/seed/schedule.ts';
import { sizeNamed } from '../../../cli/seed/size.ts';
import { seededOn, type Undone, undo } from '../../../cli/seed/undo.ts';
import { mondayOf } from '../../../fixtures/data/dates.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { MadeUpTarget } from './made-up-target.ts';

const TODAY = '2026-11-30';
const marks = marksOf('seed');
const size = {
  accounts: new Map([
    ['resident', 3],
    ['faculty', 2],
    ['admin', 1],
  ] as const),
  absences: 1,
};
const nothing = { users: 0, people: 0, rotations: 0, blocks: 0, assignments: 0, absences: 0 };

function setUp(t: TestContext) {
  const target = new MadeUpTarget();
  const file = new AccountsFile(join(temporaryFolder(t), 'accounts.yml'), '# of the test\n');
  const waits: number[] = [];
  const waiting = { wait: async (ms: number) => void waits.push(ms), tell: () => undefined };
  const filling: Filling = {
    api: target.client,
    file,
    pace: undefined,
    progress: () => undefined,
    ...waiting,
  };
  const api = patientClient(target.client, waiting);
  const wanted = () => ({ size, marks, known: file.read(), today: TODAY });
  const seed = async () => {
    const plan = await planFor(api, wanted());
    await fill(plan, wanted(), filling);
    return plan;
  };
  const remove = async () => {
    const undone: Undone = { users: [], removed: new Map(), left: [] };
    await undo(api, await seededOn(api, marks), { marks, progress: () => undefined, undone });
    return undone;
  };
  return { target, api, seed, remove, waits, wanted };
}

test('an empty target gets all of it, in an order in which nothing refers to what is not there', async (t) => {
  const { target, seed, api, wanted } = setUp(t);
  const plan = await seed();
  assert.deepEqual(contentsOf(plan), [
    '6 accounts and 5 people: 3 resident, 2 faculty, 1 admin',
    '2 rotations',
    '224 blocks for 2026-11-23 to 2027-03-14',
    '736 assignments',
    '1 absence',
  ]);
  assert.deepEqual(target.counts(), {
    ...{ users: 6, people: 5, rotations: 3, blocks: 224, assignments: 736, absences: 1 },
  });
  assert.deepEqual(
    target.rows.people.filter(({ type }) => type === 'resident').map(({ pgy_level }) => pgy_level),
    [1, 2, 3],
  );
  assert.deepEqual(
    [...new Set(target.changes)],
    [
      'auth.register',
      'people.create',
      'rotations.create',
      'rotations.archive',
      'blocks.generate',
      'batch.create',
      'absences.create',
    ],
  );
  const again = await planFor(api, wanted());
  assert.ok(isEmpty(again), 'nothing is left to make');
});

test('a rotation FMIT, blocks and assignments that are there are left', async (t) => {
  const { target, seed, remove } = setUp(t);
  target.add('rotations', { name: 'FMIT', is_archived: false });
  const block = target.add('blocks', { date: '2026-11-23', time_of_day: 'AM' });
  await seed();
  assert.equal(target.rows.rotations.filter(({ name }) => name === 'FMIT').length, 1);
  assert.equal(target.rows.blocks.filter(({ date }) => date === '2026-11-23').length, 1);
  await remove();
  assert.deepEqual(target.counts(), { ...nothing, rotations: 1, blocks: 1 });
  assert.deepEqual(target.rows.blocks, [block]);
});

test('broken off anywhere, the next call makes the rest, and no row twice', async (t) => {
  const whole = setUp(t);
  await whole.seed();
  for (const name of new Set(whole.target.changes))
    for (const passed of [[], [undefined]]) {
      if (whole.target.changes.filter((one) => one === name).length <= passed.length) continue;
      const { target, seed } = setUp(t);
      target.instead.set(name, [...passed, [503, { detail: 'Down' }]]);
      await assert.rejects(seed(), NotMade, name);
      await seed();
      assert.deepEqual(target.counts(), whole.target.counts(), name);
    }
});

test('where the target takes no more for now it waits, and gives up after many refusals in a row', async (t) => {
  const whole = setUp(t);
  await whole.seed();
  const refused = [429, { detail: { retry_after: 60 } }] as [number, unknown];
  const names = [...new Set(whole.target.changes), 'people.list', 'blocks.list', 'assignments.list'];
  const { target, seed, waits } = setUp(t);
  for (const name of names) target.instead.set(name, [refused, refused]);
  await seed();
  assert.equal(waits.length, 2 * names.length);
  assert.ok(waits.every((ms) => ms >= 60_000));
  assert.deepEqual(target.counts(), whole.target.counts());
  const other = setUp(t);
  other.target.instead.set('absences.create', Array(99).fill(refused));
  await assert.rejects(other.seed(), /absences\.create: answer 429/);
});

test('what was made is removed, what refers to something first; the same call removes what was left', async (t) => {
  const { target, seed, remove } = setUp(t);
  await seed();
  target.changes.length = 0;
  target.instead.set('people.delete', [[500, { detail: 'still referenced' }]]);
  const first = await remove();
  assert.deepEqual(first.left, ['people Seed Resident 01: answer 500 still referenced']);
  assert.deepEqual(
    [...new Set(target.changes)],
    [
      'batch.delete',
      'absences.delete',
      'people.delete',
      'admin.delete user',
      'blocks.delete',
      'rotations.delete',
    ],
  );
  assert.equal(first.users.length, 6);
  const second = await remove();
  assert.deepEqual(second.left, []);
  assert.deepEqual(target.counts(), nothing);
});

test('what others made is never removed, and a block in which they have an assignment stays', async (t) => {
  const { target, seed, remove } = setUp(t);
  const other = target.add('people', {
    name: 'Seed Resident 77',
    email: 'seed@example.com',
    type: 'resident',
  });
  target.add('users', { username: 'seed-keeper', email: 'seed-keeper@example.com' });
  target.add('rotations', { name: 'seed clinic of somebody', is_archived: false });
  const before = target.counts();
  await seed();
  const used = target.rows.blocks[3];
  const theirs = target.add('assignments', { person_id: other.id, block_id: used?.id, notes: null });
  const { left } = await remove();
  assert.deepEqual(left, [
    'blocks (1): assignments of others are in them',
    'rotations seed blocks 2026-11-23 to 2027-03-14: says which blocks were made, and some are left',
  ]);
  assert.deepEqual(target.counts(), { ...before, rotations: 2, blocks: 1, assignments: 1 });
  target.rows.assignments = target.rows.assignments.filter((one) => one !== theirs);
  assert.deepEqual((await remove()).left, []);
  assert.deepEqual(target.counts(), before);
});

test('nobody is in two places, and each faculty member has four weeks ahead in each size', () => {
  for (const name of ['small', 'medium', 'large']) {
    const { accounts } = sizeNamed(name);
    const names = (role: 'resident' | 'faculty') =>
      Array.from({ length: accounts.get(role) ?? 0 }, (_, index) => `seed-${role}-${index + 1}`);
    const slots = slotsOf(names('resident'), names('faculty'), calendarOf(TODAY));
    const places = new Set(slots.map(({ username, date, half }) => `${username} ${date} ${half}`));
    assert.equal(places.size, slots.length);
    for (const username of names('faculty')) {
      const weeks = slots.filter((one) => one.username === username && one.date >= '2026-12-07');
      assert.ok(new Set(weeks.map(({ date }) => mondayOf(date))).size >= 4, `${name}: ${username}`);
    }
  }
});

test('it says how long it takes: three accounts a minute where the target counts them', async (t) => {
  const { api, wanted } = setUp(t);
  const plan = await planFor(api, { ...wanted(), size: sizeNamed('large') });
  assert.equal(timeFor(plan, true), 'in about 1 h 39 min (it takes three accounts a minute)');
  assert.match(timeFor(plan, false), /^in about \d min$/);
});

test('days in a row are one range', () => {
  const days = ['2026-11-30', '2026-12-01', '2026-12-04'];
  assert.deepEqual(rangesOf(days), [
    { start: '2026-11-30', end: '2026-12-01' },
    { start: '2026-12-04', end: '2026-12-04' },
  ]);
});
