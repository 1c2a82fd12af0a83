/** What journeys leave behind when the target fails them half-way: nothing. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import type { HttpJourney } from '../../api/journey.ts';
import generateSchedule from '../../api/journeys/generate-a-schedule.ts';
import requestAbsence from '../../api/journeys/request-and-withdraw-an-absence.ts';
import { addDays, isoDate, mondayOf } from '../../fixtures/data/dates.ts';
import { testData } from '../../fixtures/data/generate.ts';
import { Changes } from '../../measure/session/changes.ts';
import { client, type Handler, json, type Received, serve } from './server.ts';

/** Runs a journey without thinking; the error it ended with, if any. */
async function run(t: TestContext, journey: HttpJourney, handler: Handler) {
  const { apiUrl, received } = await serve(t, handler);
  const { api, checks } = client(t, apiUrl);
  const data = testData({ runId: 'r', session: 'a1', seed: 1 });
  const changes = new Changes(() => {});
  const shortOf: string[] = [];
  const effects: Array<{ defect: string; found: boolean }> = [];
  const error = await journey
    .run({
      api,
      check: api.check.bind(api),
      count: api.count.bind(api),
      effect: (defect, found) => void effects.push({ defect, found }),
      cutShort: ({ text }) => void shortOf.push(text),
      data,
      think: async () => {},
      wait: async () => {},
      user: { signIn: async () => {}, renew: async () => {}, signOut: async () => {} },
      change: changes.note,
      claimAll: () => true,
    })
    .then(() => undefined)
    .catch((thrown: Error) => thrown);
  await changes.undoAll();
  return { error, received, checks: checks(), shortOf, effects };
}

type Draft = {
  id: string;
  status: string;
  target_start_date: string;
  target_end_date: string;
  created_by: string;
};

const WEEKDAY = { is_weekend: false, is_holiday: false };
const USER = { id: 'me', username: 'ann', email: 'Ann@example.com', role: 'resident', is_active: true };

/** A target with four weeks of blocks and drafts; `generate` says how it answers. */
function draftTarget(generate: (body: Draft, response: ServerResponse, drafts: Draft[]) => void) {
  const monday = addDays(mondayOf(isoDate(Date.now())), 7);
  const days = Array.from({ length: 28 }, (_, index) => addDays(monday, index));
  const drafts: Draft[] = [];
  const draft = (start: string, id = randomUUID() as string): Draft => ({
    id,
    status: 'draft',
    target_start_date: start,
    target_end_date: addDays(start, 6),
    created_by: 'me',
  });
  const handler: Handler = ({ method, url, body }, response) => {
    const path = url.split('?')[0] ?? '';
    if (path.endsWith('/auth/me')) return json(response, 200, USER);
    if (path.endsWith('/blocks')) {
      const items = days.map((date) => ({ id: date, date, time_of_day: 'AM', block_number: 1, ...WEEKDAY }));
      return json(response, 200, { items, total: items.length });
    }
    if (path.endsWith('/schedule/generate')) {
      return generate(draft(JSON.parse(body).start_date), response, drafts);
    }
    if (method === 'DELETE') {
      const index = drafts.findIndex(({ id }) => path.endsWith(id));
      if (index >= 0) drafts.splice(index, 1);
      return response.writeHead(index >= 0 ? 204 : 404).end();
    }
    const page = { page: 1, page_size: 50, has_next: false, has_previous: false };
    return json(response, 200, { items: drafts, total: drafts.length, ...page });
  };
  return { handler, drafts, weeks: [0, 7, 14, 21].map((offset) => addDays(monday, offset)), draft };
}

const generations = (received: Received[]) =>
  received
    .filter(({ url }) => url.endsWith('/schedule/generate'))
    .map(({ body }) => JSON.parse(body).start_date);

