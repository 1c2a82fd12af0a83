/** `npx loadtest ab`: sides that do not work are named, and what goes wrong in a round keeps what was measured before. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import type { Comparison } from '../../compare/comparison.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import { SuiteProcess, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { explained } from '../cli/in-process.ts';

const START = `${JSON.stringify(process.execPath)} fixtures/scheduler/main.ts --accounts {accounts}`;
const SETTINGS = { SCHEDULER_SIZE: 'small' };
const READERS = {
  name: 'residents over HTTP',
  engine: 'api',
  flowFunction: 'resident',
  journeys: ['read my schedule over HTTP'],
};

/** Rounds of four seconds. */
function ab(t: TestContext, words: string[], settings: Record<string, string> = {}) {
  const folder = temporaryFolder(t);
  const phases = [{ name: 'steady', duration: 4, users: 2 }];
  const profile = writeProfile(folder, { name: 'ab', phases, scenarios: [READERS] });
  const run = new SuiteProcess(['cli/loadtest.ts', 'ab', '--profile', profile, ...words], {
    SCHEDULER_SIZE: 'small',
    REPORTS_DIR: join(folder, 'reports'),
    THINK: '0.1',
    ...settings,
  });
  return { run, folder, kept: () => keptIn(join(folder, 'reports/ab')) };
}

function keptIn(all: string) {
  const folder = join(all, readdirSync(all)[0] ?? '');
  const runs = readdirSync(join(folder, 'runs')).filter((name) => name !== 'latest');
  const text = readFileSync(join(folder, 'comparison.json'), 'utf8');
  return {
    runs: runs.map((name) => name.replace(/^.*-round/, 'round')),
    comparison: JSON.parse(text) as Comparison,
  };
}

/** That this many rounds count: one with an invalid run, as a busy machine makes it, does not. */
const areThere = (run: SuiteProcess, rounds: number) => () =>
  new RegExp(`^round \\d+: ${rounds} of `, 'm').test(run.stdout);

it('a side that ends after two rounds ends the comparison by its name, exit 3; two rounds are kept', async (t) => {
  const { run, kept } = ab(t, ['--a', START, '--b', START]);
  await run.until('two rounds', areThere(run, 2));
  const servers = descendants(run.pid).filter(({ pid }) => commandLine(pid).includes('accounts-b.yml'));
  process.kill(servers.at(-1)?.pid as number, 'SIGKILL');
  const { code } = await run.ended;
  assert.equal(code, 3, run.output);
  assert.match(
    run.stderr,
    /^B in round (\d+): its process ended with exit code 137\. See \S+round-\1-b\.log\.$/m,
  );
  const { runs, comparison } = kept();
  assert.deepEqual(runs.slice(0, 4), ['round-1-a', 'round-1-b', 'round-2-b', 'round-2-a']);
  assert.deepEqual([comparison.baseline.length, comparison.canDecide], [2, false]);
  assert.deepEqual(await run.leftBehind(), []);
});

it('Ctrl+C in a round ends it with 130; the rounds before are kept, and no process is left', async (t) => {
  const { run, kept } = ab(t, ['--a', START, '--b', START]);
  await run.until('one round', areThere(run, 1));
  run.kill('SIGINT');
  assert.equal((await run.ended).code, 130, run.output);
  assert.equal(kept().comparison.baseline.length, 1);
  assert.match(run.stdout, /1 round is too few to decide: it takes 5\./);
  assert.deepEqual(await run.leftBehind(), []);
});

it('a command that ends before it listens is named with its last line; the other side is ended', async (t) => {
  const settings = { ...SETTINGS, REPORTS_DIR: temporaryFolder(t) };
  const words = ['ab', '--a', START, '--b', 'echo no such table; exit 7'];
  const { code, wrong } = await explained(words, settings);
  assert.equal(code, 4, wrong);
  assert.match(
    wrong,
    /^--b: the command ended with exit code 7 before it listened at http:\/\/127\.0\.0\.1:\d+: no such table\. Fix it; its output is in \S+start-b\.log\.$/m,
  );
});

it('a restore that fails is named with its last line; there is no result, exit 3', async (t) => {
  const reports = temporaryFolder(t);
  const restore = ['--restore-a', 'echo cannot connect to the database >&2; exit 2'];
  const { code, wrong } = await explained(['ab', '--a', START, '--b', START, ...restore], {
    ...SETTINGS,
    REPORTS_DIR: reports,
  });
  assert.equal(code, 3, wrong);
  assert.match(
    wrong,
    /^--restore-a: ended with 2: cannot connect to the database\. Fix the command; its output is in/m,
  );
  assert.match(wrong, /^no round ended; what was measured is in /m);
  const [folder = ''] = readdirSync(join(reports, 'ab'));
  assert.ok(readdirSync(join(reports, 'ab', folder)).includes('restore-a.log'));
});

it('--seed fills both sides before the first round, and makes again what a restore took away', async (t) => {
  const state = temporaryFolder(t);
  const start = `echo $PORT > ${state}/port; ln -s {accounts} ${state}/accounts.yml; exec ${START}`;
  const undo = `BASE_URL=http://127.0.0.1:$(cat ${state}/port) ${JSON.stringify(process.execPath)} cli/loadtest.ts seed --undo --file $(readlink ${state}/accounts.yml)`;
  const settings = { ENVIRONMENT: 'ci', SCHEDULER_PASSWORD_COST_MS: '1' };
  const words = ['--a', start, '--restore-a', undo, '--b', START, '--seed', 'small'];
  const { run, folder } = ab(t, words, settings);
  await run.until('one round', () => /^round 1: /m.test(run.stdout));
  run.kill('SIGINT');
  assert.equal((await run.ended).code, 130, run.output);
  assert.match(
    run.stdout,
    /^A: filling it with data of size small\nB: filling it with data of size small\n/m,
  );
  const [ab1 = ''] = readdirSync(join(folder, 'reports/ab'));
  const log = (name: string) => readFileSync(join(folder, 'reports/ab', ab1, name), 'utf8');
  const times = (side: string) => log(`seed-${side}.log`).match(/^all of it is there;/gm)?.length ?? 0;
  assert.match(log('restore-a.log'), /^removed users: 38$/m);
  assert.ok(times('a') >= 2, log('seed-a.log'));
  assert.equal(times('b'), 1, log('seed-b.log'));
});

it('a side that may not be filled is named with the reason, exit 2, before any round', async (t) => {
  const { run } = ab(t, ['--a', START, '--b', START, '--seed', 'small'], { ENVIRONMENT: 'staging' });
  assert.equal((await run.ended).code, 2, run.output);
  assert.match(
    run.stderr,
    /^--seed small: A was not filled: loadtest seed: schedule may not be made on staging/m,
  );
  assert.deepEqual(await run.leftBehind(), []);
});

it('killed, or interrupted while it waits for a side, it leaves no process', async (t) => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const reports = temporaryFolder(t);
    const words = ['cli/loadtest.ts', 'ab', '--a', START, '--b', 'sleep 100'];
    const run = new SuiteProcess(words, { ...SETTINGS, REPORTS_DIR: reports });
    await run.until('both commands', () =>
      readdirSync(reports, { recursive: true }).some((name) => String(name).endsWith('start-b.log')),
    );
    run.kill(signal);
    assert.equal((await run.ended).code, signal === 'SIGINT' ? 130 : null, run.output);
    assert.deepEqual(await run.leftBehind(), []);
  }
});
