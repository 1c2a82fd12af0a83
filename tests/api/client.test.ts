import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiFailure } from '../../api/client/failure.ts';
import { operation } from '../../api/operation.ts';
import * as people from '../../api/operations/people.ts';
import * as swaps from '../../api/operations/swaps.ts';
import { NoteTaker } from '../../api/worker/live-notes.ts';
import type { EventSample } from '../../measure/run/samples.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { client, json, serve } from './server.ts';

const PERSON = {
  id: 'p1',
  name: 'Ann',
  type: 'resident',
  performs_procedures: false,
  created_at: '2026-03-14T12:00:00.123456',
  updated_at: '2026-03-14T12:00:00.123456',
  sunday_call_count: 0,
  weekday_call_count: 0,
  fmit_weeks_count: 0,
};
const quick = operation({ name: 'quick', class: 'crud', method: 'GET', path: '/quick', timeoutMs: 150 });

test('a request leaves one sample with its times, size, status and request id', async (t) => {
  const body = JSON.stringify({ items: [PERSON], total: 1 });
  const { apiUrl, received } = await serve(t, (request, response) => {
    setTimeout(() => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-request-id': request.headers['x-request-id'],
        'server-timing': 'db;dur=5',
      });
      response.write(body.slice(0, 10));
      setTimeout(() => response.end(body.slice(10)), 100);
    }, 100);
  });
  const { api, samples, requests } = client(t, apiUrl);
  const answer = await api.request(people.list, { query: { type: 'resident', pgy_level: undefined } });
  assert.equal(answer.data.items[0]?.name, 'Ann');
  assert.equal(samples.length, 1);
  const [sample] = requests();
  assert.ok(sample);
  assert.equal(sample.name, 'people.list');
  assert.equal(sample.class, 'crud');
  assert.equal(sample.status, 200);
  assert.equal(sample.ok, true);
  assert.equal(sample.bytes, Buffer.byteLength(body));
  assert.equal(sample.attempt, 1);
  assert.equal(sample.serverTiming, 'db;dur=5');
  assert.equal(sample.requestId, received[0]?.headers['x-request-id']);
  assert.equal(sample.error, undefined);
  assert.deepEqual(
    [sample.session, sample.role, sample.phase, sample.via],
    ['s1', 'resident', 'steady', 'http'],
  );
  // What is within is in parts.test.ts.
  assert.ok(sample.value >= 198, `value ${sample.value}`);
  assert.ok((sample.ttfb ?? 0) >= 99 && (sample.ttfb ?? 0) < sample.value - 90, `ttfb ${sample.ttfb}`);
  assert.equal(received[0]?.url, '/api/v1/people?type=resident');
});

test('a journey’s count is a sample of its own, of a whole number', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, {}));
  const { api, samples } = client(t, apiUrl);
  api.count('schedules generated');
  api.count('violations found', 0);
  assert.deepEqual(
    samples.map((sample) => sample.kind === 'count' && [sample.name, sample.value, sample.phase]),
    [
      ['schedules generated', 1, 'steady'],
      ['violations found', 0, 'steady'],
    ],
  );
  assert.throws(() => api.count('violations found', 0.5), /give a whole number of 0 or more/);
});

test('what the target says of its limit is in the sample where it is a number', async (t) => {
  const told = [
    { 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '199' },
    { 'x-ratelimit-limit': 'Limit(200 per 1 minute)', 'x-ratelimit-remaining': '0' },
    {},
  ];
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, {}, told.shift()));
  const { api, requests } = client(t, apiUrl);
  for (let n = 0; n < 3; n += 1) await api.request(quick);
  assert.deepEqual(
    requests().map(({ quota, quotaLeft }) => [quota, quotaLeft]),
    [
      [200, 199],
      [undefined, 0],
      [undefined, undefined],
    ],
  );
});

test('a redirect is an answer: where it leads is not asked', async (t) => {
  const elsewhere = await serve(t, (_, response) => json(response, 200, {}));
  const { apiUrl } = await serve(t, (_, response) =>
    json(response, 307, {}, { location: `${elsewhere.apiUrl}/quick` }),
  );
  const { api } = client(t, apiUrl);
  assert.equal((await api.request(quick, { mayFail: true })).status, 307);
  assert.deepEqual(elsewhere.received, []);
});

