import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { loadAccounts } from '../../../fixtures/accounts.ts';
import { closedPort } from '../../alert/receivers.ts';

it('docker/first-admin.ts makes the first user once, with its password in the file beforehand', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'first-admin-'));
  const file = join(folder, 'real.yml');
  const users: Array<Record<string, string>> = [];
  let isLost = true;
  /** As the application: the first user ever may be made by anybody, others by an admin. */
  const server = createServer(async (request, response) => {
    assert.equal(request.url, '/api/v1/auth/register');
    const user = JSON.parse(await text(request));
    response.statusCode = users.length === 0 ? 201 : 403;
    if (users.length === 0) users.push({ ...user, file: readFileSync(file, 'utf8') });
    if (isLost) response.destroy();
    else response.end('{}');
  }).listen(0, '127.0.0.1');
  context.after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const run = async (variables: Record<string, string>) => {
    const child = spawn(process.execPath, [join(ROOT, 'docker/first-admin.ts')], {
      env: childEnvironment({
        BASE_URL: `http://127.0.0.1:${port}`,
        ENVIRONMENT: 'ci',
        ACCOUNTS_FILE: file,
        ...variables,
      }),
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise((done) => child.on('close', done));
    return { code, output: (await output).join('') };
  };

  const without = await run({ FIRST_ADMIN_PASSWORD: '' });
  assert.deepEqual(without, {
    code: 2,
    output: 'FIRST_ADMIN_PASSWORD: not set. Write it into docker/.env.\n',
  });
  const password = 'Aa1-quote"and\\slash';
  const notReached = await run({
    FIRST_ADMIN_PASSWORD: password,
    BASE_URL: `http://127.0.0.1:${await closedPort()}`,
  });
  assert.deepEqual([notReached.code, existsSync(file)], [2, false], notReached.output);
  // The user is there, and the answer never came: nobody else knows the password.
  const lost = await run({ FIRST_ADMIN_PASSWORD: password });
  assert.deepEqual([lost.code, existsSync(file)], [2, true], lost.output);
  assert.match(lost.output, /no answer; the first admin may be there/);
  isLost = false;
  assert.match((await run({ FIRST_ADMIN_PASSWORD: password })).output, /there already/);
  users.length = 0;
  rmSync(file);
  const first = await run({ FIRST_ADMIN_PASSWORD: password });
  assert.equal(first.code, 0, first.output);
  assert.deepEqual(loadAccounts(file), [{ role: 'admin', username: 'first-admin', password }]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(users[0]?.password, password);
  assert.ok(users[0]?.file?.includes('first-admin'), 'the file was written first');
  assert.ok(!first.output.includes(password));
  const again = await run({ FIRST_ADMIN_PASSWORD: password });
  assert.equal(again.code, 0, again.output);
  assert.match(again.output, /there already/);
  const elsewhere = join(folder, 'other.yml');
  const stranger = await run({ FIRST_ADMIN_PASSWORD: password, ACCOUNTS_FILE: elsewhere });
  assert.equal(stranger.code, 2);
  assert.match(stranger.output, /has users already/);
  assert.ok(!existsSync(elsewhere), 'a file of an admin that is none would mislead');
});
