import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  duration,
  figure,
  interval,
  limitText,
  number,
  percent,
  plural,
  quantity,
} from '../../analysis/format.ts';

const plain = (text: string) => text.replace(/\u202f/g, ' ');

test('measured figures keep their digits, limits and counts lose empty ones', () => {
  assert.deepEqual(
    [0, 0.2214, 3.4, 41, 412.7, 12345.6, null].map((value) => plain(figure(value))),
    ['0', '0.221', '3.40', '41.0', '413', '12 346', '–'],
  );
  assert.deepEqual(
    [0, 0.1, 0.28, 2.5, 53.04, 10.2, 20, 1000].map((value) => plain(number(value))),
    ['0', '0.1', '0.28', '2.5', '53', '10.2', '20', '1 000'],
  );
});

test('shares, units, intervals, times', () => {
  assert.deepEqual([0, 0.01, 0.0179, 0.304, 1].map(percent), ['0 %', '1 %', '1.79 %', '30.4 %', '100 %']);
  assert.deepEqual([0.99, 0.9917, 0.99999].map(percent), ['99 %', '99.17 %', '99.99 %']);
  // One failure of many is not none, and all but one is not all.
  assert.deepEqual([1e-5, 4.9e-5, 1 - 1e-9].map(percent), ['< 0.01 %', '< 0.01 %', '99.99 %']);
  assert.deepEqual(
    [limitText('at most', 1e-5, '%'), limitText('at least', 0.99995, '%'), limitText('at most', 0.015, '%')],
    ['≤ 0.001 %', '≥ 99.995 %', '≤ 1.50 %'],
  );
  assert.deepEqual(
    [quantity(0.02, '%'), quantity(12, 'ms'), quantity(null, 'ms'), quantity(0.1, '1')],
    ['2 %', '12 ms', '–', '0.1'],
  );
  assert.deepEqual(
    [
      interval([1, 2], 'ms'),
      interval([1, null], 'ms'),
      interval([null, 2], 'ms'),
      interval([null, null], 'ms'),
    ],
    ['1.00 to 2.00', '1.00 or more', 'up to 2.00', ''],
  );
  assert.deepEqual([59.6, 300, 3725].map(duration), ['60 s', '5 min', '62 min 5 s']);
  assert.deepEqual([plural(1, 'user'), plural(2, 'user')], ['1 user', '2 users']);
});