test('latency from due counts the wait before sending, and think time moves the due moment', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, {}));
  const begun = Date.now();
  const { api, requests } = client(t, apiUrl, { due: begun - 500 });
  await api.request(quick);
  const since = [Date.now() - begun + 500];
  api.thought(200);
  await delay(300);
  const again = Date.now();
  await api.request(quick);
  since.push(Date.now() - begun - 200);
  await api.request(quick);
  since.push(Date.now() - again);
  const waits = requests().map(({ fromDue = Number.NaN, value }) => ({ fromDue, before: fromDue - value }));
  const [first, late, prompt] = waits;
  assert.ok(first && first.fromDue >= 499 && late && late.before > 95 && prompt && prompt.before >= 0);
  // However long a busy machine takes: not longer than from when it can have been due.
  for (const [index, { fromDue }] of waits.entries())
    assert.ok(fromDue <= (since[index] ?? 0) + 2, `${fromDue} ms, and due ${since[index]} ms ago at most`);
});

test('an unexpected status is one failed sample and an ApiFailure; mayFail returns it; expect accepts it', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 409, { detail: 'overlapping run' }));
  const { api, requests } = client(t, apiUrl);
  await assert.rejects(api.request(people.list), (error: Error) => {
    assert.ok(error instanceof ApiFailure);
    assert.equal(error.status, 409);
    assert.equal(error.message, 'people.list (GET /people): 409 overlapping run');
    return true;
  });
  const returned = await api.request(people.list, { mayFail: true });
  assert.deepEqual([returned.status, returned.ok], [409, false]);
  const expected = await api.request(people.list, { expect: [200, 409] });
  assert.deepEqual([expected.status, expected.ok], [409, true]);
  assert.deepEqual(
    requests().map(({ ok, status, error }) => [ok, status, error]),
    [
      [false, 409, '409 overlapping run'],
      [false, 409, '409 overlapping run'],
      [true, 409, undefined],
    ],
  );
});

test('a 2xx that the operation does not name is a failure', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => json(response, 207, {}));
  const only200 = operation({ name: 'only 200', class: 'crud', method: 'GET', path: '/x', statuses: [200] });
  const { api, requests } = client(t, apiUrl);
  await assert.rejects(api.request(only200), ApiFailure);
  assert.equal(requests()[0]?.ok, false);
});

test('an answer that does not fit the schema is a failed check; the request itself succeeded', async (t) => {
  const answers: unknown[] = [
    { items: [{ ...PERSON, type: 'robot' }], total: 1 },
    { items: [PERSON], total: 1, page: 9, unheard: 'of' },
  ];
  const { apiUrl } = await serve(t, (_, response) => json(response, 200, answers.shift()));
  const { api, checks, requests } = client(t, apiUrl);
  await api.request(people.list);
  assert.equal(requests()[0]?.ok, true);
  assert.equal(checks().length, 1);
  assert.deepEqual([checks()[0]?.name, checks()[0]?.ok], ['people.list schema', false]);
  assert.match(checks()[0]?.error ?? '', /^items\.0\.type: /);
  await api.request(people.list);
  assert.equal(checks().length, 1, 'further fields are welcome, and a fitting answer writes nothing');
});

test('a success that is not JSON is a failed check and no data to go on with', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => response.end('<html>a proxy</html>'));
  const { api, checks } = client(t, apiUrl);
  await assert.rejects(api.request(people.list), /people\.list .*: 200 the answer is not JSON/);
  assert.equal(checks()[0]?.error, 'the answer is not JSON');
});

