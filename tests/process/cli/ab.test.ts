/** `npx loadtest ab`: what it refuses, and what becomes of sides that do not work. Whole rounds: tests/faults/ab.test.ts. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SuiteProcess, temporaryFolder } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

const NODE = JSON.stringify(process.execPath);
const START = `${NODE} fixtures/scheduler/main.ts --accounts {accounts}`;
const SETTINGS = { SCHEDULER_SIZE: 'small' };

test('wrong use is one line and exit 2, and nothing is written', async (t) => {
  const reports = temporaryFolder(t);
  const url = 'http://127.0.0.1:9';
  const cases: Array<[words: string[], says: RegExp]> = [
    [[], /^--a: missing\. Write a URL or a command that starts the target\.$/],
    [['--a', url], /^--b: missing\./],
    [['--a', url, '--b', url], /^--a and --b: both are http:\/\/127\.0\.0\.1:9\. Name two targets\.$/],
    [
      ['--a', url, '--b', START, '--threshold', '0'],
      /^--threshold 0: not a percentage\. Write a number above 0/,
    ],
    [
      ['--a', url, '--b', START, '--max-rounds', '4'],
      /^--max-rounds 4: five rounds are the fewest that can decide\./,
    ],
    [
      ['--a', url, '--b', START, '--time-limit', 'soon'],
      /^--time-limit soon: not a duration\. Write e\.g\. 15m\.$/,
    ],
    [['--a', url, '--b', START, '--profile', 'abc'], /^loadtest ab: abc: no such profile|abc/],
  ];
  for (const [words, says] of cases) {
    const { code, wrong } = await explained(['ab', ...words], { REPORTS_DIR: reports });
    assert.equal(code, 2, wrong);
    assert.match(wrong.trim(), says);
    assert.equal(wrong.trim().split('\n').length, 1, wrong);
  }
  assert.deepEqual(readdirSync(reports), []);
});

test('a command that ends before it listens is named with its last line; the other side is ended', async (t) => {
  const settings = { ...SETTINGS, REPORTS_DIR: temporaryFolder(t) };
  const words = ['ab', '--a', START, '--b', 'echo no such table; exit 7'];
  const { code, wrong } = await explained(words, settings);
  assert.equal(code, 4, wrong);
  assert.match(
    wrong,
    /^--b: the command ended with exit code 7 before it listened at http:\/\/127\.0\.0\.1:\d+: no such table\. Fix it; its output is in \S+start-b\.log\.$/m,
  );
});

test('a restore that fails is named with its last line; there is no result, exit 3', async (t) => {
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

test('killed, or interrupted while it waits for a side, it leaves no process', async (t) => {
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
