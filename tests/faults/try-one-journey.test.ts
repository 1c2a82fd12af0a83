/** `npx loadtest try`: a journey of each kind, once, with what it does on the terminal, and no verdict. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment } from '../../config/environment.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';
import { told } from '../cli/in-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';

test('an HTTP journey that works prints its requests and checks, is not judged, and leaves nothing', async (t) => {
  const reports = temporaryFolder(t);
  const words = ['try', 'request and withdraw an absence over HTTP'];
  const { code, said } = await told(words, { REPORTS_DIR: reports, DATA_SIZE: 'small', THINK: '0' });
  assert.equal(code, 0, said);
  assert.match(said, /^request and withdraw an absence over HTTP, by resident \S+, http:/);
  assert.match(said, /\nrequest {2}POST 200 {2}auth\.login {2}\d+ ms\n/);
  assert.match(said, /\nchange {3}absences: perf-/);
  assert.match(said, /\nrequest {2}POST 201 {2}absences\.create {2}\d+ ms\n/);
  assert.match(said, /\ncheck {4}\S/);
  assert.match(said, /\n\d+ requests, \d+ checks?: none failed\.\n$/);
  assert.deepEqual(existsSync(reports) ? readdirSync(reports) : [], []);
});

test('a browser journey with a misspelt locator fails in its step, and names locator and picture', (t) => {
  const copy = copyProject(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  replaceOnce(copy, 'config/browser-context.ts', 'ACTION_TIMEOUT_MS = 20_000', 'ACTION_TIMEOUT_MS = 3_000');
  const words = [join(copy, 'cli/loadtest.ts'), 'try', 'review my calls and schedule'];
  const env = { ...childEnvironment(), DATA_SIZE: 'small', THINK: '0', REPORTS_DIR: temporaryFolder(t) };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, env, encoding: 'utf8' });
  assert.equal(status, 1, stdout + stderr);
  assert.match(stdout, /\nstep {5}sign in {2}\d+ ms\n/);
  const failed = /\nFAILED {3}step open the call roster {2}.*\n.*Call Hbu.*\n +picture: (.*\.png)\n/;
  assert.ok(existsSync(failed.exec(stdout)?.[1] ?? ''), stdout);
});
