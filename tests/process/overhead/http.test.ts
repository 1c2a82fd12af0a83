import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';
import { findK6 } from '../../../tools/overhead/http/k6.ts';
import { httpBenchOptions } from '../../../tools/overhead/http/options.ts';

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

test('wrong use is told with its mend', () => {
  const BAD: Array<[words: string[], message: RegExp]> = [
    [['speed'], /^bench:http: speed: no such part; did you mean speeds\?/],
    [['--rounds', '0'], /^bench:http: --rounds 0: not a whole number of 1 or more; write e\.g\. --rounds 5$/],
    [
      ['--round', '2'],
      /^bench:http: unknown option '--round'\. Did you mean --rounds\? See `npm run bench:http -- --help`\.$/,
    ],
  ];
  for (const [words, message] of BAD)
    assert.throws(
      () => httpBenchOptions(words),
      (error) => error instanceof ConfigError && message.test(error.message),
    );
  assert.throws(() => findK6({ k6Path: process.execPath }), /does not answer as k6 does/);
});
