/** `npm run scheduler -- --accounts <file>`: the accounts file that a run against it needs. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadAccounts } from '../../../fixtures/accounts.ts';
import { readOptions } from '../../../fixtures/scheduler/options.ts';
import { SuiteProcess, temporaryFolder } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';
import { MAIN, QUICK } from '../../scheduler/running.ts';

/** Starts it with these words and waits until it prints `last`. */
async function started(t: TestContext, words: string[], last: RegExp, settings = {}) {
  const run = new SuiteProcess([MAIN, ...words], { ...QUICK, ...settings });
  t.after(async () => {
    run.kill('SIGTERM');
    await run.ended;
  });
  await run.until('the scheduler', () => last.test(run.stdout));
  return run.stdout;
}

async function refused(words: string[], settings = {}) {
  const run = new SuiteProcess([MAIN, ...words], { ...QUICK, ...settings });
  const { code } = await run.ended;
  assert.deepEqual([code, run.stdout, run.stderr.trim().split('\n').length], [2, '', 1], run.output);
  return run.stderr.trim();
}

test('the doctor is satisfied with the scheduler and the file that it wrote', async (t) => {
  const file = join(temporaryFolder(t), 'accounts.yml');
  const settings = { SCHEDULER_PAGES: 'on', SCHEDULER_TODAY: '' };
  const said = await started(t, ['--accounts', file], /^Next: .*$/m, settings);
  const accounts = loadAccounts(file);
  assert.match(said, new RegExp(`^Wrote ${file}: ${accounts.length} accounts$`, 'm'));
  const roles = Object.groupBy(accounts, ({ role }) => role);
  assert.deepEqual([roles.resident?.length, roles.faculty?.length], [18, 8]);
  assert.match(said, /^Accounts: .*18 resident \(\S+ …\).*; password \S+$/m);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const [, BASE_URL = '', ACCOUNTS_FILE = ''] =
    /^Next: BASE_URL=(\S+) ACCOUNTS_FILE=(\S+) npx loadtest doctor$/m.exec(said) ?? [];
  assert.equal(ACCOUNTS_FILE, file);
  const doctor = await explained(['doctor'], { BASE_URL, ACCOUNTS_FILE });
  assert.equal(doctor.code, 0, doctor.said);
  assert.match(doctor.said, new RegExp(`^ok +accounts: .*${accounts.length}`, 'm'));
});

test('a file of its own is written again; another one only with --force, and is private then', async (t) => {
  const file = join(temporaryFolder(t), 'accounts.yml');
  const written = /^Wrote .*accounts$/m;
  const first = await started(t, ['--accounts', file], written);
  const large = await started(t, ['--accounts', file], written, { SCHEDULER_SIZE: 'medium' });
  assert.notEqual(written.exec(large)?.[0], written.exec(first)?.[0]);
  writeFileSync(file, '- { role: admin, username: me, password: secret }\n');
  chmodSync(file, 0o644);
  assert.equal(
    await refused(['--accounts', file]),
    `${file}: exists already, perhaps with passwords in it. Name another file, or write over it with --force.`,
  );
  assert.match(readFileSync(file, 'utf8'), /username: me/);
  await started(t, ['--accounts', file, '--force'], written);
  assert.ok(loadAccounts(file).length > 20);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('the API on its own origin is named for the next command', async (t) => {
  const file = join(temporaryFolder(t), 'accounts.yml');
  const said = await started(t, ['--accounts', file], /^Next: .*$/m, { SCHEDULER_API_PORT: '0' });
  assert.match(said, /^Next: BASE_URL=http:\S+ API_URL=http:\S+\/api\/v1 ACCOUNTS_FILE=/m);
});

test('help lists the options; wrong use is one line and exit 2, with the nearest name', async () => {
  const help = new SuiteProcess([MAIN, '--help'], {});
  assert.equal((await help.ended).code, 0);
  for (const option of ['--accounts <file>', '--force', '-h, --help'])
    assert.ok(help.stdout.includes(`\n  ${option} `), help.stdout);
  const see = 'See `npm run scheduler -- --help`.';
  const cases: Array<[words: string[], says: string]> = [
    [['--fast'], `scheduler: unknown option '--fast'. ${see}`],
    [['--accounts'], `scheduler: Option '--accounts <value>' argument missing. ${see}`],
    [['--accounts', '--force'], `scheduler: Option '--accounts' argument is ambiguous. ${see}`],
    [['a.yml'], `scheduler: Unexpected argument 'a.yml'. ${see}`],
  ];
  for (const [words, says] of cases) assert.throws(() => readOptions(words), { message: says });
  assert.equal(
    await refused(['--acounts', 'a.yml']),
    `scheduler: unknown option '--acounts'. Did you mean --accounts? ${see}`,
  );
  assert.equal(
    await refused(['--accounts', '/nowhere/a.yml']),
    '/nowhere/a.yml: cannot be written (ENOENT). Name another file.',
  );
});