test('a generation that answers 500 after saving its draft has made one: the journey goes on and discards it', async (t) => {
  const { handler, drafts } = draftTarget((draft, response, saved) => {
    saved.push(draft);
    json(response, 500, { detail: 'An error occurred generating the schedule' });
  });
  const { error, checks } = await run(t, generateSchedule, handler);
  assert.equal(error, undefined);
  assert.deepEqual(
    checks.map(({ name, ok }) => [name, ok]),
    [
      ['draft is listed', true],
      ['discarded draft is not listed', true],
    ],
  );
  assert.deepEqual(drafts, []);
});

test('a generation that answers 500 and has saved nothing fails', async (t) => {
  const { handler } = draftTarget((_, response) => {
    json(response, 500, { detail: 'An error occurred generating the schedule' });
  });
  const { error } = await run(t, generateSchedule, handler);
  assert.match(error?.message ?? '', /schedule\.generate .*500 An error occurred/);
});

test('a generation whose connection breaks fails, and its draft is discarded', async (t) => {
  const { handler, drafts } = draftTarget((draft, response, saved) => {
    saved.push(draft);
    response.socket?.destroy();
  });
  const { error } = await run(t, generateSchedule, handler);
  assert.match(error?.message ?? '', /reused connection closed before an answer began/);
  assert.deepEqual(drafts, []);
});

test('409: another run in progress cuts the journey short, and nobody else’s draft is touched', async (t) => {
  const { handler, drafts } = draftTarget((draft, response, saved) => {
    saved.push(draft);
    json(response, 409, { detail: 'overlapping run' });
  });
  const { error, shortOf } = await run(t, generateSchedule, handler);
  assert.equal(error, undefined);
  assert.deepEqual(shortOf, ['run in progress (409)']);
  assert.equal(drafts.length, 1);
});

test('500 because somebody was quicker cuts the journey short, and their draft stays', async (t) => {
  const { handler, drafts } = draftTarget((draft, response, saved) => {
    saved.push({ ...draft, created_by: 'somebody' });
    json(response, 500, { detail: 'draft conflict' });
  });
  const { error, shortOf } = await run(t, generateSchedule, handler);
  assert.equal(error, undefined);
  assert.deepEqual(shortOf, ['another draft came over the week']);
  assert.equal(drafts.length, 1);
});

