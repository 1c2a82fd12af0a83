import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, type Pair, signIn, start, token } from './running.ts';

test('a form sign-in gives tokens and a quoted httpOnly cookie', async (t) => {
  const { api } = await start(t);
  const answer = await signIn(api, 'resident01');
  assert.equal(answer.status, 200);
  assert.equal(answer.json.token_type, 'bearer');
  assert.equal(
    answer.headers.get('set-cookie'),
    `access_token="Bearer ${answer.json.access_token}"; HttpOnly; Max-Age=900; Path=/; SameSite=lax`,
  );
  const me = await call(`${api}/auth/me`, 'GET', { token: answer.json.access_token });
  assert.deepEqual(
    { ...me.json, id: undefined },
    {
      id: undefined,
      username: 'resident01',
      email: 'resident01@example.com',
      role: 'resident',
      is_active: true,
    },
  );
});

test('JSON signs in at its own path only', async (t) => {
  const { api } = await start(t);
  const body = { username: 'admin01', password: 'Rounds-at-0700!' };
  assert.equal((await call(`${api}/auth/login/json`, 'POST', { body })).status, 200);
  const refused = await call<{ detail: Array<{ loc: string[] }> }>(`${api}/auth/login`, 'POST', { body });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.json.detail[0]?.loc, ['body', 'username']);
});

test('a wrong password and an unknown name answer alike', async (t) => {
  const { api } = await start(t);
  for (const name of ['resident01', 'nobody']) {
    const answer = await signIn(api, name, 'wrong');
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.json, { detail: 'Incorrect username or password' });
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
});

test('each refresh token works once, and is no access token', async (t) => {
  const { api } = await start(t);
  const first = (await signIn(api, 'faculty01')).json;
  const refresh = (refresh_token: string) =>
    call<Pair>(`${api}/auth/refresh`, 'POST', { body: { refresh_token } });
  const second = await refresh(first.refresh_token);
  assert.equal(second.status, 200);
  assert.notEqual(second.json.refresh_token, first.refresh_token);
  const replayed = await refresh(first.refresh_token);
  assert.equal(replayed.status, 401);
  assert.deepEqual(replayed.json, { detail: 'Invalid or expired refresh token' });
  assert.equal((await refresh(second.json.refresh_token)).status, 200);
  assert.equal((await refresh(first.access_token)).status, 401);
  assert.equal((await call(`${api}/auth/me`, 'GET', { token: first.refresh_token })).status, 401);
});

test('the cookie wins over the header, also a bad cookie', async (t) => {
  const { api } = await start(t);
  const [admin, resident] = [await token(api, 'admin01'), await token(api, 'resident01')];
  const me = (cookie: string) => call(`${api}/auth/me`, 'GET', { token: admin, headers: { cookie } });
  assert.equal((await me(`access_token="Bearer ${resident}"`)).json.username, 'resident01');
  assert.equal((await me('access_token="Bearer rubbish"')).status, 401);
});

test('sign-out blacklists the token of the header, not one that lives in the cookie', async (t) => {
  const { api } = await start(t);
  const [one, two] = [await token(api, 'resident02'), await token(api, 'resident02')];
  const out = await call(`${api}/auth/logout`, 'POST', { token: one });
  assert.deepEqual(out.json, { message: 'Successfully logged out' });
  assert.match(out.headers.get('set-cookie') ?? '', /^access_token="";.*Max-Age=0/);
  assert.equal((await call(`${api}/auth/me`, 'GET', { token: one })).status, 401);
  const cookie = { cookie: `access_token="Bearer ${two}"` };
  assert.equal((await call(`${api}/auth/logout`, 'POST', { headers: cookie })).status, 200);
  assert.equal((await call(`${api}/auth/me`, 'GET', { headers: cookie })).status, 200);
});

test('a token that was changed or signed by another server is refused', async (t) => {
  const [one, two] = [await start(t), await start(t)];
  const foreign = await token(two.api, 'admin01');
  assert.equal((await call(`${one.api}/auth/me`, 'GET', { token: foreign })).status, 401);
  const own = await token(one.api, 'resident01');
  const [header, , signature] = own.split('.');
  const forged = `${header}.${foreign.split('.')[1]}.${signature}`;
  assert.equal((await call(`${one.api}/auth/me`, 'GET', { token: forged })).status, 401);
});
