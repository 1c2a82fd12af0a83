/** The report in a browser: which view an address shows, and what axe finds in each. */
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, watchedSamples } from '../analysis/synthetic-run.ts';

const VIEWS = ['overview', 'load', 'browser', 'figures'];
let address = '';

test.beforeAll(async () => {
  // Red, so that cards, errors and reasons are there too.
  const samples = watchedSamples().map(
    (sample): Sample =>
      sample.kind === 'step' && sample.name === 'open absences'
        ? { ...sample, ok: false, error: 'no heading' }
        : sample,
  );
  const { reportPath } = await conclude(runDirectory(runJson(), samples));
  address = pathToFileURL(reportPath).href;
});

/** Another fragment of the same page loads nothing: that is what a reader's click does. */
async function show(page: Page, fragment: string): Promise<void> {
  await page.goto(`${address}${fragment}`);
}

test('an address shows its view alone, without any script', async ({ page }) => {
  await show(page, '');
  await expect(page.locator('.view:visible')).toHaveAttribute('id', 'overview');
  for (const id of VIEWS) {
    await page.getByRole('navigation', { name: 'Views' }).locator(`a[href="#${id}"]`).click();
    await expect(page.locator('.view:visible')).toHaveCount(1);
    await expect(page.locator('.view:visible')).toHaveAttribute('id', id);
  }
  // A link into a closed part shows its view and opens it.
  await show(page, '#gates');
  await expect(page.locator('.view:visible')).toHaveAttribute('id', 'figures');
  await expect(page.locator('details:has(#gates)')).toHaveAttribute('open', '');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.view:visible')).toHaveCount(4);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in any view, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const id of VIEWS) {
      await show(page, `#${id}`);
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
        // Sorted, and with a moment chosen, where the script is at work.
        document
          .querySelector('.view:target [role=slider]')
          ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
        document.querySelector<HTMLElement>('.view:target .sort')?.click();
        // The links stay in sight while the page scrolls, and would lie over what is under them then.
        window.scrollTo(0, 0);
      });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(
        ({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
      expect(found, id).toEqual([]);
    }
  });

test('at 390 pixels no view scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  for (const id of VIEWS) {
    await show(page, `#${id}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, id).toBeLessThanOrEqual(390);
  }
});
