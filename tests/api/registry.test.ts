import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { httpJourneys, httpJourneysFor } from '../../api/journeys/registry.ts';
import { operationOf, operations } from '../../api/operations/registry.ts';

const ID = '3f2b8c1e-7d5a-4b6e-9c1f-0a2b3c4d5e6f';

test('a request is named after the operation that describes it best', () => {
  const cases: Array<[string, string, string, string]> = [
    ['POST', '/api/v1/auth/login', 'auth.login', 'auth'],
    ['GET', '/api/v1/people', 'people.list', 'crud'],
    ['GET', '/api/v1/people/faculty', 'people.faculty', 'crud'],
    ['GET', `/api/v1/people/${ID}`, 'people.read', 'crud'],
    ['DELETE', `/api/v1/people/${ID}`, 'people.delete', 'write'],
    ['GET', '/api/v1/schedule/2026-11-23/2026-12-20', 'schedule.range', 'complex'],
    ['GET', '/api/v1/schedule/validate', 'schedule.validate', 'complex'],
    ['POST', '/api/v1/schedule/generate', 'schedule.generate', 'generation'],
    ['GET', `/api/v1/schedule/runs/${ID}`, 'schedule.run', 'crud'],
    ['POST', '/api/v1/swaps/execute', 'swaps.execute', 'business'],
    ['GET', '/api/v1/absences/compliance/away-from-program', 'compliance.away from program', 'complex'],
    ['GET', '/api/v1/resilience/health', 'resilience.health', 'resilience'],
    ['GET', '/api/v1/enums/pgy-levels', 'enums.read', 'crud'],
    ['GET', '/api/v1/conflicts', 'conflicts.list', 'crud'],
    ['GET', '/api/v1/conflicts/', 'conflicts.list', 'crud'],
    // Below another prefix, below none, and in another case.
    ['get', '/scheduler/api/v1/blocks', 'blocks.list', 'crud'],
    ['GET', '/blocks', 'blocks.list', 'crud'],
  ];
  for (const [method, path, name, operationClass] of cases) {
    assert.deepEqual(operationOf(method, path), { name, class: operationClass }, `${method} ${path}`);
  }
});

test('an unknown request has a name without ids and dates, and a class by its method', () => {
  assert.deepEqual(operationOf('GET', `/api/v1/learners/${ID}/days/2026-11-23/7`), {
    name: 'other GET /learners/{id}/days/{date}/{n}',
    class: 'crud',
  });
  assert.deepEqual(operationOf('PATCH', '/api/v1/people/abc'), {
    name: 'other PATCH /people/abc',
    class: 'write',
  });
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdef';
  assert.equal(
    operationOf('GET', `/api/v1/calendar/subscribe/${token}`).name,
    'other GET /calendar/subscribe/{id}',
  );
  for (const part of ['a@b.de', 'a%40b.de', 'Ann%20Lee', 'ann-lee-17', '01arz3ndektsv4rrffq69g5fav'])
    assert.equal(operationOf('GET', `/api/v1/learners/${part}/days`).name, 'other GET /learners/{id}/days');
});

test('names and routes are unique: two operations with one name would mix their figures', () => {
  const names = operations.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  const routes = operations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  assert.deepEqual(
    routes.filter((route, index) => routes.indexOf(route) !== index),
    [],
  );
  for (const { method, path, name } of operations) {
    assert.equal(operationOf(method, path.replace(/\{\w+\}/g, ID)).name, name);
  }
});

test('each role has journeys, reading ones alone when read-only, and nothing to do is an error', () => {
  for (const role of ['admin', 'coordinator', 'faculty', 'resident'] as const) {
    assert.ok(httpJourneysFor(role).length >= 2, role);
  }
  assert.ok(httpJourneysFor('admin', { mayChange: [] }).every(({ changes }) => changes.length === 0));
  assert.throws(
    () => httpJourneysFor('faculty', { only: ['request a swap over HTTP'], mayChange: [] }),
    /no journey over HTTP for faculty among request a swap over HTTP where only this may be changed: nothing/,
  );
  assert.throws(
    () => httpJourneysFor('faculty', { only: ['swap requst'] }),
    /there is no journey "swap requst".*request a swap/,
  );
  assert.deepEqual(
    httpJourneysFor('faculty', { only: ['request a swap over HTTP'] }).map(({ name }) => name),
    ['request a swap over HTTP'],
  );
  assert.equal(new Set(httpJourneys.map(({ name }) => name)).size, httpJourneys.length);
});

test('nothing in api/ knows which target it meets', () => {
  const folder = new URL('../../api/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  assert.ok(files.length > 30);
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    assert.doesNotMatch(text, /localhost|127\.0\.0\.1|embedded|fixtures\/scheduler|process\.env/, name);
  }
});
