import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { AccessLine } from '../../fixtures/scheduler/server/access-log.ts';
import { draw } from '../../fixtures/scheduler/server/faults.ts';
import { seededRandom } from '../../fixtures/scheduler/server/random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { call, start, token } from './running.ts';

async function withFaults(t: TestContext, rules: unknown[], env: Record<string, string> = {}) {
  const running = await start(t, env);
  const answer = await call<unknown>(`${running.url}/__faults`, 'POST', { body: rules });
  assert.equal(answer.status, 200, answer.text);
  return running;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function times(n: number, url: string): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < n; i++) taken.push((await call(url)).ms);
  return taken;
}

/** Other work on the machine only ever adds to a time. */
const quickest = (values: number[]) => Math.min(...values);

test('a delay moves its route by what it says, and no other', async (t) => {
  const { api, url } = await withFaults(t, []);
  const [people, blocks] = [`${api}/enums/person-types`, `${api}/enums/pgy-levels`];
  const before = [quickest(await times(9, people)), quickest(await times(9, blocks))];
  await call(`${url}/__faults`, 'POST', { body: [{ route: 'GET /api/v1/enums/person-*', delayMs: 100 }] });
  const moved = quickest(await times(9, people)) - (before[0] ?? 0);
  // A timer is never early, and late by the loop's own work.
  assert.ok(moved > 98 && moved < 115, `moved by ${moved} ms`);
  const still = quickest(await times(9, blocks)) - (before[1] ?? 0);
  assert.ok(Math.abs(still) <= 10, `the other moved by ${still} ms`);
  await call(`${url}/__faults`, 'DELETE');
  assert.ok(quickest(await times(9, people)) < 50);
});

test('delays run side by side and grow with the requests in flight', async (t) => {
  const { api } = await withFaults(t, [{ route: '* /api/v1/enums/*', delayPerInFlightMs: 40 }]);
  const start = performance.now();
  const all = await Promise.all(Array.from({ length: 4 }, () => call(`${api}/enums/pgy-levels`)));
  const total = performance.now() - start;
  const taken = all.map(({ ms }) => ms).sort((a, b) => a - b);
  assert.ok((taken[0] ?? 0) >= 39 && (taken[3] ?? 0) >= 158, taken.join());
  assert.ok(total < 4 * 160, `not one after the other: ${total}`);
});

test('draws of a distribution have its shape', () => {
  const random = seededRandom(7);
  const many = (delay: Parameters<typeof draw>[0]) => Array.from({ length: 4000 }, () => draw(delay, random));
  const normal = many({ distribution: 'normal', mean: 300, sd: 20 });
  const mean = normal.reduce((sum, x) => sum + x, 0) / normal.length;
  assert.ok(Math.abs(mean - 300) < 2, `mean ${mean}`);
  const sd = Math.sqrt(normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normal.length);
  assert.ok(Math.abs(sd - 20) < 1.5, `sd ${sd}`);
  const lognormal = median(many({ distribution: 'lognormal', median: 100, sigma: 0.5 }));
  assert.ok(Math.abs(lognormal - 100) < 5, `median ${lognormal}`);
  const uniform = many({ distribution: 'uniform', min: 10, max: 20 });
  assert.ok(Math.min(...uniform) >= 10 && Math.max(...uniform) < 20);
});

test('an error rate fails its share, the same ones for the same seed, with ids that the log knows', async (t) => {
  const log = join(temporaryFolder(), 'access.ndjson');
  const rule = { route: 'GET /api/v1/enums/*', errorRate: 0.3, errorStatus: 503, seed: 5 };
  const { api, url } = await withFaults(t, [rule], { SCHEDULER_ACCESS_LOG: log });
  const sequence = async () => {
    const answers = [];
    for (let i = 0; i < 60; i++) answers.push(await call(`${api}/enums/pgy-levels`));
    return answers;
  };
  const first = await sequence();
  const failed = first.filter(({ status }) => status === 503);
  assert.ok(failed.length >= 10 && failed.length <= 26, `${failed.length} of 60`);
  const known = new Map(
    (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as AccessLine)
      .map((line) => [line.id, line.status]),
  );
  for (const { headers } of failed) assert.equal(known.get(headers.get('x-request-id') ?? ''), 503);
  const [shown] = (await call<Array<{ matched: number; failed: number }>>(`${url}/__faults`)).json;
  assert.deepEqual([shown?.matched, shown?.failed], [60, failed.length]);

  await call(`${url}/__faults`, 'POST', { body: [rule] });
  assert.deepEqual(
    (await sequence()).map(({ status }) => status),
    first.map(({ status }) => status),
  );
});

test('an injected 429 looks like the one of the limiter', async (t) => {
  const { api } = await withFaults(t, [{ route: '*', rate429: 1 }]);
  const answer = await call(`${api}/enums/pgy-levels`);
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('retry-after'), '60');
  assert.ok(answer.headers.get('x-request-id'));
});

