import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../config/errors.ts';
import { findK6 } from '../../../tools/overhead/http/k6.ts';
import { httpBenchOptions } from '../../../tools/overhead/http/options.ts';

test('wrong use is reported with its fix', () => {
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
