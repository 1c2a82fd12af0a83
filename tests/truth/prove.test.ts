/** The runner of proofs itself: what it says to mistakes, and when a row is wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import type { ProofRow } from './proof.ts';
import { proofTable } from './proof-table.ts';
import { withRepetition } from './repetition.ts';

const row = (found: string, ok: boolean): ProofRow => ({
  what: 'a step',
  injected: '50 ms',
  found,
  n: 3,
  allowed: '± 10 ms',
  ok,
});

it('a mistake in its words is one line, exit 2', () => {
  const mistakes = [
    [['nonsense'], /^nonsense: no such proof; there are: .*errors/],
    [['--write', '--short'], /^--write --short: docs\/truth\.md keeps the long form/],
    [['--seed', 'x'], /^--seed x: not a whole number/],
    [['--shrot'], /^test:truth: unknown option '--shrot'\. Did you mean --short\? See /],
  ] as const;
  for (const [words, expected] of mistakes) {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'tests/truth/prove.ts'), ...words],
      { env: childEnvironment(), encoding: 'utf8' },
    );
    assert.deepEqual([status, stdout], [2, ''], stderr);
    assert.match(stderr, expected);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

it('a wrong row is tried once more with twice the n, which decides', async () => {
  const tries: number[] = [];
  const trial = (good: (attempt: 1 | 2) => boolean) => async (n: number, attempt: 1 | 2) => {
    tries.push(n);
    return [row(`${n} ms`, good(attempt))];
  };
  const fine = await withRepetition(
    3,
    trial(() => true),
  );
  assert.deepEqual([tries.splice(0), fine], [[3], [row('3 ms', true)]]);
  const byChance = await withRepetition(
    3,
    trial((attempt) => attempt === 2),
  );
  assert.deepEqual([tries.splice(0), byChance[0]?.ok], [[3, 6], true]);
  assert.match(byChance[0]?.found ?? '', /^6 ms; second try, the first found 3 ms$/);
  const wrong = await withRepetition(
    3,
    trial(() => false),
  );
  assert.deepEqual([tries, wrong[0]?.ok], [[3, 6], false]);
});

it('a table says which row is wrong, and a bar in a text does not break it', () => {
  const lines = proofTable([row('51 ms', true), { ...row('90 | ms', false), n: 1000 }]).split('\n');
  assert.equal(lines.length, 4);
  assert.equal(new Set(lines.map((line) => line.length)).size, 1, 'columns are aligned');
  assert.match(lines[2] ?? '', /\| ok +\|$/);
  assert.match(lines[3] ?? '', /\| 90 \\\| ms +\| 1000 \|.*\| \*\*wrong\*\* \|$/);
});
