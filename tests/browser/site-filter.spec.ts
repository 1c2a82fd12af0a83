/** The list of all runs, opened from a disk: its filters, and what is there without script. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { runsPage } from '../../compare/site/runs-page.ts';
import type { SiteProfile } from '../../compare/site/site-runs.ts';
import { madeFigures } from '../compare/made-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'site-'));
test.afterAll(() => rmSync(folder, { recursive: true }));

function profileOf(environment: string, verdicts: readonly string[]): SiteProfile {
  const runs = verdicts.map((verdict, at) => {
    const run = madeFigures(`${environment}-${at}`, at, (made) => {
      Object.assign(made, { verdict, targetVersion: `1.${at}` });
      made.like.environment = environment;
    });
    return { path: `${environment}/load/${run.id}`, run, hasReport: false };
  });
  return { environment, profile: 'load', path: `${environment}/load`, runs };
}

const FEW = [profileOf('embedded', ['pass', 'fail', 'pass']), profileOf('staging', ['fail'])];

async function open(page: Page, profiles = FEW): Promise<void> {
  const file = join(folder, 'index.html');
  writeFileSync(file, runsPage({ profiles, leftOut: [] }, new Map()));
  await page.goto(pathToFileURL(file).href);
}

const filter = (page: Page, name: string) => page.getByRole('combobox', { name });
const shown = (page: Page) => page.locator('section[aria-labelledby=runs] tbody tr:visible');

test('runs are filtered by verdict, environment and words, together', async ({ page }) => {
  await open(page);
  await expect(page.getByText('4 of 4 runs')).toBeVisible();
  await filter(page, 'Verdict').selectOption('✕ Fail');
  await expect(shown(page)).toHaveCount(2);
  await filter(page, 'Environment').selectOption('embedded');
  await expect(shown(page)).toHaveCount(1);
  await filter(page, 'Verdict').selectOption('all');
  await page.getByRole('searchbox').fill('1.2 load');
  await expect(page.getByText('1 of 4 runs')).toBeVisible();
  await expect(shown(page)).toContainText(['1.2']);
});

test('of many runs the newest are in sight; a filter that finds older ones opens them', async ({ page }) => {
  await open(page, [profileOf('embedded', ['fail', ...Array.from({ length: 249 }, () => 'pass')])]);
  await expect(shown(page)).toHaveCount(200);
  await expect(page.getByText('50 older runs')).toBeVisible();
  await page.getByRole('searchbox').fill('nothing has this');
  await expect(page.locator('details.older')).not.toHaveAttribute('open');
  await page.getByRole('searchbox').fill('');
  await filter(page, 'Verdict').selectOption('✕ Fail');
  await expect(shown(page)).toHaveCount(1);
  await expect(page.getByText('1 of 250 runs')).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('all runs are listed, and no filter stands there that would do nothing', async ({ page }) => {
    await open(page);
    await expect(shown(page)).toHaveCount(4);
    await expect(page.locator('form.filters')).toBeHidden();
  });
});
