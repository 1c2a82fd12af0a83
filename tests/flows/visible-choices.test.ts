/** What journeys choose by is what a user sees: values of options are the markup's, and another target has others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, linesOf, sourceLines } from './source-lines.ts';

const RULES: Record<string, RegExp> = {
  'chooses an option itself (Screen.choose does, by its text)': /\bselectOption\b/,
  'looks for a value': /\[\s*value\b/,
  'reads a value': /getAttribute\(\s*['"`]value|\binputValue\b|\.value\b/,
  'names a value': /\bvalue:/,
};

test('page objects and journeys choose by what a user sees', () => {
  const lines = sourceLines(['flows/**/*.ts']);
  assert.ok(lines.some(({ file }) => file === 'flows/pages/users.ts'));
  assert.deepEqual(findings(lines, RULES), []);
});

for (const text of [
  "await select.selectOption('');",
  "await select.selectOption({ value: 'all' });",
  'const options = select.locator(\'option:not([value=""])\');',
  "const value = await option.getAttribute('value');",
  'options.evaluateAll((all) => all.map((one) => one.value));',
]) {
  test(`the search finds: ${text}`, () => {
    assert.equal(findings(linesOf('flows/pages/a.ts', text), RULES).length > 0, true);
  });
}
