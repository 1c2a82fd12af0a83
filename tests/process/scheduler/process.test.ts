import assert from 'node:assert/strict';
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { childEnvironment } from '../../../config/environment.ts';
import type { AccessLine } from '../../../fixtures/scheduler/server/access-log.ts';
import { readSettings } from '../../../fixtures/scheduler/server/settings.ts';
import { call, MAIN, QUICK, type Ready, signIn, startProcess } from '../../scheduler/running.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function run(env: Record<string, string>) {
  const child = spawnSync(process.execPath, [MAIN], {
    env: { ...childEnvironment(), ...QUICK, ...env },
    encoding: 'utf8',
  });
  return { code: child.status, stderr: child.stderr.trim() };
}

test('tells its parent where it is and who can sign in', async (t) => {
  const { child, ready } = await startProcess(t);
  assert.match(ready.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const roles = new Set(ready.accounts.map(({ role }) => role));
  assert.deepEqual([...roles].sort(), ['admin', 'coordinator', 'faculty', 'resident']);
  for (const role of roles) {
    const account = ready.accounts.find((one) => one.role === role);
    assert.ok(account);
    assert.equal((await signIn(`${ready.url}/api/v1`, account.username, account.password)).status, 200);
  }
  const printed = String(child.stdout?.read());
  assert.ok(printed.includes(ready.url) && printed.includes('small') && printed.includes('resident01'));
  assert.ok(printed.trim().split('\n').length <= 6, printed);
});

test('stops on SIGTERM, and when the channel to its parent closes', async (t) => {
  const first = await startProcess(t);
  first.child.kill('SIGTERM');
  assert.deepEqual(await once(first.child, 'exit'), [0, null]);
  const second = await startProcess(t);
  second.child.disconnect();
  assert.deepEqual(await once(second.child, 'exit'), [0, null]);
});

async function gone(pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

test('stops when its parent is killed without a word', async (t: TestContext) => {
  // A shell in between, so that there is no channel: only the parent's absence tells.
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${MAIN}" & echo $!; wait`], {
    env: { ...childEnvironment(), ...QUICK, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of shell.stdout) {
    text += String(chunk);
    if (text.includes('Accounts')) break;
  }
  const pid = Number(text.split('\n')[0]);
  t.after(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone, as it should be.
    }
  });
  process.kill(pid, 0);
  shell.kill('SIGKILL');
  assert.ok(await gone(pid, 4000), 'still there 4 s after its parent died');
});

test('a taken port and bad settings are one line each, exit code 2', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const { port } = other.address() as { port: number };
  const taken = run({ PORT: String(port) });
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, new RegExp(`^Port ${port} is taken\\..*PORT.*$`));
  const bad = run({ SCHEDULER_SIZE: 'huge' });
  assert.deepEqual([bad.code, bad.stderr], [2, 'SCHEDULER_SIZE=huge: expected small, medium, large.']);
});

test('each bad setting is reported with its name, its value and what is expected', () => {
  for (const [name, value, expected] of [
    ['PORT', '99999', '0 to 65535'],
    ['SCHEDULER_SEED', 'x', 'whole number'],
    ['SCHEDULER_TODAY', '2026-02-30', 'a day like'],
    ['SCHEDULER_RATE_LIMITS', 'yes', 'on, off'],
    ['SCHEDULER_REGISTER_WINDOW_S', '0', '1 to 3600'],
    ['SCHEDULER_PASSWORD_COST_MS', '-1', '0 to 5000'],
    ['SCHEDULER_ACCESS_LOG', '/nonexistent/folder/log', 'cannot be written'],
  ] as const)
    assert.throws(
      () => readSettings({ [name]: value }),
      ({ message }: Error) => message.startsWith(`${name}=${value}: `) && message.includes(expected),
    );
  assert.equal(readSettings({}).size, 'medium');
});

test('the access log holds one line for each request, with the id of its answer', async (t) => {
  const log = join(temporaryFolder(), 'access.ndjson');
  const child = fork(MAIN, {
    env: { ...childEnvironment(), ...QUICK, PORT: '0', SCHEDULER_ACCESS_LOG: log },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [{ url }] = (await once(child, 'message')) as [Ready];
  const own = await call(`${url}/api/v1/blocks?block_number=1`, 'GET', {
    headers: { 'x-request-id': ' mine-1 ' },
  });
  assert.equal(own.headers.get('x-request-id'), 'mine-1');
  const sent = [
    own,
    await call(`${url}/api/v1/people`),
    await call(`${url}/api/v1/nowhere`),
    await call(`${url}/health`),
  ];
  await call(`${url}/__faults`);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const lines = (await readFile(log, 'utf8'))
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as AccessLine);
  assert.deepEqual(
    lines.map(({ id, method, path, status }) => ({ id, method, path, status })),
    ['/api/v1/blocks', '/api/v1/people', '/api/v1/nowhere', '/health'].map((path, i) => ({
      id: sent[i]?.headers.get('x-request-id'),
      method: 'GET',
      path,
      status: sent[i]?.status,
    })),
  );
  for (const { t: at, ms } of lines) assert.ok(Math.abs(Date.now() - at) < 60_000 && ms > 0 && ms < 5000);
});