test('a hang, a stall in the body, a drop and a refusal are each status 0 with a reason', async (t) => {
  const { apiUrl, server } = await serve(t, ({ url }, response) => {
    if (url.endsWith('/stall')) response.writeHead(200, { 'content-length': '10' }).write('half');
    if (url.endsWith('/drop')) response.socket?.destroy();
    if (url.endsWith('/cut')) {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setTimeout(() => response.socket?.destroy(), 20);
    }
  });
  const at = (path: string) =>
    operation({ name: path, class: 'crud', method: 'GET', path: `/${path}`, timeoutMs: 150 });
  const { api, requests } = client(t, apiUrl);
  for (const path of ['hang', 'stall', 'drop', 'cut']) {
    await assert.rejects(
      api.request(at(path)),
      (error: Error) => error instanceof ApiFailure && error.status === 0,
    );
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(api.request(at('refused')), ApiFailure);
  const seen = Object.fromEntries(requests().map((sample) => [sample.name, sample]));
  assert.equal(requests().length, 5);
  for (const sample of requests()) assert.deepEqual([sample.status, sample.ok], [0, false], sample.name);
  assert.equal(seen.hang?.error, 'no whole answer within 0.15 s');
  assert.equal(seen.stall?.error, 'no whole answer within 0.15 s');
  assert.ok(
    (seen.hang?.value ?? 0) >= 149 && (seen.hang?.value ?? 999) < 260,
    `gave up after ${seen.hang?.value}`,
  );
  assert.equal(seen.drop?.error, 'connection closed before the answer was complete');
  assert.equal(seen.cut?.error, 'connection closed before the answer was complete');
  assert.equal(seen.refused?.error, 'connection refused');
  assert.ok(seen.stall?.ttfb !== undefined, 'the first byte came');
});

test('a stopped run interrupts a request without a failed sample, and still lets clean-up through', async (t) => {
  const { apiUrl, received } = await serve(t, ({ method }, response) => {
    if (method === 'DELETE') response.writeHead(204).end();
  });
  const stop = new AbortController();
  const { api, samples, requests } = client(t, apiUrl, { signal: stop.signal });
  const begun = Date.now();
  const hanging = api.request(people.list);
  const notes = new NoteTaker();
  await delay(30);
  const [group, ...others] = notes.handOver().underWay;
  assert.deepEqual([group?.name, group?.class, group?.begun.length, others], ['people.list', 'crud', 1, []]);
  const age = Date.now() - (group?.begun[0] ?? 0);
  assert.ok(age >= 20 && age <= Date.now() - begun + 2, `under way for ${age} ms`);
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(hanging, isInterruption);
  const most = Date.now() - begun + 2;
  assert.deepEqual(notes.handOver().underWay, []);
  await assert.rejects(api.request(people.list), isInterruption);
  assert.equal(requests().length, 0);
  assert.deepEqual(
    samples.map((sample) => sample.kind === 'event' && sample.name),
    ['request-interrupted'],
  );
  const { ms, fromDue, ...of } = (samples[0] as EventSample<'request-interrupted'>).data;
  assert.deepEqual(of, { operation: 'people.list', class: 'crud' });
  assert.ok(ms !== undefined && ms >= 45 && ms <= most, `interrupted after ${ms} ms`);
  assert.ok(fromDue !== undefined && fromDue >= ms, `due ${fromDue} ms before`);
  await api.request(people.remove, { params: { id: 'p1' }, cleanup: true });
  assert.equal(requests()[0]?.ok, true);
  assert.equal(received.at(-1)?.url, '/api/v1/people/p1');
});

test('a header on several lines is one list: of several quotas the scarcest counts', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => {
    response.setHeader('server-timing', ['app;dur=40', 'db;dur=30']);
    response.setHeader('x-ratelimit-limit', ['100', '<object>', '60']);
    response.setHeader('x-ratelimit-remaining', ['70', '<object>', '5']);
    response.setHeader('content-type', ['application/json', 'application/json']);
    response.writeHead(200).end('{"items":[],"total":0}');
  });
  const { api, requests } = client(t, apiUrl);
  assert.deepEqual((await api.request(people.list)).json, { items: [], total: 0 });
  const [{ serverTiming, quota, quotaLeft } = {}] = requests();
  assert.deepEqual([serverTiming, quota, quotaLeft], ['app;dur=40, db;dur=30', 60, 5]);
});

test('an interim answer is not the first byte of the answer', async (t) => {
  const { apiUrl } = await serve(t, (_, response) => {
    response.writeProcessing();
    setTimeout(() => json(response, 200, { items: [], total: 0 }), 60);
  });
  const { api, requests } = client(t, apiUrl);
  await api.request(people.list);
  const [{ ttfb = 0, download = 0 } = {}] = requests();
  assert.ok(ttfb >= 55 && download < ttfb, `first byte after ${ttfb} ms, then ${download} ms`);
});