test('drop closes the connection, hang keeps it open without a word', async (t) => {
  const { api } = await withFaults(t, [
    { route: 'GET /api/v1/enums/pgy-levels', drop: true },
    { route: 'GET /api/v1/enums/person-types', hang: true },
  ]);
  await assert.rejects(call(`${api}/enums/pgy-levels`), /fetch failed/);
  const signal = AbortSignal.timeout(150);
  await assert.rejects(fetch(`${api}/enums/person-types`, { signal }), { name: 'TimeoutError' });
  assert.equal((await call(`${api}/enums/freeze-scopes`)).status, 200);
});

test('a trickled body is whole and comes at its rate', async (t) => {
  const { api, url } = await withFaults(t, []);
  const plain = await call(`${api}/enums/scheduling-algorithms`);
  const rate = plain.text.length * 4;
  await call(`${url}/__faults`, 'POST', {
    body: [{ route: '* /api/v1/enums/*', trickleBytesPerSecond: rate }],
  });
  const slow = await call(`${api}/enums/scheduling-algorithms`);
  assert.equal(slow.text, plain.text);
  assert.ok(slow.ms > 230 && slow.ms < 400, `${slow.ms} ms for a quarter of a second`);
});

test('a lost update answers as if it had written', async (t) => {
  const { api } = await withFaults(t, [{ route: 'POST /api/v1/people', lostUpdate: true }]);
  const as = { token: await token(api, 'coordinator01') };
  const body = { name: 'Dr Lost', type: 'faculty', email: 'lost@example.com' };
  const made = await call(`${api}/people`, 'POST', { ...as, body });
  assert.equal(made.status, 201);
  assert.equal(made.json.name, 'Dr Lost');
  assert.equal((await call(`${api}/people/${made.json.id}`, 'GET', as)).status, 404);
});

test('a rule that cannot work is refused with its number and field, and changes nothing', async (t) => {
  const { url } = await withFaults(t, [{ route: '*', delayMs: 1 }]);
  const refuse = async (body: unknown) => (await call(`${url}/__faults`, 'POST', { body })).json.detail;
  assert.match(
    String(await refuse([{ route: '*' }, { route: '*', errorRate: 3 }])),
    /rule 2: errorRate .* 0 to 1/,
  );
  assert.match(String(await refuse([{ route: 'people' }])), /rule 1: route must look like/);
  assert.match(String(await refuse([{ route: '*', dealyMs: 3 }])), /unknown field dealyMs/);
  assert.match(
    String(await refuse([{ route: '*', delayMs: { distribution: 'normal', mean: 3 } }])),
    /needs sd/,
  );
  assert.match(String(await refuse([{ page: '/people', layoutShift: 2 }])), /layoutShift .* 0.01 to 1/);
  assert.match(String(await refuse({ route: '*' })), /list/);
  const kept = await call<unknown[]>(`${url}/__faults`);
  assert.equal(kept.json.length, 1);
});

test('page faults are written into the document only while they are set', async (t) => {
  const site = temporaryFolder();
  await writeFile(join(site, 'index.html'), '<html><head></head><body>page</body></html>');
  const { url } = await start(t, {}, site);
  const plain = readFileSync(join(site, 'index.html'), 'utf8');
  assert.equal((await call(`${url}/absences`)).text, plain);
  const fault = { page: '/absences', lateHeroMs: 900, blockOn: { name: '</script>', ms: 200 } };
  await call(`${url}/__faults`, 'POST', { body: [fault] });
  const { text } = await call(`${url}/absences`);
  const json = /<script>window\.__pageFaults=(.*?)<\/script>/.exec(text)?.[1] ?? '';
  assert.deepEqual(JSON.parse(json), [fault]);
  assert.deepEqual((await call<unknown>(`${url}/__faults/page`)).json, [fault]);
  await call(`${url}/__faults`, 'DELETE');
  assert.equal((await call(`${url}/absences`)).text, plain);
});

test('a restart refuses connections for as long as it is asked to, and keeps the data', async (t) => {
  const { api, url } = await start(t);
  const as = { token: await token(api, 'coordinator01') };
  const body = { name: 'Dr Kept', type: 'faculty' };
  const made = await call(`${api}/people`, 'POST', { ...as, body });
  assert.equal((await call(`${url}/__restart`, 'POST', { body: { downMs: 300 } })).status, 202);
  const asked = performance.now();
  let refused = 0;
  for (;;) {
    const up = await call(`${url}/health`).catch(() => undefined);
    if (up) break;
    refused++;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const down = performance.now() - asked;
  assert.ok(refused > 0 && down > 200 && down < 600, `${refused} refused in ${down} ms`);
  assert.equal((await call(`${api}/people/${made.json.id}`, 'GET', as)).json.name, 'Dr Kept');
});
