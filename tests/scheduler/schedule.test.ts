import assert from 'node:assert/strict';
import { test } from 'node:test';
import { as, type List } from './running.ts';

test('validation is worked out from the data', async (t) => {
  const { ask, world } = await as(t, 'admin01');
  type Result = { violations: Array<{ type: string; person_name: string | null }>; coverage_rate: number };
  const validate = async () =>
    (await ask<Result>('GET', '/schedule/validate?start_date=2026-11-01&end_date=2026-11-30')).json;
  const count = ({ violations }: Result, type: string) =>
    violations.filter((one) => one.type === type).length;
  const before = await validate();
  // As seen on the real application (contract/aria/resident_compliance.txt).
  assert.equal(count(before, '1_IN_7_VIOLATION'), 5);
  assert.equal(count(before, 'SUPERVISION_RATIO_VIOLATION'), 22);
  assert.equal(count(before, '80_HOUR_VIOLATION'), 0);
  assert.equal(before.coverage_rate, 1);
  const names = before.violations
    .filter(({ type }) => type.startsWith('1_IN_7'))
    .map((one) => one.person_name);
  assert.deepEqual(names.slice(0, 3), ['Dr Resident 01', 'Dr Resident 05', 'Dr Resident 09']);

  world.store.run(
    `DELETE FROM assignments WHERE person_id = (SELECT id FROM people WHERE name = 'Dr Resident 01')
     AND block_id IN (SELECT id FROM blocks WHERE is_weekend)`,
  );
  assert.equal(count(await validate(), '1_IN_7_VIOLATION'), 4);
  assert.equal((await ask('GET', '/schedule/validate?start_date=1&end_date=2')).status, 400);
});

test('every half-day of every day for four weeks breaks the 80 hours', async (t) => {
  const { ask, world } = await as(t, 'admin01');
  world.store.run(
    `INSERT OR IGNORE INTO assignments (id, block_id, person_id, role)
     SELECT 'x' || b.id, b.id, (SELECT id FROM people WHERE name = 'Dr Resident 02'), 'primary' FROM blocks b`,
  );
  const path = '/schedule/validate?start_date=2026-11-16&end_date=2026-12-13';
  const { violations } = (await ask<{ violations: Array<{ type: string; message: string }> }>('GET', path))
    .json;
  const hours = violations.filter(({ type }) => type === '80_HOUR_VIOLATION').map(({ message }) => message);
  assert.deepEqual(hours, ['Dr Resident 02: 84.0 hours/week average (limit: 80)']);
});

const WEEK = { start_date: '2026-12-14', end_date: '2026-12-20', algorithm: 'cp_sat', create_draft: true };

test('generation makes a draft and refuses a range with a pending one', async (t) => {
  const { ask } = await as(t, 'admin01');
  const made = await ask('POST', '/schedule/generate', WEEK);
  assert.equal(made.status, 200);
  assert.equal(made.json.status, 'draft');
  assert.equal(made.json.total_blocks, 14);
  assert.equal(made.json.total_blocks_assigned, 110);
  assert.ok(made.ms > 400 && made.ms < 3000, `${made.ms} ms`);
  assert.equal((await ask('POST', '/schedule/generate', WEEK)).status, 500);
  const drafts = await ask<List>('GET', '/schedules/drafts');
  const id = drafts.json.items[0]?.id;
  assert.equal(
    (await ask<{ assignments: unknown[] }>('GET', `/schedules/drafts/${id}`)).json.assignments.length,
    110,
  );
  assert.equal((await ask('DELETE', `/schedules/drafts/${id}`)).status, 204);
  assert.equal((await ask('POST', '/schedule/generate', WEEK)).status, 200);
});

test('generation keeps to its rules: keys, overlaps, missing data', async (t) => {
  const { ask, world } = await as(t, 'admin01');
  const keyed = (body: unknown) =>
    ask('POST', '/schedule/generate', body, { headers: { 'idempotency-key': 'k' } });
  const first = await keyed(WEEK);
  const again = await keyed(WEEK);
  assert.equal(again.headers.get('x-idempotency-replayed'), 'true');
  assert.deepEqual([again.json.run_id, again.json.total_assignments], [first.json.run_id, 110]);
  assert.equal((await keyed({ ...WEEK, timeout_seconds: 5 })).status, 422);
  const none = await ask('POST', '/schedule/generate', {
    ...WEEK,
    start_date: '2027-06-01',
    end_date: '2027-06-07',
  });
  assert.deepEqual([none.status, none.json.detail], [422, 'No residents found matching criteria']);
  const live = await ask('POST', '/schedule/generate', { ...WEEK, create_draft: false });
  assert.deepEqual([live.status, live.json.detail], [422, 'Required activity code not found: pcat']);
  const row = { id: 'r', status: 'in_progress', start_date: '2027-01-01', end_date: '2027-01-20' };
  world.store.insert('schedule_runs', row);
  const late = { ...WEEK, start_date: '2027-01-11', end_date: '2027-01-17' };
  assert.equal((await ask('POST', '/schedule/generate', late)).status, 409);
});

test('of two generations of one week at a time one is refused, and one draft is made', async (t) => {
  const { ask, world } = await as(t, 'admin01');
  const both = await Promise.all([1, 2].map(() => ask('POST', '/schedule/generate', WEEK)));
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  assert.equal((await ask<List>('GET', '/schedules/drafts?status=draft')).json.items.length, 1);
  const runs = world.store.all<{ status: string }>('SELECT status FROM schedule_runs');
  assert.deepEqual(
    runs.map(({ status }) => status),
    ['success'],
  );
  // A week with a draft fails after its work, and its run is not left in progress.
  assert.equal((await ask('POST', '/schedule/generate', WEEK)).status, 500);
  assert.equal(world.store.count(`SELECT count(*) FROM schedule_runs WHERE status = 'in_progress'`), 0);
});

test('a published draft is the schedule', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  await ask('POST', '/schedule/generate', WEEK);
  const id = (await ask<List>('GET', '/schedules/drafts')).json.items[0]?.id;
  const path = '/assignments?start_date=2026-12-14&end_date=2026-12-20&page_size=5000';
  const published = async () =>
    (await ask<List>('GET', path)).json.items.filter(({ created_by }) => created_by === 'draft').length;
  assert.equal(await published(), 0);
  const done = await ask('POST', `/schedules/drafts/${id}/publish`, { validate_acgme: true });
  assert.equal(done.json.published_count, 110);
  assert.equal(await published(), 110);
  assert.equal((await ask('POST', `/schedules/drafts/${id}/rollback`)).json.rolled_back_count, 110);
  assert.equal(await published(), 0);
});
