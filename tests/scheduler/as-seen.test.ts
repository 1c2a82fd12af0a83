/** What the real application was seen to do, wrong or not (docs/contract/verified.md §6): journeys meet it here first. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { socketUrl } from '../../fixtures/scheduler/web/src/lib/socket-url.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { as, call, type List, start, token } from './running.ts';

const WEEK = { start_date: '2026-12-14', end_date: '2026-12-20', algorithm: 'cp_sat', create_draft: true };

/** The API through the server of the pages, whose requests carry an admin's token. */
async function throughPages(t: TestContext, env: Record<string, string> = {}) {
  const site = temporaryFolder();
  await writeFile(join(site, 'index.html'), '<html></html>');
  const { url, api } = await start(t, env, site);
  const admin = await token(api, 'admin01');
  return {
    url,
    ask: (method: string, path: string, body?: unknown) => call(api + path, method, { body, token: admin }),
  };
}

test('calls are overnight, weekend or backup; the four of the page are refused by the table, and none is made', async (t) => {
  const { ask } = await as(t, 'admin01');
  const calls = (await ask<List>('GET', '/call-assignments?limit=500')).json.items;
  assert.deepEqual([...new Set(calls.map(({ call_type }) => call_type))].sort(), ['overnight', 'weekend']);
  const [first] = calls;
  const call_date = '2027-05-03';
  for (const call_type of ['weekday', 'sunday', 'holiday', 'backup']) {
    const made = await ask('POST', '/call-assignments', {
      call_date,
      person_id: first?.person_id,
      call_type,
    });
    assert.equal(made.status, 500, call_type);
    assert.match(String(made.json.detail), /offset-naive and offset-aware datetimes/);
    // Nobody's middleware has seen it.
    assert.equal(made.headers.get('x-request-id'), null);
  }
  assert.equal((await ask<List>('GET', `/call-assignments/by-date/${call_date}`)).json.total, 0);
  const change = (call_type: string) => ask('PUT', `/call-assignments/${first?.id}`, { call_type });
  assert.deepEqual(
    [(await change('backup')).json.call_type, (await change('sunday')).status],
    ['backup', 500],
  );
});

test('proxy coverage has its own name for the day, and the status of a batch no results', async (t) => {
  const { ask } = await as(t, 'admin01');
  const { json: coverage } = await ask('GET', '/proxy-coverage?date=2026-11-24');
  assert.deepEqual([coverage.coverage_date, 'date' in coverage], ['2026-11-24', false]);
  const assignments = [await freeHalfDay(ask)];
  const made = await ask('POST', '/batch/create', { assignments });
  assert.deepEqual([made.status, 'results' in made.json], [201, true]);
  const { json: status } = await ask('GET', `/batch/status/${made.json.operation_id}`);
  assert.deepEqual([status.status, 'results' in status], ['completed', false]);
});

test('a batch with an item that fails answers 500 without an id, and changes nothing', async (t) => {
  const { ask } = await as(t, 'admin01');
  const assignments = [await freeHalfDay(ask)];
  const [one, other] = await Promise.all([1, 2].map(() => ask('POST', '/batch/create', { assignments })));
  assert.deepEqual([one?.status, other?.status].sort(), [201, 500]);
  const refused = one?.status === 500 ? one : other;
  assert.match(String(refused?.json.detail), /Object of type UUID is not JSON serializable/);
  assert.equal(refused?.headers.get('x-request-id'), null);
});

type Ask = Awaited<ReturnType<typeof as>>['ask'];

async function freeHalfDay(ask: Ask) {
  const person_id = (await ask<List>('GET', '/people/faculty')).json.items[0]?.id;
  const days = 'start_date=2026-12-21&end_date=2026-12-27';
  const blocks = (await ask<List>('GET', `/blocks?${days}`)).json.items;
  const taken = (await ask<List>('GET', `/assignments?${days}&page_size=500&person_id=${person_id}`)).json
    .items;
  const free = blocks.find(({ id }) => !taken.some(({ block_id }) => block_id === id));
  return { block_id: free?.id, person_id, role: 'primary' };
}

test('through the pages a slash at the end leads to and fro; on the API’s own origin it does not', async (t) => {
  const { url, ask } = await throughPages(t);
  for (const path of ['/notifications', '/conflicts']) {
    const off = await ask('GET', `${path}/?page=1`);
    assert.deepEqual([off.status, off.headers.get('location')], [308, `/api/v1${path}?page=1`]);
    const on = await ask('GET', `${path}?page=1`);
    assert.deepEqual([on.status, on.headers.get('location')], [307, `${url}/api/v1${path}/?page=1`]);
  }
  const own = await as(t, 'admin01');
  for (const path of ['/notifications/', '/conflicts/'])
    assert.equal((await own.ask('GET', path)).status, 200);
});

test('the list of runs answers 500 while one without metrics is among them', async (t) => {
  const { ask } = await as(t, 'admin01');
  assert.equal((await ask('GET', '/schedule/runs')).status, 200);
  const configurations = [{ algorithm: 'cp_sat' }];
  assert.equal((await ask('POST', '/schedule/queue/batch', { configurations })).status, 200);
  const answer = await ask('GET', '/schedule/runs');
  assert.deepEqual([answer.status, answer.headers.get('x-request-id')], [500, null]);
});

test('a range in which a resident is absent throughout is refused with 422; a day more is not', async (t) => {
  const { ask } = await as(t, 'admin01');
  const person_id = (await ask<List>('GET', '/people/residents')).json.items[2]?.id;
  const absent = { person_id, absence_type: 'vacation' };
  // Two absences, one after the other.
  for (const [start_date, end_date] of [
    ['2026-12-10', '2026-12-16'],
    ['2026-12-17', '2026-12-20'],
  ])
    assert.equal((await ask('POST', '/absences', { ...absent, start_date, end_date })).status, 201);
  const refused = await ask('POST', '/schedule/generate', WEEK);
  assert.deepEqual([refused.status, /absent throughout/.test(String(refused.json.detail))], [422, true]);
  const later = { ...WEEK, start_date: '2026-12-15', end_date: '2026-12-21' };
  assert.equal((await ask('POST', '/schedule/generate', later)).status, 200);
});

test('the server of the pages gives up on a generation with a plain 500, and the draft is made all the same', async (t) => {
  const { ask } = await throughPages(t, { SCHEDULER_GENERATION_MS: '900', SCHEDULER_PROXY_MS: '300' });
  const answer = await ask('POST', '/schedule/generate', WEEK);
  assert.deepEqual([answer.status, answer.text], [500, 'Internal Server Error']);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
  const pending = async () => (await ask('GET', '/schedules/drafts?status=draft')).json.total;
  for (let looks = 0; (await pending()) === 0 && looks < 100; looks += 1) await wait(50);
  assert.equal(await pending(), 1);
});

test('the pages try a socket at an address twice as long as that of the API', () => {
  assert.equal(socketUrl('/api/v1', 'https://a.example/schedule'), 'wss://a.example/api/v1/api/v1/ws');
  assert.equal(
    socketUrl('http://b.example:8000/api/v1', 'http://a.example/'),
    'ws://b.example:8000/api/v1/ws',
  );
});
