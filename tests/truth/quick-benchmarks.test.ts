/** The quick forms of `npm run bench` and `npm run bench:http`: what they print, and that they keep all values. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment, ROOT } from '../../config/environment.ts';

test('the quick form of a part prints its table and keeps all values', (t) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['tools/overhead/main.ts', 'recorder', '--quick'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  for (const what of ['CPU of recording', 'samples a second, flat out', 'packing 20000 samples'])
    assert.match(stdout, new RegExp(`^\\| ${what} +\\| +\\d+ \\| +[\\d\u202f.−]+ `, 'm'));
  const file = join(ROOT, /^all values: (.+)$/m.exec(stdout)?.[1] ?? '');
  t.after(() => rmSync(file));
  const { parts, suite } = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(parts[0].name, 'recorder');
  assert.ok(suite.version);
});

test('without k6 the table goes without it, says how to get it, and has what is there', {
  skip: process.platform !== 'linux',
}, (t) => {
  const words = ['tools/overhead/http/main.ts', 'speeds', '--quick', '--only', 'dispatch'];
  const env = childEnvironment({ PATH: '/nowhere', K6_PATH: '' });
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8', env });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /`go install go\.k6\.io\/k6@v\d/);
  assert.match(stdout, /^\| CPU of a request, bare undici, `dispatch`[^|]+\| +1 \| +[\d.]+ ms \|/m);
  const file = join(ROOT, /^all values: (.+)$/m.exec(stdout)?.[1] ?? '');
  t.after(() => rmSync(file));
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).parts[0].name, 'http speeds');
});
