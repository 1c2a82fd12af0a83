import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { parse } from 'dotenv';
import { ROOT } from '../../../config/environment.ts';

it('docker/new-env.sh fills in a new password for each that is open, and never writes over a file', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'new-env-'));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const file of ['new-env.sh', '.env.example'])
    copyFileSync(join(ROOT, 'docker', file), join(folder, file));
  const run = () => spawnSync('sh', [join(folder, 'new-env.sh')], { encoding: 'utf8' });
  assert.equal(run().status, 0);
  const file = join(folder, '.env');
  const before = readFileSync(file, 'utf8');
  const values = parse(before);
  const open = Object.entries(parse(readFileSync(join(folder, '.env.example'), 'utf8')))
    .filter(([name, value]) => value === '' && /(_PASSWORD|_TOKEN|_KEY)$/.test(name))
    .map(([name]) => name);
  assert.ok(open.length >= 7);
  const made = open.map((name) => values[name] ?? '');
  // The application's policy: 12 characters, three kinds of them.
  for (const password of made) assert.match(password, /^Aa1[0-9a-f]{40}$/);
  assert.equal(new Set(made).size, made.length, 'each has its own');
  assert.equal(values.COMPOSE_PROFILES, 'stand-in');
  assert.equal(values.DURATION, '');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = run();
  assert.equal(again.status, 2);
  assert.match(again.stderr, /^docker\/\.env: exists already\. .*\n$/);
  assert.equal(readFileSync(file, 'utf8'), before);
});
