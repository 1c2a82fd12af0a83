/** `npx loadtest seed` where the target limits how many accounts are made: some 30 s, most of them waiting. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadAccounts } from '../../fixtures/accounts.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { SuiteProcess } from '../artillery/suite-process.ts';

import { fileWith, first, grown, here, SETTINGS, seed, tables } from '../process/cli/seeded-target.ts';

const LIMITS = {
  ...SETTINGS,
  SCHEDULER_RATE_LIMITS: 'on',
  SCHEDULER_REGISTER_WINDOW_S: '1',
  SCHEDULER_LOGIN_ATTEMPTS: '100',
};

test('with rate limits it waits; broken off it goes on; and two prefixes do not touch each other', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const limited = await startEmbeddedScheduler({ size: 'small', settings: LIMITS });
  t.after(() => limited.stop());
  const empty = await tables(limited);
  const file = fileWith(folder, 'limited.yml', [first('admin', limited)]);
  const words = ['--size', 'small', '--file', file];
  const run = new SuiteProcess(['cli/loadtest.cjs', 'seed', ...words], here(limited));
  await run.until('waiting for the next second', () => run.stdout.includes('going on in'));
  run.kill('SIGINT');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.match(run.output, /^interrupted: the same command goes on from there$/m);
  const begun = await tables(limited);
  const made = grown(empty, begun).users ?? 0;
  assert.ok(made > 0 && made < 38, `${made} made`);
  assert.equal(loadAccounts(file).length, 1 + made, 'none that was not made');

  const rest = await seed(words, here(limited));
  assert.equal(rest.code, 0, rest.said);
  assert.match(rest.said, new RegExp(`- ${38 - made} accounts and`));
  assert.match(rest.said, /answer 429\): going on in/);
  const full = await tables(limited);
  assert.equal(grown(empty, full).users, 38);
  const other = await seed(['--undo', '--prefix', 'other', '--file', file], here(limited));
  assert.match(other.said, /nothing to remove$/);
  const undone = await seed(['--undo', '--file', file], here(limited));
  assert.equal(undone.code, 0, undone.said);
  assert.deepEqual(await tables(limited), empty);
});
