/** Labels without bound do not reach a server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedRows, LONGEST_LABEL, MOST_SERIES } from '../../exports/bounded-rows.ts';
import { type Row, row } from '../../exports/row.ts';

const figure = (name: string, t = 1): Row[] => row('loadtest_figure', { kind: 'step', name }, { p95: 7 }, t);

test('series beyond the limit are left out and counted by measurement; known ones go on', () => {
  const many = Array.from({ length: MOST_SERIES + 3 }, (_, index) => figure(`page ${index}`)).flat();
  const others = row('loadtest_second', { run: 'a' }, { users: 1 }, 1);
  const { rows, leftOut } = boundedRows([...many, ...figure('page 0', 2), ...others]);
  assert.equal(rows.length, MOST_SERIES + 2);
  assert.deepEqual([...leftOut], [['loadtest_figure', 3]]);
});

test('a long label is cut, and two that begin alike stay two', () => {
  const { rows } = boundedRows([...figure(`${'x'.repeat(5000)}a`), ...figure(`${'x'.repeat(5000)}b`)]);
  const [one = '', two = ''] = rows.map(({ labels }) => labels.name);
  assert.ok(one.length <= LONGEST_LABEL && two.length <= LONGEST_LABEL);
  assert.notEqual(one, two);
});

test('a line break or backslash in a label becomes a space: line protocol would end the row or the label', () => {
  const [{ labels } = assert.fail('no row')] = boundedRows(figure('one\nloadtest_run x=1 a\\b\\')).rows;
  assert.equal(labels.name, 'one loadtest_run x=1 a b');
});
