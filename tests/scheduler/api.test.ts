import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { as, call, type List, type Row, start } from './running.ts';

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

test('unknown paths, wrong methods and bad ids are distinguished', async (t) => {
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
  assert.equal((await ask('POST', '/batch/create', { assignments })).status, 500);
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
