import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textTable } from '../../analysis/text/text-table.ts';

test('columns of a text table stand below each other, numbers to the right, without spaces at the end', () => {
  const rows = [
    ['metric', 'value', 'limit'],
    ['sessions.failed', '0 %', ''],
    ['p95', '1 234 ms', '≤ 1 500 ms'],
  ];
  assert.deepEqual(textTable(rows, [1]), [
    'metric              value  limit',
    'sessions.failed       0 %',
    'p95              1 234 ms  ≤ 1 500 ms',
  ]);
});

test('rows may be of different length, and there may be none', () => {
  assert.deepEqual(textTable([['a'], ['long', 'b']]), ['a', 'long  b']);
  assert.deepEqual(textTable([]), []);
});
