/** Certificates that must not be trusted, TLS where there is none and the other way round: reported, or taken if asked. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ApiClient } from '../../../api/client/api-client.ts';
import { connectionsTo } from '../../../api/client/connections.ts';
import * as auth from '../../../api/operations/auth.ts';
import { ConfigError, TargetUnreachable } from '../../../config/errors.ts';
import type { Account } from '../../../fixtures/accounts.ts';
import { checkAccounts } from '../../../measure/target/check-accounts.ts';
import { tlsProblem } from '../../../measure/target/connection.ts';
import { checkTarget } from '../../../measure/target/probe.ts';
import { TargetWatch } from '../../../measure/target/watch.ts';
import { makeCertificate, noTls, serveTls } from './tls-server.ts';

const scheduler: RequestListener = (request, response) => {
  const json = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url === '/login')
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  else if (request.url === '/api/v1/auth/login') json(200, { access_token: 'a', refresh_token: 'r' });
  else if (request.url === '/api/v1/auth/me' && request.headers.authorization)
    json(200, { id: '1', username: 'ann', email: 'ann@example.org', role: 'resident', is_active: true });
  else if (request.url === '/api/v1/auth/me') json(401, { detail: 'Not authenticated' });
  else json(200, {});
};

const ANN = { role: 'resident', username: 'ann', password: 'Never-Shown-1' } as const;

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('it was taken'),
    (refused: Error) => refused,
  );
  assert.ok(error instanceof TargetUnreachable, String(error));
  assert.equal(error.message.split('\n').length, 1);
  return error.message;
}

test('a self-signed certificate is refused by name, and taken when asked to', { skip: noTls }, async (t) => {
  const url = await serveTls(t, makeCertificate(t), scheduler);
  assert.match(
    await refusal(checkTarget(url, `${url}/api/v1`, 1)),
    /^https:\/\/127\.0\.0\.1:\d+: its certificate is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\): renew it, or set INSECURE_TLS=true/,
  );
  await checkTarget(url, `${url}/api/v1`, 1, true);
});

test('an authority that Node does not know must be named to it, whether or not the chain is sent', async () => {
  for (const code of ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN'])
    assert.match(
      (await tlsProblem('https://a.example', { code })) ?? '',
      /an authority that Node does not know.*: name the authority’s file in NODE_EXTRA_CA_CERTS.*, or set INSECURE_TLS=true/,
    );
});

test('TLS asked of a port without it, and a TLS port asked without it', { skip: noTls }, async (t) => {
  const plain = createServer(scheduler);
  await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done));
  t.after(() => plain.close());
  const { port } = plain.address() as AddressInfo;
  const wrong = `https://127.0.0.1:${port}`;
  assert.match(
    await refusal(checkTarget(wrong, `${wrong}/api/v1`, 1)),
    new RegExp(
      `^${wrong}: it does not speak TLS there \\(\\w+\\): write http://127\\.0\\.0\\.1:${port}, or the port`,
    ),
  );
  const tls = await serveTls(t, makeCertificate(t), scheduler);
  const stripped = tls.replace('https', 'http');
  assert.match(
    await refusal(checkTarget(stripped, `${stripped}/api/v1`, 1)),
    new RegExp(`^${stripped}: it speaks TLS there: write ${tls}$`),
  );
});

test('the watch, the check of accounts and HTTP sessions take what was asked for too', {
  skip: noTls,
}, async (t) => {
  const url = await serveTls(t, makeCertificate(t), scheduler);
  const apiUrl = `${url}/api/v1`;
  const check = (role: Account['role']) =>
    checkAccounts({
      apiUrl,
      accounts: [{ ...ANN, role }],
      uses: new Map([[role, 1]]),
      source: 'accounts.yml',
      insecureTls: true,
    });
  await check('resident');
  await assert.rejects(
    check('faculty'),
    (error: unknown) => error instanceof ConfigError && /ann is resident on the target/.test(error.message),
  );

  const statusOf = async (insecureTls: boolean) => {
    const dispatcher = connectionsTo(apiUrl, insecureTls);
    const context = { session: 's1', role: 'resident' } as const;
    const api = new ApiClient({ apiUrl, dispatcher, context, recorder: { write: () => undefined } });
    const { status } = await api.request(auth.me, { mayFail: true });
    await dispatcher.destroy();
    return status;
  };
  assert.deepEqual([await statusOf(true), await statusOf(false)], [401, 0]);

  const died = (insecureTls: boolean) =>
    new Promise<string>((done) => {
      const times = { every: 10, limit: 500 };
      const watch = new TargetWatch(url, apiUrl, { died: done, silent: () => undefined }, times, insecureTls);
      setTimeout(() => {
        watch.stop();
        done('it lives');
      }, 500);
    });
  assert.equal(await died(true), 'it lives');
  assert.match(await died(false), /were refused \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
});
