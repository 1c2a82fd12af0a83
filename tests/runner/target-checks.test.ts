/** What is asked of a target before a run, and with which credentials. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Environment } from '../../config/environment.ts';
import type { Target } from '../../measure/target/target.ts';
import { targetChecks } from '../../runner/preflight/target.ts';
import { json, serve } from '../api/server.ts';

test('basic authentication is sent to the pages alone, and what it costs is said', async (t) => {
  const { apiUrl, received } = await serve(t, (_, response) => json(response, 401, {}));
  const target = { url: new URL(apiUrl).origin, apiUrl, facts: {} } as Target;
  const basicAuth = { username: 'ann', password: 'Rounds-0700' };
  const of = async (environment: Partial<Environment>) => {
    const checks = await targetChecks(target, environment as Environment, false);
    return checks.flatMap(({ what, state, seen }) =>
      what === 'basic authentication' ? [{ state, seen }] : [],
    );
  };
  assert.deepEqual(await of({ insecureTls: false }), []);
  assert.deepEqual(await of({ insecureTls: false, basicAuth }), [
    { state: 'warn', seen: `BASIC_AUTH is sent to ${target.url} only; browsers then keep no cache` },
  ]);
  const header = `Basic ${Buffer.from('ann:Rounds-0700').toString('base64')}`;
  assert.deepEqual(
    received.map(({ url, headers }) => [url, headers.authorization]),
    [
      ['/login', undefined],
      ['/api/v1/auth/me', undefined],
      ['/login', header],
      ['/api/v1/auth/me', undefined],
    ],
  );
});
