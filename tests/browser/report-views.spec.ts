/** The report in a browser: which view an address shows, and what axe finds in each. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { audit, concludedEvent } from '../analysis/audit-samples.ts';
import { runDirectory, runJson, temporaryDirectory, watchedSamples } from '../analysis/synthetic-run.ts';
import { axeFindings, LOOKS, look } from './axe.ts';

const VIEWS = ['overview', 'load', 'browser', 'figures'];
let address = '';

test.beforeAll(async () => {
  // Red, so that cards, errors and reasons are there too; and with audits.
  const samples = watchedSamples().map(
    (sample): Sample =>
      sample.kind === 'step' && sample.name === 'open absences'
        ? { ...sample, ok: false, error: 'no heading' }
        : sample,
  );
  const audits = [1, 2, 3].map((repeat) => audit(repeat, { LCP: 300 * repeat, performance: 0.9 }));
  const failed = { ...audit(1, {}, '/people'), ok: false, error: 'the page did not come' };
  const all = [...samples, ...audits, failed, concludedEvent()];
  const { reportPath } = await conclude(runDirectory(runJson(), all));
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

for (const [how, appearance] of Object.entries(LOOKS))
  test(`axe finds nothing in any view: ${how}`, async ({ page }) => {
    await look(page, appearance);
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
      expect(await axeFindings(page), id).toEqual([]);
    }
  });

test('the view that is shown stands out among the links where colours are replaced', async ({ page }) => {
  await look(page, LOOKS['forced colours']);
  await show(page, '#load');
  const colours = await page
    .locator('.views a')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderBottomColor));
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(colours.map((colour) => colour !== ground)).toEqual([false, true, false, false]);
});

test('at 390 pixels no view scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  for (const id of VIEWS) {
    await show(page, `#${id}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, id).toBeLessThanOrEqual(390);
  }
});

test('on a laptop no table of a recorded run scrolls sideways: its last column says why', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1240, height: 900 });
  for (const run of ['load', 'smoke', 'bench', 'capacity']) {
    const recorded = join(import.meta.dirname, '../analysis/recorded', run);
    const runDir = temporaryDirectory();
    for (const file of ['run.json', 'samples.ndjson.gz'])
      copyFileSync(join(recorded, file), join(runDir, file));
    const { reportPath } = await conclude(runDir);
    for (const id of VIEWS) {
      await page.goto(`${pathToFileURL(reportPath).href}#${id}`);
      const wide = await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
        return [...document.querySelectorAll('.scroll')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map((one) => `${one.getAttribute('aria-label')}: ${one.scrollWidth} px`);
      });
      expect(wide, `${run}, ${id}`).toEqual([]);
    }
  }
});
