import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { renewAfter } from '../../api/client/tokens.ts';
import * as auth from '../../api/operations/auth.ts';
import * as people from '../../api/operations/people.ts';
import { client, type Handler, json, serve, token } from './server.ts';

const NO_PEOPLE = { items: [], total: 0 };

/** Signs in `ann`, rotates refresh tokens as the target does, and knows which access tokens are good. */
function target(lifeSeconds: number) {
  let turn = 0;
  const good = new Set<string>();
  const refresh = new Set<string>();
  const pair = () => {
    turn += 1;
    const access = token(lifeSeconds, `ann${turn}`);
    good.add(access);
    refresh.add(`refresh-${turn}`);
    return { access_token: access, refresh_token: `refresh-${turn}`, token_type: 'bearer' };
  };
  const handler: Handler = ({ url, body, headers }, response) => {
    if (url.endsWith('/auth/login')) {
      const form = new URLSearchParams(body);
      const right = form.get('username') === 'ann' && form.get('password') === 'pass word&1';
      if (!right) return json(response, 401, { detail: 'Incorrect username or password' });
      return json(response, 200, pair(), { 'set-cookie': 'access_token=x' });
    }
    if (url.endsWith('/auth/refresh')) {
      const used = JSON.parse(body).refresh_token;
      if (!refresh.delete(used)) return json(response, 401, { detail: 'Invalid or expired refresh token' });
      return json(response, 200, pair());
    }
    const bearer = headers.authorization?.replace('Bearer ', '') ?? '';
    if (!good.has(bearer)) return json(response, 401, { detail: 'Not authenticated' });
    if (url.endsWith('/auth/logout')) {
      good.delete(bearer);
      return json(response, 200, { message: 'Successfully logged out' });
    }
    return json(response, 200, NO_PEOPLE);
  };
  return { handler, good };
}

test('sign-in sends the form, later requests the token and no cookie; sign-out forgets it', async (t) => {
  const { apiUrl, received } = await serve(t, target(900).handler);
  const { api, requests } = client(t, apiUrl);
  await api.signIn('ann', 'pass word&1');
  await api.request(people.list);
  await api.signOut();
  await assert.rejects(api.request(people.list), /401 Not authenticated/);
  assert.equal(received[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(received[0]?.headers.authorization, undefined);
  assert.match(received[1]?.headers.authorization ?? '', /^Bearer ey/);
  assert.ok(received.every(({ headers }) => headers.cookie === undefined));
  assert.deepEqual(
    requests().map(({ name, status }) => `${name} ${status}`),
    ['auth.login 200', 'people.list 200', 'auth.logout 200', 'people.list 401'],
  );
  assert.ok(!/pass word|refresh-1|eyJ/.test(JSON.stringify(requests())), 'no secret in a sample');
});

test('a wrong password is a failed sign-in that does not tell the password', async (t) => {
  const { apiUrl } = await serve(t, target(900).handler);
  const { api, requests } = client(t, apiUrl);
  await assert.rejects(api.signIn('ann', 'wr0ng-secret'), (error: Error) => {
    assert.match(error.message, /auth\.login .*401 Incorrect username or password/);
    return !error.message.includes('wr0ng-secret');
  });
  assert.equal(requests().length, 1);
});

test('a token is renewed before it expires, once for all requests that wait for it', async (t) => {
  const { apiUrl } = await serve(t, target(1).handler);
  const { api, requests } = client(t, apiUrl);
  await api.signIn('ann', 'pass word&1');
  await api.request(people.list);
  await delay(850);
  await Promise.all([api.request(people.list), api.request(people.list), api.request(people.list)]);
  assert.deepEqual(
    requests().map(({ name, ok }) => `${name} ${ok}`),
    ['auth.login true', 'people.list true', 'auth.refresh true', ...Array(3).fill('people.list true')],
  );
});

test('a token that is refused is renewed and the request tried once more, both on record', async (t) => {
  const { handler, good } = target(900);
  const { apiUrl } = await serve(t, handler);
  const { api, requests } = client(t, apiUrl);
  await api.signIn('ann', 'pass word&1');
  good.clear();
  const answer = await api.request(people.list);
  assert.equal(answer.ok, true);
  assert.deepEqual(
    requests().map(({ name, status, attempt }) => [name, status, attempt]),
    [
      ['auth.login', 200, 1],
      ['people.list', 401, 1],
      ['auth.refresh', 200, 1],
      ['people.list', 200, 2],
    ],
  );
});

test('a renewal that fails is reported as such', async (t) => {
  const { apiUrl } = await serve(t, ({ url }, response) => {
    if (url.endsWith('/auth/login')) {
      return json(response, 200, {
        access_token: token(1),
        refresh_token: 'refresh-1',
        token_type: 'bearer',
      });
    }
    return json(response, 401, { detail: 'Invalid or expired refresh token' });
  });
  const { api } = client(t, apiUrl);
  await api.signIn('ann', 'pass word&1');
  await delay(850);
  await assert.rejects(api.request(auth.me), /auth\.refresh .*401 Invalid or expired refresh token/);
});

test('when to renew: a 15-minute token after 14 minutes, a short one after four fifths, whatever the clocks', () => {
  const part = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  assert.equal(renewAfter(part({ iat: 1000, exp: 1900 })), 840_000);
  assert.equal(renewAfter(part({ iat: 1000, exp: 1010 })), 8_000);
  assert.equal(renewAfter(part({ exp: 1900 }), 1_000_000), 840_000);
  assert.equal(renewAfter(part({ iat: 1000, exp: 900 })), 0);
  assert.equal(renewAfter('not a token'), Number.POSITIVE_INFINITY);
});
