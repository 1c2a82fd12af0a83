import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { call, type Options, start, token } from './running.ts';

interface Row {
  id: string;
  name: string;
  [field: string]: unknown;
}
interface List {
  items: Row[];
  total: number;
}

async function as(t: TestContext, username: string, env: Record<string, string> = {}) {
  const running = await start(t, env);
  const access = await token(running.api, username);
  return {
    ...running,
    ask: <T = Record<string, unknown>>(method: string, path: string, body?: unknown, options: Options = {}) =>
      call<T>(running.api + path, method, { token: access, body, ...options }),
  };
}

test('answers of every kind carry the headers of the contract', async (t) => {
  const { ask, api } = await as(t, 'resident01');
  const people = await ask('GET', '/people');
  assert.match(people.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(people.headers.get('x-contains-phi'), 'true');
  assert.equal(people.headers.get('cache-control'), 'no-store, no-cache, must-revalidate');
  assert.equal(people.headers.get('x-frame-options'), 'DENY');
  assert.equal(people.headers.get('server-timing'), null);
  assert.equal((await ask('GET', '/blocks')).headers.get('x-contains-phi'), null);
  const refused = await call(`${api}/people`);
  assert.deepEqual([refused.status, refused.json], [401, { detail: 'Not authenticated' }]);
});

test('unknown paths, wrong methods and bad ids are told apart', async (t) => {
  const { ask, api } = await as(t, 'resident01');
  assert.deepEqual((await call(`${api}/persons`)).json, { detail: 'Not Found' });
  const wrong = await call(`${api}/people`, 'PATCH');
  assert.deepEqual([wrong.status, wrong.json], [405, { detail: 'Method Not Allowed' }]);
  assert.equal((await ask('GET', '/people/nonsense')).status, 422);
  assert.equal((await call(`${api}/people/nonsense`)).status, 401);
  assert.equal((await ask('GET', '/people/00000000-0000-4000-8000-000000000000')).status, 404);
  assert.equal((await ask('GET', '/admin/users')).status, 403);
});

test('the old prefix and a missing slash are redirected', async (t) => {
  const { url, api, ask } = await as(t, 'resident01');
  const old = await call(`${url}/api/people?type=faculty`);
  assert.deepEqual([old.status, old.headers.get('location')], [307, `${api}/people?type=faculty`]);
  assert.equal(old.headers.get('x-request-id'), null);
  const slash = await ask('GET', '/conflicts?page=1');
  assert.deepEqual([slash.status, slash.headers.get('location')], [307, `${api}/conflicts/?page=1`]);
});

test('a person is added, changed and removed; an e-mail is taken once', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  const body = { name: 'Dr New', type: 'resident', pgy_level: 2, email: 'new@example.com' };
  const made = await ask<Row>('POST', '/people', body);
  assert.equal(made.status, 201);
  assert.equal((await ask('POST', '/people', body)).json.detail, 'Person with this email already exists');
  const bare = await ask('POST', '/people', { name: 'X', type: 'resident' });
  assert.deepEqual([bare.status, bare.json.detail], [400, 'PGY level required for residents']);
  assert.equal((await ask('POST', '/people', { ...body, pgy_level: 4 })).status, 422);
  const changed = await ask<Row>('PUT', `/people/${made.json.id}`, { pgy_level: 3 });
  assert.deepEqual([changed.json.pgy_level, changed.json.name], [3, 'Dr New']);
  assert.equal((await ask('DELETE', `/people/${made.json.id}`)).status, 204);
  assert.equal((await ask('GET', `/people/${made.json.id}`)).status, 404);
});

test('a batch of people is all or nothing', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  const before = (await ask<List>('GET', '/people')).json.total;
  const good = { name: 'Dr A', type: 'faculty' };
  const mixed = { people: [good, { name: 'Dr B', type: 'resident' }] };
  assert.equal((await ask('POST', '/people/batch', mixed)).status, 400);
  assert.equal((await ask<List>('GET', '/people')).json.total, before);
  const dry = await ask('POST', '/people/batch', { people: [good], dry_run: true });
  assert.equal(dry.json.succeeded, 1);
  assert.equal((await ask<List>('GET', '/people')).json.total, before);
  assert.equal((await ask('POST', '/people/batch', { people: [good] })).status, 201);
  assert.equal((await ask<List>('GET', '/people')).json.total, before + 1);
});

test('a resident requests, changes and withdraws an absence', async (t) => {
  const { ask } = await as(t, 'resident03');
  const me = (await ask<List>('GET', '/people')).json.items.find(
    ({ email }) => email === 'resident03@example.com',
  );
  const body = {
    person_id: me?.id,
    start_date: '2027-01-04',
    end_date: '2027-01-05',
    absence_type: 'vacation',
  };
  const made = await ask<Row>('POST', '/absences', { ...body, notes: 'unique' });
  assert.equal(made.status, 201);
  const listed = await ask<List>('GET', '/absences');
  assert.ok(listed.json.items.some(({ notes }) => notes === 'unique'));
  const turned = await ask('PUT', `/absences/${made.json.id}`, { end_date: '2027-01-01' });
  assert.deepEqual([turned.status, turned.json.detail], [400, 'start_date must be on or before end_date']);
  assert.equal((await ask<Row>('PUT', `/absences/${made.json.id}`, { notes: 'other' })).json.notes, 'other');
  assert.equal((await ask('DELETE', `/absences/${made.json.id}`)).status, 204);
  const far = await ask('POST', '/absences', { ...body, end_date: '2036-01-01' });
  assert.deepEqual([far.status, far.headers.get('x-request-id')], [500, null]);
});

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

