// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the planted sources hold templates.
/** The words that the project no longer uses are counted where people read them, and the counts may only shrink. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, lowered, oldWords, proseOf } from '../../tools/words.ts';

const IN_PROSE = [
  "const a = 'the gate was held';",
  '// mended later',
  '/** Told to the user,\n * in place\n * of a table. */',
  'const b = `${count} users: so many are ${limit} to be held`;',
  'const c = `a ${d ? { e: `nested, anew` } : ""} b`;',
];
for (const source of IN_PROSE) {
  test(`an old word is found in: ${source.replaceAll('\n', ' ')}`, () =>
    assert.notDeepEqual(oldWords(proseOf(source)), []));
}

test('code that is no prose is not counted', () => {
  assert.deepEqual(oldWords(proseOf('const held = told.mend(anew ?? whoever); // a comment')), []);
});

test('each word comes with the plain one', () => {
  assert.deepEqual(oldWords('Whoever mends it'), [
    '"mends": use fix',
    '"whoever": use the noun: the user, the caller',
  ]);
});

test('a word that is part of another is another word', () => {
  assert.deepEqual(oldWords('a recommended threshold, upheld; it is to become'), []);
});

test('more than listed fails, a new file too; fewer fails until the list is lowered', () => {
  const now = { 'a.ts': 2, 'b.ts': 1, 'c.ts': 1 };
  const listed = { 'a.ts': 1, 'c.ts': 3 };
  assert.equal(findings(now, listed).length, 3);
  assert.deepEqual(lowered(now, listed), { 'a.ts': 1, 'c.ts': 1 });
  assert.deepEqual(findings({ 'a.ts': 1 }, { 'a.ts': 1 }), []);
});
