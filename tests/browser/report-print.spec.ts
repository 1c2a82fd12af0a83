/** The report on paper: nothing is cut off, charts are drawn, and what was closed on the screen is left out and said to be. */
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import { hostileRun } from '../analysis/hostile-run.ts';
import { runDirectory, runJson, watchedSamples } from '../analysis/synthetic-run.ts';

/** A4 without margins of a centimetre, CSS pixels. */
const PAPER = { width: 718, height: 1047 };

async function printed(page: Page, runDir: string, fragment = ''): Promise<void> {
  const { reportPath } = await conclude(runDir);
  await page.setViewportSize(PAPER);
  await page.goto(`${pathToFileURL(reportPath).href}${fragment}`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
}

/** Elements that reach over the edge of the paper. */
function beyond(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((one) => {
        const { width, right } = one.getBoundingClientRect();
        return (
          width > 0 &&
          right > document.documentElement.clientWidth + 1 &&
          !one.closest('.unseen, caption, .time')
        );
      })
      .map((one) => `${one.tagName} ${one.className} ${one.closest('table')?.caption?.textContent ?? ''}`),
  );
}

const made = () => runDirectory(runJson(), watchedSamples());

for (const [what, run] of [
  ['a healthy run', made],
  ['words without an end', () => hostileRun('x'.repeat(300))],
] as const)
  test(`${what}: nothing reaches over the edge of the paper, whatever is open`, async ({ page }) => {
    await printed(page, run());
    expect(await beyond(page)).toEqual([]);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
    });
    expect(await beyond(page)).toEqual([]);
  });

test('views follow each other, each from a page of its own under its title, light, with their charts', async ({
  page,
}) => {
  await printed(page, made(), '#load');
  await expect(page.locator('.view:visible')).toHaveCount(3);
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  for (const id of ['load', 'browser']) {
    await expect(page.locator(`#${id}`)).toHaveCSS('break-before', 'page');
    const title = await page.evaluate(
      (view) => getComputedStyle(document.getElementById(view) as HTMLElement, '::before').content,
      id,
    );
    expect(title.toLowerCase()).toContain(id);
  }
  const heights = await page
    .locator('section:has(#timeline) > figure svg[role=img]')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(2);
  for (const height of heights) expect(height).toBe(110);
  await expect(page.locator('.tools:visible, nav a:visible, .skip:visible')).toHaveCount(0);
  const pdf = await page.pdf({
    format: 'A4',
    margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' },
  });
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(3);
});

test('a table that was closed is left out, which is said; one that was opened is printed', async ({
  page,
}) => {
  const note = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('footer p') as Element, '::before').content);
  await printed(page, made(), '#figures');
  await expect(page.locator('#figures')).toBeHidden();
  expect(await note()).toContain('not printed');
  await page.evaluate(() => {
    location.hash = '#requests';
  });
  await expect(page.locator('#figures details:has(#requests) table').first()).toBeVisible();
  await expect(page.locator('#figures > details:visible')).toHaveCount(1);
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  expect(await note()).toBe('none');
});
