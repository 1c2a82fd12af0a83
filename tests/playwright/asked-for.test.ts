import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProjectAskedFor } from '../../playwright/asked-for.ts';

const LINES: Array<[words: string, asked: boolean]> = [
  ['test', true],
  ['test --grep absence', true],
  ['test --project=perf', true],
  ['test --project perf --grep absence', true],
  ['test --project=browser --project=perf', true],
  ['test --project browser perf', true],
  ['test --project=P*f', true],
  ['test --project=browser', false],
  ['test --project browser --grep perf', false],
  ['test --project=performance', false],
];

for (const [words, asked] of LINES) {
  test(`\`playwright ${words}\` ${asked ? 'opens' : 'does not open'} a perf run`, () =>
    assert.equal(isProjectAskedFor('perf', words.split(' ')), asked));
}
