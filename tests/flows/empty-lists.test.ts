/** A check over an empty list has checked nothing: journeys ask for at least one, and so does the page that shows how to write one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import { allOfAtLeastOne } from '../../measure/session/all-of-at-least-one.ts';
import { findings, linesOf, type SourceLine, sourceLines } from './source-lines.ts';

const GUIDE = 'docs/write-a-journey.md';
const RULES: Record<string, RegExp> = {
  'true of an empty list, use allOfAtLeastOne': /\.every\(/,
};
/** In a check; elsewhere it may be a search. */
const IN_JOURNEYS: Record<string, RegExp> = {
  'true of an empty list, use allOfAtLeastOne': /!\s*[\w.]+\.some\(/,
};

function vacuous(lines: readonly SourceLine[]): string[] {
  const journeys = lines.filter(({ file }) => !/\/(parts|pages)\/|registry/.test(file));
  return [...findings(lines, RULES), ...findings(journeys, IN_JOURNEYS)];
}

const guide = linesOf(GUIDE, readFileSync(join(ROOT, GUIDE), 'utf8'));

test('no journey, and no example of one, checks what an empty list would pass', () => {
  const lines = sourceLines(['flows/**/*.ts', 'api/journeys/**/*.ts']);
  assert.ok(lines.length > 1500, `${lines.length}`);
  assert.deepEqual(vacuous([...lines.filter(({ file }) => file !== 'flows/registry.ts'), ...guide]), []);
  assert.ok(guide.some(({ text }) => text.includes('allOfAtLeastOne(')));
});

for (const text of [
  'rows.every(({ date }) => date >= start)',
  "check('removed', !listed.data.items.some((one) => one.id === id));",
])
  test(`the search finds: ${text}`, () => {
    assert.equal(vacuous(linesOf('api/journeys/a.ts', text)).length, 1);
  });

test('all of at least one: nothing is not enough, and one that is wrong is one too many', () => {
  const isEven = (value: number) => value % 2 === 0;
  assert.deepEqual(
    [[], [2], [2, 4], [2, 3]].map((list) => allOfAtLeastOne(list, isEven)),
    [false, true, true, false],
  );
});