test('422 says that it is about the target’s data', async (t) => {
  const { handler } = draftTarget((_, response) =>
    json(response, 422, { detail: 'No residents found matching criteria' }),
  );
  const { error } = await run(t, generateSchedule, handler);
  assert.match(
    error?.message ?? '',
    /422 No residents found matching criteria \(the target refuses this data, or/,
  );
});

test('weeks with a pending draft are left alone; with none left the journey goes on', async (t) => {
  const succeed = (draft: Draft, response: ServerResponse, saved: Draft[]) => {
    saved.push(draft);
    json(response, 200, {
      status: 'draft',
      message: '',
      total_blocks: 14,
      total_blocks_assigned: 1,
      run_id: 'x',
    });
  };
  const some = draftTarget(succeed);
  const [first = '', second = '', third = '', fourth = ''] = some.weeks;
  some.drafts.push(some.draft(first), some.draft(third), some.draft(fourth));
  const one = await run(t, generateSchedule, some.handler);
  assert.equal(one.error, undefined);
  assert.deepEqual(generations(one.received), [second]);
  assert.deepEqual(
    some.drafts.map((draft) => draft.target_start_date),
    [first, third, fourth],
  );
  const full = draftTarget(succeed);
  full.drafts.push(...full.weeks.map((week) => full.draft(week)));
  const none = await run(t, generateSchedule, full.handler);
  assert.equal(none.error, undefined);
  assert.deepEqual(generations(none.received), []);
  assert.deepEqual(none.shortOf, ['no week to come has blocks and no pending draft']);
});

/** Residents of the target, and whole weeks throughout which one of them is absent. */
function withAbsences(handler: Handler, leave: () => Array<{ start: string; end: string }>): Handler {
  return (received, response) => {
    const path = received.url.split('?')[0] ?? '';
    const items = path.endsWith('/people/residents')
      ? [{ id: 'ann' }, { id: 'bo' }]
      : leave().map(({ start, end }) => ({ person_id: 'bo', start_date: start, end_date: end }));
    if (/\/(people\/residents|absences)$/.test(path))
      return json(response, 200, { items, total: items.length });
    return handler(received, response);
  };
}

const made = (draft: Draft, response: ServerResponse, saved: Draft[]) => {
  saved.push(draft);
  const counts = { total_blocks: 14, total_blocks_assigned: 1, run_id: 'x' };
  json(response, 200, { status: 'draft', message: '', ...counts });
};

test('a week throughout which a resident is absent, by one absence or two, is not asked for; with no other the journey is cut short', async (t) => {
  const target = draftTarget(made);
  const [first = '', second = '', third = '', fourth = ''] = target.weeks;
  const whole = (monday: string) => ({ start: monday, end: addDays(monday, 6) });
  const two = [
    { start: second, end: addDays(second, 2) },
    { start: addDays(second, 3), end: addDays(second, 6) },
  ];
  const almost = { start: third, end: addDays(third, 5) };
  const one = await run(
    t,
    generateSchedule,
    withAbsences(target.handler, () => [whole(first), ...two, almost, whole(fourth)]),
  );
  assert.equal(one.error, undefined);
  assert.deepEqual(generations(one.received), [third]);
  const none = await run(
    t,
    generateSchedule,
    withAbsences(draftTarget(made).handler, () => target.weeks.map(whole)),
  );
  assert.deepEqual([none.error, generations(none.received)], [undefined, []]);
  assert.match(none.shortOf.join(), /a resident is absent throughout each range/);
});

test('422 since a resident has become absent meanwhile cuts the journey short', async (t) => {
  let leave: Array<{ start: string; end: string }> = [];
  const { handler } = draftTarget((draft, response) => {
    leave = [{ start: draft.target_start_date, end: draft.target_end_date }];
    json(response, 422, { detail: 'No feasible schedule' });
  });
  const { error, shortOf } = await run(
    t,
    generateSchedule,
    withAbsences(handler, () => leave),
  );
  assert.equal(error, undefined);
  assert.match(shortOf.join(), /a resident is absent throughout/);
});

test('a proxy that gives up with a plain 500 while the draft is made: it is found afterwards, and counted by name', async (t) => {
  let later: Draft[] = [];
  let looks = 0;
  const target = draftTarget((draft, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
    later = [draft];
  });
  const { drafts } = target;
  const handler: Handler = (received, response) => {
    if (later.length > 0 && received.url.includes('/schedules/drafts?') && ++looks === 3)
      drafts.push(...later.splice(0));
    return target.handler(received, response);
  };
  const { error, effects } = await run(t, generateSchedule, handler);
  assert.equal(error, undefined);
  assert.deepEqual(effects, [{ defect: 'generation given up by the proxy', found: true }]);
  assert.deepEqual(drafts, []);
});

test('an absence that was created although its answer was lost is found by its note and withdrawn', async (t) => {
  const absences: Array<Record<string, string>> = [];
  const handler: Handler = ({ method, url, body }, response) => {
    const path = url.split('?')[0] ?? '';
    if (path.endsWith('/auth/me')) return json(response, 200, USER);
    if (path.endsWith('/people')) {
      const items = [{ id: 'p1', name: 'Ann', type: 'resident', email: 'ann@example.com' }];
      return json(response, 200, { items, total: 1 });
    }
    if (path.endsWith('/blocks')) return json(response, 200, { items: [], total: 0 });
    if (method === 'POST') {
      absences.push({ id: 'a1', ...JSON.parse(body) });
      return response.socket?.destroy();
    }
    if (method === 'DELETE') {
      absences.splice(0);
      return response.writeHead(204).end();
    }
    return json(response, 200, { items: absences, total: absences.length });
  };
  const { error, received } = await run(t, requestAbsence, handler);
  assert.match(error?.message ?? '', /absences\.create .*connection closed/);
  assert.deepEqual(absences, []);
  assert.equal(received.at(-1)?.url, '/api/v1/absences/a1');
});
