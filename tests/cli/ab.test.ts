/** `npx loadtest ab`: what it refuses. Sides that do not work, and whole rounds: tests/faults/ab.test.ts. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '../artillery/suite-process.ts';
import { explained } from './in-process.ts';

const START = 'npm run scheduler -- --accounts {accounts}';

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
    [['--a', url, '--b', START, '--profile', 'abc'], /^abc: no such profile.* \(there are: ab, /],
  ];
  for (const [words, says] of cases) {
    const { code, wrong } = await explained(['ab', ...words], { REPORTS_DIR: reports });
    assert.equal(code, 2, wrong);
    assert.match(wrong.trim(), says);
    assert.equal(wrong.trim().split('\n').length, 1, wrong);
  }
  assert.deepEqual(readdirSync(reports), []);
});
