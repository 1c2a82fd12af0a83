import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';

const prove = (...words: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'tests/statistics/prove.ts'), ...words], {
    env: childEnvironment(),
    encoding: 'utf8',
  });

test('a mistake in its words is one line, exit 2', () => {
  const mistakes = [
    [['nonsense'], /^nonsense: no such proof; there are: .*detect/],
    [['--write', '--short'], /^--write --short: docs\/statistics\.md keeps the long form/],
    [['--seed', 'x'], /^--seed x: not a whole number/],
  ] as const;
  for (const [words, expected] of mistakes) {
    const { status, stderr, stdout } = prove(...words);
    assert.deepEqual([status, stdout], [2, ''], stderr);
    assert.match(stderr, expected);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

test('a proof prints its command with the seed, the same tables each time, and counts its promises last', () => {
  const [once, again] = [prove('sessions', '--short'), prove('sessions', '--short')];
  assert.equal(once.status, 0, once.stderr);
  assert.equal(again.stdout, once.stdout);
  assert.match(once.stdout, /`npm run test:statistics -- sessions --short --seed 1`/);
  assert.match(once.stdout, /\n2 passed, 0 failed\n$/);
});
