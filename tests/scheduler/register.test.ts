/** `POST /auth/register` as the contract has it (docs/contract/api.md §5.1, §2.1). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, signIn, start, token } from './running.ts';

const PASSWORD = 'Night-float-07:00';
const NEW = { username: 'new-resident', email: 'new-resident@example.com', password: PASSWORD };

interface Refusal {
  detail: string | Array<{ loc: string[]; msg: string }>;
}

test('an admin makes a user, who can sign in; without a role it is a coordinator', async (t) => {
  const { api } = await start(t);
  const admin = await token(api, 'admin01');
  const made = await call(`${api}/auth/register`, 'POST', {
    token: admin,
    body: { ...NEW, role: 'resident' },
  });
  assert.equal(made.status, 201);
  const { id, ...user } = made.json;
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.deepEqual(user, { username: NEW.username, email: NEW.email, role: 'resident', is_active: true });
  assert.equal((await signIn(api, NEW.username, PASSWORD)).status, 200);
  const other = { username: 'someone', email: 'someone@example.com', password: PASSWORD };
  const second = await call(`${api}/auth/register`, 'POST', { token: admin, body: other });
  assert.equal(second.json.role, 'coordinator');
  const found = await call(`${api}/admin/users?search=new-resident`, 'GET', { token: admin });
  assert.equal(found.json.total, 1, 'found in the administration, although it has no name');
});

test('no person comes with it, so that its schedule is nobody’s until one is made', async (t) => {
  const { api } = await start(t);
  const admin = await token(api, 'admin01');
  await call(`${api}/auth/register`, 'POST', { token: admin, body: { ...NEW, role: 'resident' } });
  const own = (await signIn(api, NEW.username, PASSWORD)).json.access_token;
  assert.equal((await call(`${api}/me/dashboard`, 'GET', { token: own })).status, 404);
  const person = { name: 'New Resident', type: 'resident', pgy_level: 1, email: NEW.email };
  await call(`${api}/people`, 'POST', { token: admin, body: person });
  assert.equal((await call(`${api}/me/dashboard`, 'GET', { token: own })).status, 200);
});

test('only an admin may, once there are users; the very first becomes admin whatever its role', async (t) => {
  const { api, world } = await start(t);
  const refused = async (access?: string) => {
    const { status, json } = await call<Refusal>(`${api}/auth/register`, 'POST', {
      body: NEW,
      token: access,
    });
    return [status, json.detail];
  };
  const admins = 'Admin access required to create users';
  assert.deepEqual(await refused(), [403, admins], 'nobody');
  assert.deepEqual(await refused('rubbish'), [403, admins], 'a token that is none');
  assert.deepEqual(await refused(await token(api, 'coordinator01')), [403, admins]);
  world.store.run('DELETE FROM users');
  const first = await call(`${api}/auth/register`, 'POST', { body: { ...NEW, role: 'resident' } });
  assert.deepEqual([first.status, first.json.role], [201, 'admin']);
});

test('a taken name or address is 400, what does not fit 422, a role that does not exist 500', async (t) => {
  const { api } = await start(t);
  const admin = await token(api, 'admin01');
  const ask = async (body: object) => {
    const { status, json } = await call<Refusal>(`${api}/auth/register`, 'POST', { token: admin, body });
    const { detail } = json;
    return Array.isArray(detail) ? `${status} ${detail.map(({ loc }) => loc.at(-1))}` : `${status} ${detail}`;
  };
  assert.equal(await ask({ ...NEW, username: 'resident01' }), '400 Username already registered');
  assert.equal(await ask({ ...NEW, email: 'resident01@example.com' }), '400 Email already registered');
  assert.equal(await ask({}), '422 username,email,password');
  assert.equal(await ask({ ...NEW, username: 'ab' }), '422 username');
  assert.equal(await ask({ ...NEW, username: 'a'.repeat(51) }), '422 username');
  assert.equal(await ask({ ...NEW, email: 'new@scheduler.local' }), '422 email');
  for (const password of [
    'Short-1',
    `Aa1-${'x'.repeat(125)}`,
    'onlylowercase',
    'lower4digits',
    'Password123!',
  ])
    assert.equal(await ask({ ...NEW, password }), '422 password', password);
  assert.match(await ask({ ...NEW, role: 'boss' }), /^500 .*check constraint/);
  assert.equal((await signIn(api, NEW.username, PASSWORD)).status, 401, 'none of these made it');
});

test('with limits on the fourth within the window is refused, bad bodies count, and then it goes on', async (t) => {
  const { api } = await start(t, { SCHEDULER_RATE_LIMITS: 'on', SCHEDULER_REGISTER_WINDOW_S: '2' });
  const admin = await token(api, 'admin01');
  const ask = (body: object) => call<Refusal>(`${api}/auth/register`, 'POST', { token: admin, body });
  const user = (n: number) => ({ ...NEW, username: `user-${n}`, email: `user-${n}@example.com` });
  assert.deepEqual(
    [(await ask(user(1))).status, (await ask({})).status, (await ask(user(2))).status],
    [201, 422, 201],
  );
  const refused = await ask(user(3));
  assert.equal(refused.status, 429);
  assert.match(JSON.stringify(refused.json.detail), /"limit":3,"remaining":0,"reset_at":\d{10}\}/);
  assert.ok(refused.headers.get('retry-after'));
  // The window begins at a whole second (tests/scheduler/limits.test.ts).
  await new Promise((resolve) => setTimeout(resolve, 3050));
  assert.equal((await ask(user(3))).status, 201);
});

test('a new password is hashed at the cost of a seeded one: signing in with it takes as long', async (t) => {
  const { api, world } = await start(t);
  const admin = await token(api, 'admin01');
  await call(`${api}/auth/register`, 'POST', { token: admin, body: NEW });
  const roundsOf = (username: string) =>
    world.store
      .get<{ password_hash: string }>('SELECT password_hash FROM users WHERE username = ?', username)
      ?.password_hash.split('$')[0];
  assert.equal(roundsOf(NEW.username), roundsOf('admin01'));
});
