import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';
import { row, table, withGoal } from '../../../tools/overhead/figures.ts';
import { benchOptions } from '../../../tools/overhead/options.ts';
import { writePage } from '../../../tools/overhead/write-page.ts';

function bench(...words: string[]) {
  return spawnSync(process.execPath, ['tools/overhead/main.ts', ...words], { cwd: ROOT, encoding: 'utf8' });
}

test('wrong use is one line and exit code 2', () => {
  const { status, stdout, stderr } = bench('recoder');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^bench: recoder: no such part; did you mean recorder\?.*\n$/);
});

const BAD: Array<[words: string[], message: RegExp]> = [
  [
    ['--sesions', '3'],
    /^bench: unknown option '--sesions'\. Did you mean --sessions\? See `npm run bench -- --help`\.$/,
  ],
  [['--sessions', 'many'], /^bench: --sessions many: not a whole number of 12 or more; write e\.g\./],
  [['--pairs', '1'], /^bench: --pairs 1: not a whole number of 2 or more/],
];
for (const [words, message] of BAD) {
  test(`\`bench ${words.join(' ')}\` is refused`, () =>
    assert.throws(
      () => benchOptions(words),
      (error) => error instanceof ConfigError && message.test(error.message),
    ));
}

test('a goal is met, or missed by so much', () => {
  assert.equal(withGoal(row('a', [4, 5, 5.5], '%'), 5).met, 'met');
  assert.equal(withGoal(row('a', [4, 7.25, 9], '%'), 5).met, 'missed by 2.3 points');
  assert.equal(withGoal(row('a', [11, 13, 12], 'MiB'), 10).met, 'missed by 2 MiB');
  assert.equal(withGoal(row('a', [], 'MiB'), 10).met, 'not measured');
});

test('a table takes the place of the one before it in the page, and nothing else', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'cost.md');
  writeFileSync(page, 'before\n<!-- bench cost -->\nold\n<!-- /bench cost -->\nafter\n');
  const part = { name: 'cost', title: 'Cost', how: ['So.'], rows: [row('CPU', [1, 2, 3], 's')] };
  for (const _ of [1, 2]) writePage(part, new Date('2026-11-25T10:00:00Z'), page);
  const text = readFileSync(page, 'utf8');
  assert.match(text, /^before\n<!-- bench cost -->\n\nSo\.\n\n\d+ cores, 25 November 2026\.\n\n\| /);
  assert.ok(text.endsWith(`${table(part)}\n\n<!-- /bench cost -->\nafter\n`));
  assert.doesNotMatch(text, /old/);
  assert.throws(() => writePage({ ...part, name: 'leaks' }, new Date(), page), /put back the lines/);
});
