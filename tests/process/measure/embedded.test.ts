import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError, TargetUnreachable } from '../../../config/errors.ts';
import { type EmbeddedOptions, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { emptyFolder } from '../../measure/run-folder.ts';

/** Pages are the browser tests' business; a password check of 0.25 s nobody needs here. */
const QUICK = { SCHEDULER_PAGES: 'off', SCHEDULER_PASSWORD_COST_MS: '1' };

async function start(t: TestContext, options: Partial<EmbeddedOptions> = {}) {
  const scheduler = await startEmbeddedScheduler({
    size: 'small',
    ...options,
    settings: { ...QUICK, ...options.settings },
  });
  t.after(() => scheduler.stop());
  return scheduler;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; await wait(25)) {
    if (!isThere(pid)) return true;
  }
  return false;
}

test('pages that cannot be built anywhere are the user’s to fix: folder and variable are named', async (t) => {
  await assert.rejects(
    start(t, { settings: { SCHEDULER_PAGES: 'on', CACHE_DIR: '/proc/nowhere' } }),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError, String(error));
      assert.match(
        error.message,
        /^\/proc\/nowhere\/scheduler-web: .*cannot be built there \(\w+\)\. Make it writable, or set CACHE_DIR to a folder that is\.$/,
      );
      return true;
    },
  );
});

test('comes up with accounts, answers, keeps its access log, and is gone after stop', async (t) => {
  const accessLog = join(emptyFolder(t), 'access.ndjson');
  const scheduler = await start(t, { accessLog });
  const deaths: string[] = [];
  scheduler.onDeath((how) => deaths.push(how));
  assert.match(scheduler.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.deepEqual([...new Set(scheduler.accounts.map(({ role }) => role))].sort(), [
    'admin',
    'coordinator',
    'faculty',
    'resident',
  ]);
  const me = await fetch(`${scheduler.url}/api/v1/auth/me`);
  assert.equal(me.status, 401);
  assert.ok(isThere(scheduler.pid));
  await scheduler.stop();
  assert.ok(!isThere(scheduler.pid));
  assert.deepEqual(deaths, [], 'asked to end is no death');
  await assert.rejects(fetch(`${scheduler.url}/api/v1/auth/me`));
  await scheduler.stop();
  assert.match(readFileSync(accessLog, 'utf8'), /auth\/me/);
});

test('two at a time have addresses of their own', async (t) => {
  const [one, two] = await Promise.all([start(t), start(t)]);
  assert.notEqual(one.url, two.url);
});

test('its death is reported, with the cause', async (t) => {
  const scheduler = await start(t);
  const death = new Promise<string>((tell) => scheduler.onDeath(tell));
  process.kill(scheduler.pid, 'SIGKILL');
  assert.equal(await death, 'it ended with SIGKILL');
});

test('where it does not come up, its own words are in the message', async (t) => {
  const failed = start(t, { settings: { SCHEDULER_PASSWORD_COST_MS: 'cheap' } });
  await assert.rejects(failed, (error) => {
    assert.ok(error instanceof TargetUnreachable);
    assert.equal(error.exitCode, 4);
    assert.match(error.message, /^the embedded scheduler did not start: it ended with exit code 2 \(.*cheap/);
    return true;
  });
});

test('does not outlive who started it, even killed without a word', async (t) => {
  const program = fileURLToPath(new URL('./scheduler-holder.ts', import.meta.url));
  const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => parent.kill('SIGKILL'));
  let text = '';
  for await (const chunk of parent.stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const { pid } = JSON.parse(text) as { pid: number };
  assert.ok(isThere(pid));
  parent.kill('SIGKILL');
  const gone = await isGoneWithin(pid, 5000);
  if (!gone) process.kill(pid, 'SIGKILL');
  assert.ok(gone, 'still there 5 s after its parent died');
});