test('a validation error tells fields and reasons, never what was sent', async (t) => {
  const detail = [{ loc: ['body', 'reason'], msg: 'too short', input: 'hunter2', type: 'x' }];
  const { apiUrl } = await serve(t, (_, response) => json(response, 422, { detail }));
  const { api, requests } = client(t, apiUrl);
  await assert.rejects(api.signIn('ann', 'hunter2'), (error: Error) => !error.message.includes('hunter2'));
  assert.match(requests()[0]?.error ?? '', /^422 body\.reason too short/);
  assert.ok(!JSON.stringify(requests()).includes('hunter2'));
});

test('path parameters and bodies are sent as the contract wants them', async (t) => {
  const { apiUrl, received } = await serve(t, (_, response) =>
    json(response, 200, { success: true, message: '' }),
  );
  const { api } = client(t, `${apiUrl}/`);
  await api.request(people.read, { params: { id: 'a/b c' }, mayFail: true });
  assert.equal(received[0]?.url, '/api/v1/people/a%2Fb%20c');
  const body = {
    source_faculty_id: 'a',
    source_week: '2026-11-23',
    target_faculty_id: 'b',
    swap_type: 'absorb' as const,
    reason: 'x',
  };
  await api.request(swaps.execute, { body, headers: { 'idempotency-key': 'k' } });
  assert.deepEqual(JSON.parse(received[1]?.body ?? ''), body);
  assert.equal(received[1]?.headers['content-type'], 'application/json');
  assert.equal(received[1]?.headers['idempotency-key'], 'k');
  // @ts-expect-error a path parameter must be given
  await assert.rejects(api.request(people.read, {}), /needs a value for id/);
});

for (const [what, type, body, text] of [
  ['a list of texts', 'application/json', '{"detail":["a","b"]}', '500 a; b'],
  [
    'a place that is a text',
    'application/json',
    '{"detail":[{"loc":"body.name","msg":"m"}]}',
    '500 body.name m',
  ],
  [
    'places that are no texts',
    'application/json',
    '{"detail":[{"loc":[{},null,1],"msg":{}},null,7]}',
    '500 1',
  ],
  ['an object', 'application/json', '{"detail":{"error":"e","message":["m"]}}', '500 e'],
  ['a long text', 'application/json', `{"detail":"${'x'.repeat(999)}"}`, `500 ${'x'.repeat(199)}…`],
  ['a number', 'application/json', '{"detail":7}', '500'],
  ['null', 'application/json', 'null', '500'],
  ['a text', 'application/json', '"sorry"', '500'],
  ['half of its JSON', 'application/json', '{"detail":', '500'],
  ['a megabyte of HTML', 'text/html', '<p>'.repeat(350_000), '500'],
  ['HTML that is called JSON', 'application/json', '<html>', '500'],
  ['nothing', 'application/json', '', '500'],
] as const) {
  test(`an error answer that holds ${what} is one sample and a failure with its status`, async (t) => {
    const { apiUrl } = await serve(t, (_, response) => {
      response.writeHead(500, { 'content-type': type }).end(body);
    });
    const { api, requests } = client(t, apiUrl);
    await assert.rejects(api.request(quick), new RegExp(`: ${text}$`));
    assert.equal(requests().length, 1);
    assert.deepEqual([requests()[0]?.status, requests()[0]?.error], [500, text]);
  });
}

for (const status of [301, 302, 303, 307, 308]) {
  test(`an answer of ${status} names where it leads, without its query, and is not followed`, async (t) => {
    const { apiUrl, received } = await serve(t, (_, response) => {
      response.writeHead(status, { location: '/api/v1/list/?token=abc' }).end();
    });
    const { api, requests } = client(t, apiUrl);
    await assert.rejects(
      api.request(quick),
      new RegExp(`: ${status} to /api/v1/list/: redirects are not followed$`),
    );
    assert.equal(received.length, 1);
    assert.equal(requests()[0]?.redirectTo, '/api/v1/list/');
  });
}
