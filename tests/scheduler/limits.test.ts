import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { LOGIN, RateLimits } from '../../fixtures/scheduler/server/rate-limits.ts';
import { call, signIn, start, token } from './running.ts';

const ON = { SCHEDULER_RATE_LIMITS: 'on' };

/** Values of a header as they came over the wire: fetch would join them. */
function rawHeader(url: string, method: string, name: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    get(url, { method, agent: false }, (response) => {
      response.resume();
      const raw = response.rawHeaders;
      resolve(raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === name));
    }).on('error', reject);
  });
}

test('limits are off by default', async (t) => {
  const { api } = await start(t);
  for (let i = 0; i < 8; i++) assert.equal((await signIn(api, 'resident01', 'wrong')).status, 401);
  const answer = await call(`${api}/blocks?block_number=9`);
  assert.equal(answer.headers.get('x-ratelimit-limit'), null);
  assert.equal(answer.headers.get('retry-after'), null);
});

test('the sixth sign-in of a minute is refused, whatever the name, in the shape of the contract', async (t) => {
  const { api } = await start(t, ON);
  for (let i = 1; i <= 5; i++) assert.equal((await signIn(api, `resident0${i}`)).status, 200);
  const refused = await signIn(api, 'resident06');
  assert.equal(refused.status, 429);
  const { detail } = refused.json as unknown as { detail: Record<string, unknown> };
  assert.deepEqual(
    { ...detail, reset_at: typeof detail.reset_at },
    {
      error: 'Rate limit exceeded',
      message: 'Too many requests. Please try again in 60 seconds.',
      limit: 5,
      remaining: 0,
      reset_at: 'number',
    },
  );
  const wait = Number(refused.headers.get('retry-after'));
  assert.ok(wait > 50 && wait <= 60, `Retry-After ${wait}`);
  assert.deepEqual(await rawHeader(`${api}/auth/login`, 'POST', 'x-ratelimit-limit'), ['5', '200']);
});

test('refused sign-ins count too: who waits as long as a refusal says is refused once more, then no longer', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_500 });
  const limits = new RateLimits();
  const attempt = () => limits.attempt('login', '10.0.0.1', LOGIN);
  const refused = () => assert.throws(attempt, { status: 429 });
  for (let index = 0; index < LOGIN.limit; index++) attempt();
  refused();
  // Who goes on trying is refused for longer than a window.
  for (let index = 0; index < LOGIN.limit; index++) {
    t.mock.timers.tick(11_000);
    refused();
  }
  t.mock.timers.tick(6000);
  refused();
  t.mock.timers.tick(61_000);
  attempt();
  for (let index = 0; index < LOGIN.limit - 1; index++) attempt();
  refused();
  t.mock.timers.tick(60_000);
  refused();
  t.mock.timers.tick(60_000);
  attempt();
});

test('ordinary answers carry Retry-After and a reset with a fraction', async (t) => {
  const { api } = await start(t, ON);
  const answer = await call(`${api}/enums/pgy-levels`);
  assert.equal(answer.status, 200);
  assert.ok(Number(answer.headers.get('retry-after')) >= 58);
  assert.equal(answer.headers.get('x-ratelimit-limit'), '200');
  assert.equal(answer.headers.get('x-ratelimit-remaining'), '199');
  assert.match(answer.headers.get('x-ratelimit-reset') ?? '', /^\d{10}\.\d+$/);
});

test('200 requests a minute for each client and path, then the other shape of 429', async (t) => {
  const { api } = await start(t, ON);
  const url = `${api}/enums/person-types`;
  const statuses = await Promise.all(
    Array.from({ length: 200 }, () => call(url).then(({ status }) => status)),
  );
  assert.ok(statuses.every((status) => status === 200));
  const refused = await call(url);
  assert.equal(refused.status, 429);
  assert.deepEqual(refused.json, {
    detail: {
      error: 'Rate limit exceeded: 200 per 1 minute. Please retry after 60 seconds.',
      retry_after: 60,
    },
  });
  assert.equal((await call(`${api}/enums/pgy-levels`)).status, 200, 'another path');
  const other = await call(url, 'GET', { headers: { 'x-forwarded-for': '10.0.0.9' } });
  assert.equal(other.status, 200, 'another client');
  assert.equal((await call(`${api}/nowhere`)).headers.get('x-ratelimit-limit'), null, 'an unknown path');
});

test('an account is locked after five failures, before its password is looked at', async (t) => {
  const { world } = await start(t, ON);
  for (let i = 0; i < 4; i++) world.limits.loginFailed('Resident01');
  world.limits.refuseLocked('resident01');
  world.limits.loginFailed('resident01');
  assert.throws(() => world.limits.refuseLocked('RESIDENT01'), {
    status: 429,
    message: /Try again in 60 seconds/,
  });
  world.limits.loginFailed('resident01');
  assert.throws(() => world.limits.refuseLocked('resident01'), /in 120 seconds/);
  world.limits.loginSucceeded('resident01');
  world.limits.refuseLocked('resident01');
});

test('with limits on a successful generation answers 500 after its draft is stored', async (t) => {
  const { api } = await start(t, ON);
  const admin = await token(api, 'admin01');
  const body = { start_date: '2026-12-14', end_date: '2026-12-15', create_draft: true };
  assert.equal((await call(`${api}/schedule/generate`, 'POST', { body, token: admin })).status, 500);
  const drafts = await call(`${api}/schedules/drafts`, 'GET', { token: admin });
  assert.equal(drafts.json.total, 1);
  // The third of a minute is refused, with the headers of that limit and not of the one around every route.
  await call(`${api}/schedule/generate`, 'POST', { body, token: admin });
  const refused = await call(`${api}/schedule/generate`, 'POST', { body, token: admin });
  assert.equal(refused.status, 429);
  const header = (name: string) => refused.headers.get(name);
  assert.deepEqual([header('retry-after'), header('x-ratelimit-remaining')], ['60', '0']);
});
