/** `npx loadtest ab`: what it refuses. Sides that do not work, and whole rounds: tests/faults/ab.test.ts. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { planOfFile } from '../../artillery/profile/plan-of-file.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { askedFor, timeText, type Values } from '../../cli/ab/asked.ts';
import { workOf } from '../../cli/ab/work.ts';
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
    [
      ['--a', url, '--b', START, '--journeys', 'read my schedule over HTPT'],
      /^--journeys "read my schedule over HTPT": profile ab has no such journey\. Did you mean "read my schedule over HTTP"/,
    ],
    [
      ['--a', url, '--b', START, '--profile', 'bench', '--journeys', 'list peopel'],
      /^--journeys "list peopel": there is no such benchmark\. Did you mean "list people"/,
    ],
    [
      ['--a', url, '--b', START, '--seed', '42'],
      /^--seed 42: there is no such size\. Write --seed small, --seed medium, --seed large. For random choices, set the variable SEED\.$/,
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

test('--journeys leaves scenarios with these journeys alone; benchmarks are named one by one', async (t) => {
  const folder = temporaryFolder(t);
  const work = await workOf('ab', ['Read my schedule over HTTP', 'view my schedule']);
  const [, verb, file = ''] = work.words(folder);
  assert.deepEqual([verb, file], ['run', join(folder, 'profile.yml')]);
  const { config, scenarios = [] } = parse(readFileSync(file, 'utf8')) as Script;
  assert.deepEqual(
    scenarios.map(({ name, journeys }) => [name, journeys]),
    [
      ['residents in the browser', ['view my schedule']],
      ['residents over HTTP', ['read my schedule over HTTP']],
    ],
  );
  assert.ok(isAbsolute(String(config.processor)), 'found from another folder');
  const { users, duration } = planOfFile(file, {});
  assert.deepEqual([users, duration], [11, 40], 'the same load');
  assert.equal(config.plugins?.suite?.profile, 'ab', 'its limits and primary figures');
  const bench = await workOf('bench', ['list people']);
  assert.deepEqual(bench.words(folder).slice(-2), ['--only', 'list people']);
  assert.deepEqual(readdirSync(folder), ['profile.yml']);
});

test('before the first round stands how long one takes and how many fit; too few are said, with the time for five', async () => {
  const values: Values = {
    ...{ a: 'http://127.0.0.1:1', b: 'http://127.0.0.1:2' },
    ...{ profile: 'ab', threshold: '10', maxRounds: '16', timeLimit: '15m' },
  };
  assert.equal(
    timeText(await askedFor(values)),
    'a round takes about 2 min 18 s; 6 rounds at most in 15 min',
  );
  const short = await askedFor({ ...values, timeLimit: '4m' });
  assert.equal(
    timeText(short),
    'a round takes about 2 min 18 s; 1 round at most in 4 min, and five are the fewest that decide: that takes --time-limit 13m',
  );
  assert.match(timeText(short, 30), /^a round took 30 s; 8 rounds at most in 4 min$/);
  assert.match(timeText(await askedFor({ ...values, maxRounds: '5' }), 30), /; 5 rounds at most in 15 min$/);
});