test('generation makes a draft, blocks the server meanwhile, and refuses a range with a pending one', async (t) => {
  const { ask, url } = await as(t, 'admin01');
  const busy = ask('POST', '/schedule/generate', WEEK);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const waited = await call(`${url}/health`);
  const made = await busy;
  assert.equal(made.status, 200);
  assert.equal(made.json.status, 'draft');
  assert.equal(made.json.total_blocks, 14);
  assert.equal(made.json.total_blocks_assigned, 110);
  assert.ok(made.ms > 400 && made.ms < 3000, `${made.ms} ms`);
  assert.ok(waited.ms > 200, `health waited ${waited.ms} ms`);
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

interface MySchedule {
  fmit_weeks: Array<{ week_start: string; can_request_swap: boolean }>;
}

test('a swap request stands once a week, reaches the colleague, and can be accepted', async (t) => {
  const { ask, api } = await as(t, 'faculty02');
  const colleagues = (await ask<List>('GET', '/people/faculty')).json.items;
  const target = colleagues.find(({ email }) => email === 'faculty03@example.com')?.id;
  const weeks = async () =>
    (await ask<MySchedule>('GET', '/portal/my/schedule')).json.fmit_weeks.filter(
      (week) => week.can_request_swap,
    );
  const before = await weeks();
  const week = before[0]?.week_start;
  const body = { week_to_offload: week, preferred_target_faculty_id: target, auto_find_candidates: false };
  const made = await ask('POST', '/portal/my/swaps', body);
  assert.deepEqual([made.status, made.json.success], [200, true]);
  assert.equal((await ask('POST', '/portal/my/swaps', body)).status, 400);
  assert.equal((await weeks()).length, before.length - 1);

  const other = { token: await token(api, 'faculty03') };
  type Mine = { incoming_requests: Array<{ id: string; other_faculty_name: string }> };
  const incoming = (await call<Mine>(`${api}/portal/my/swaps`, 'GET', other)).json.incoming_requests;
  assert.deepEqual(
    incoming.map(({ other_faculty_name }) => other_faculty_name),
    ['Dr Faculty 02'],
  );
  const path = `${api}/portal/my/swaps/${made.json.request_id}/respond`;
  const answer = await call(path, 'POST', { ...other, body: { accept: true } });
  assert.equal(answer.json.status, 'approved');
  assert.equal(
    (await ask('POST', '/portal/my/swaps', { ...body, week_to_offload: '2026-12-15' })).status,
    400,
  );
});

test('executing a swap fails when validation passes, as on the real application', async (t) => {
  const { ask } = await as(t, 'admin01');
  const [one, , three] = (await ask<List>('GET', '/people/faculty')).json.items;
  const swap = { source_faculty_id: one?.id, target_faculty_id: three?.id, swap_type: 'absorb', reason: 'r' };
  const future = { ...swap, source_week: '2027-01-11' };
  assert.equal((await ask('POST', '/swaps/validate', future)).json.valid, true);
  const failed = await ask('POST', '/swaps/execute', future);
  assert.equal(failed.status, 500);
  assert.match(String(failed.json.detail), /ExecutionResult can't be used in 'await'/);
  const past = await ask('POST', '/swaps/execute', { ...swap, source_week: '2026-11-02' });
  assert.deepEqual([past.status, past.json.success], [200, false]);
  assert.equal((await ask('POST', '/swaps/validate', { ...future, reason: '' })).status, 422);
});

test('doors stay closed: the marketplace to residents, drafts to faculty', async (t) => {
  const { ask } = await as(t, 'resident01');
  assert.equal((await ask('GET', '/portal/marketplace')).status, 403);
  assert.equal((await ask('GET', '/portal/my/schedule')).status, 403);
  assert.equal((await ask('DELETE', '/schedules/drafts/00000000-0000-4000-8000-000000000000')).status, 403);
  assert.equal((await ask('GET', '/admin/dashboard/summary')).status, 403);
});

test('assignments are written in batches, once for each person and block', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  const people = (await ask<List>('GET', '/people/residents')).json.items;
  const person = people.find(({ name }) => name === 'Dr Resident 02')?.id;
  const blocks = (await ask<List>('GET', '/blocks?start_date=2027-02-06&end_date=2027-02-06')).json.items;
  const assignments = blocks.map(({ id }) => ({ block_id: id, person_id: person, role: 'primary' }));
  const made = await ask('POST', '/batch/create', { assignments });
  assert.deepEqual([made.status, made.json.succeeded], [201, 2]);
  assert.equal((await ask('POST', '/batch/create', { assignments })).status, 400);
  const path = `/assignments?person_id=${person}&start_date=2027-02-06&end_date=2027-02-06`;
  const stored = (await ask<List>('GET', path)).json.items;
  const gone = { assignments: stored.map(({ id }) => ({ assignment_id: id })) };
  assert.equal((await ask('DELETE', '/batch/delete', gone)).json.succeeded, 2);
  assert.equal((await ask<List>('GET', path)).json.total, 0);
});

test('a WebSocket fails in its handshake', async (t) => {
  const { url } = await start(t);
  const { port, hostname } = new URL(url);
  const line = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        'GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      ),
    );
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
  assert.equal(line, 'HTTP/1.1 403 Forbidden');
});

test('metrics and Server-Timing come only when asked for', async (t) => {
  const off = await start(t);
  assert.equal((await call(`${off.url}/metrics`)).status, 404);
  const on = await start(t, { SCHEDULER_METRICS: 'on', SCHEDULER_SERVER_TIMING: 'on' });
  const answer = await call(`${on.api}/enums/pgy-levels`);
  assert.match(answer.headers.get('server-timing') ?? '', /^app;dur=[\d.]+$/);
  const { text } = await call(`${on.url}/metrics`);
  assert.match(text, /_count\{method="GET",handler="\/api\/v1\/enums\/pgy-levels",status="200"\} 1/);
});
