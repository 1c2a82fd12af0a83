/** Pages of several runs, those of the site and of a comparison: what axe finds on each, and whether they keep to a phone and to paper. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { withRuns } from '../../compare/baseline-file.ts';
import { comparisonPage } from '../../compare/comparison-section.ts';
import { conclusionOf } from '../../compare/conclusion.ts';
import { detect } from '../../compare/detect.ts';
import { addRun } from '../../compare/history.ts';
import { runFigures } from '../../compare/run-figures.ts';
import { sitePages } from '../../compare/site/site.ts';
import { siteContent } from '../../compare/site/site-runs.ts';
import { madeSummary, spread } from '../compare/made-runs.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { axeFindings, LOOKS, look } from './axe.ts';

const folder = temporaryFolder();

/** A run a week for half a year, slower by half in its second half. */
test.beforeAll(() => {
  const store = join(folder, 'store');
  for (const [at, factor] of spread(26, 3).entries()) {
    const summary = madeSummary({
      id: `run-${at}`,
      factor: factor * (at < 13 ? 1 : 1.5),
      change(made) {
        made.run.start = new Date(Date.UTC(2026, 4, 1 + 7 * at)).toISOString();
        made.verdict = (['pass', 'warn', 'fail', 'invalid'] as const)[at % 4] ?? 'pass';
        made.headline = { verdict: made.verdict, text: 'It is said what this run comes to.' };
        made.run.target.version = 'a'.repeat(60);
      },
    });
    addRun(store, { ...runFigures(summary, 2), conclusion: conclusionOf(summary) });
  }
  const figures = (name: string, factors: readonly number[]) =>
    factors.map((factor, at) => runFigures(madeSummary({ id: `${name}${at}`, factor }), 2));
  const baseline = withRuns(undefined, figures('base', spread(6, 1)), {});
  const slower = figures('now', [1.4, 1.42, 1.45]);
  const comparison = detect(baseline, slower, { file: 'load.json', threshold: 0.1, accepted: [] });
  writeFileSync(join(folder, 'comparison.html'), comparisonPage(comparison, { json: 'comparison.json' }));
  const content = siteContent(store, () => false);
  const commitsBetween = () => ({ commits: [], n: 0, missing: 'the same commit' });
  for (const [path, text] of sitePages(content, { commitsBetween })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

/** A4 with margins of a centimetre, CSS pixels. */
const PAPER = 718;
const PAGES = [
  'comparison.html',
  'index.html',
  'profiles/embedded/load.html',
  'runs/embedded/load/run-25.html',
];

for (const [how, appearance] of Object.entries(LOOKS))
  test(`axe finds nothing on any page of several runs: ${how}`, async ({ page }) => {
    await look(page, appearance);
    for (const path of PAGES) {
      await page.goto(pathToFileURL(join(folder, path)).href);
      const widest = await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
        return document.documentElement.scrollWidth;
      });
      expect(widest, path).toBeLessThanOrEqual(appearance.width);
      expect(await axeFindings(page), path).toEqual([]);
    }
  });

test('no page is cut off on paper, and it is said that older weeks are on the screen alone', async ({
  page,
}) => {
  await page.setViewportSize({ width: PAPER, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  for (const path of PAGES) {
    await page.goto(pathToFileURL(join(folder, path)).href);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(PAPER);
  }
  await page.goto(pathToFileURL(join(folder, 'profiles/embedded/load.html')).href);
  const weeks = page.locator('section:has(#operations) .weeks');
  await expect(weeks.locator('thead th:visible')).toHaveCount(9);
  expect(await weeks.evaluate((one) => getComputedStyle(one, '::after').content)).toContain('eight weeks');
  await page.emulateMedia({ media: 'screen' });
  await expect(weeks.locator('thead th:visible')).toHaveCount(27);
});
