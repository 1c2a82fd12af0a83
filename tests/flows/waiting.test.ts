/** Steps end when the user sees the result or the answer is there: never after a sleep or a guess. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, linesOf, sourceLines } from './source-lines.ts';

const RULES: Record<string, RegExp> = {
  'a sleep': /waitForTimeout|\bset(Timeout|Interval)\b|timers\/promises|\bsleep\b|\bdelay\(/,
  'a guess': /networkidle|waitForLoadState/,
  // Timed 100 to 1000 ms late by their polling (docs/measuring.md); Screen.see times exactly.
  'a coarse wait': /\bexpect\(|\.waitForSelector\(|\.waitForFunction\(|waitForResponse\(/,
  // The user's own ways to find things come first; a selector by style breaks with the next coat of paint.
  'a selector by style or position in the tree':
    /locator\(\s*['"`][^'"`]*(\.[a-z][\w-]*[\s>.:[]|\.[a-z][\w-]*['"`]|:nth-|xpath=|\/\/)/,
};

const PAGES = sourceLines(['flows/**/*.ts']);

test('no sleep, no guess, no coarse wait, no brittle selector in any journey or page', () => {
  assert.ok(PAGES.length > 500);
  assert.deepEqual(findings(PAGES, RULES), []);
});

for (const [text, rule] of [
  ['await page.waitForTimeout(500);', 'a sleep'],
  ["import { setTimeout as wait } from 'node:timers/promises';", 'a sleep'],
  ["await page.waitForLoadState('networkidle');", 'a guess'],
  ['await expect(row).toBeVisible();', 'a coarse wait'],
  ["page.locator('.btn-primary')", 'a selector by style or position in the tree'],
  ["page.locator('div.card > span')", 'a selector by style or position in the tree'],
  ["page.locator('tr:nth-child(2)')", 'a selector by style or position in the tree'],
] as const) {
  test(`the search finds: ${text}`, () => {
    assert.ok(
      findings(linesOf('flows/pages/a.ts', text), RULES).some((found) => found.includes(`: ${rule}: `)),
    );
  });
}
