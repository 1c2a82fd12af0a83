/** Tables of the report by script: sorted, filtered, copied. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import { healthySamples, runDirectory, runJson } from '../analysis/synthetic-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-tables-'));
const file = join(folder, 'index.html');

/** 45 operations: 20 are seen at once, the others opened. `op.0` is the slowest, `op.9` has too few answers for a p95. */
test.beforeAll(async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const [one] = summary.operations;
  if (!one) throw new Error('no operation');
  const operations = Array.from({ length: 45 }, (_, at) => ({
    ...{ ...one, name: at === 7 ? '=7+cmd' : `op.${at}`, n: at === 9 ? 1 : 1000 + at },
    ...{ p95: 9 + ((at * 7) % 45) * 30, p95ci: undefined },
  }));
  writeFileSync(file, report({ ...summary, operations }));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

async function open(page: Page): Promise<void> {
  await page.goto(`${pathToFileURL(file).href}#requests`);
}

const part = (page: Page) => page.locator('details.part:has(#requests)');
const first = (page: Page) => part(page).locator('.scroll').first();
const heading = (page: Page, name: string) => first(page).getByRole('columnheader', { name, exact: true });
const filter = (page: Page) => part(page).getByRole('searchbox').first();
const cells = (page: Page, column: number) =>
  part(page).locator(`tbody tr:not([hidden]) > :nth-child(${column})`).allTextContents();

/** Of all rows that the filter leaves, those in the closed part too. */
const names = async (page: Page) => (await cells(page, 1)).map((text) => text.trim().split(/\s/)[0]);

async function columnOf(page: Page, name: string): Promise<number> {
  return heading(page, name).evaluate((cell) => (cell as HTMLTableCellElement).cellIndex + 1);
}

test('a heading sorts all rows by number, the largest first, again the other way; what has none comes last', async ({
  page,
}) => {
  await open(page);
  const values = async () =>
    (await cells(page, await columnOf(page, 'p95')))
      .filter((text) => /\d/.test(text))
      .map((text) => Number.parseFloat(text.replace(/\u202f/g, '')));
  await heading(page, 'p95').getByRole('button').click();
  await expect(heading(page, 'p95')).toHaveAttribute('aria-sort', 'descending');
  const largestFirst = await values();
  expect(largestFirst).toHaveLength(44);
  expect(largestFirst).toEqual([...largestFirst].sort((a, b) => b - a));
  expect((await names(page)).at(-1)).toBe('op.9');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'p95')).toHaveAttribute('aria-sort', 'ascending');
  expect(await values()).toEqual([...largestFirst].reverse());
  expect((await names(page)).at(-1)).toBe('op.9');
  await heading(page, 'n').getByRole('button').focus();
  await page.keyboard.press('Space');
  await expect(heading(page, 'n')).toHaveAttribute('aria-sort', 'descending');
  await expect(heading(page, 'p95')).not.toHaveAttribute('aria-sort');
  expect((await names(page))[0]).toBe('op.44');
  await expect(first(page).locator('tbody tr')).toHaveCount(20);
});

test('a filter brings rows of the closed part into sight, and says how many there are', async ({ page }) => {
  await open(page);
  await filter(page).fill('OP.4');
  await expect(first(page).locator('tbody tr:visible')).toHaveCount(6);
  expect((await names(page)).sort()).toEqual(['op.4', 'op.40', 'op.41', 'op.42', 'op.43', 'op.44']);
  await expect(part(page).getByText('6 of 45 rows')).toBeVisible();
  await expect(part(page).locator('details.more').first()).toBeHidden();
  await filter(page).fill('op.');
  await expect(part(page).getByText('… 24 more')).toBeVisible();
  await filter(page).fill('nothing has this');
  await expect(part(page).getByText('0 of 45 rows')).toBeVisible();
  await filter(page).fill('');
  await expect(first(page).locator('tbody tr:visible')).toHaveCount(20);
  await expect(part(page).getByText('… 25 more')).toBeVisible();
});

/** What a paste gives, where there is a clipboard. */
async function copy(page: Page, button: string): Promise<string> {
  await part(page).getByRole('button', { name: button }).first().click();
  await expect(part(page).getByText('Copied, to be pasted into a spreadsheet')).toBeVisible();
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<textarea id="pasted"></textarea>'),
  );
  await page.locator('#pasted').focus();
  await page.keyboard.press('Control+V');
  return page.locator('#pasted').inputValue();
}

for (const hasClipboard of [true, false])
  test(`a table is copied as text with tabs, ${hasClipboard ? 'with' : 'without'} the clipboard API`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    if (!hasClipboard)
      await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await open(page);
    await filter(page).fill('=7+cmd');
    const [head, row, ...others] = (await copy(page, 'Copy')).split('\n');
    expect(others).toEqual([]);
    const headings = head?.split('\t') ?? [];
    expect(headings).toContain('p95');
    const values = row?.split('\t') ?? [];
    expect(values).toHaveLength(headings.length);
    expect(values[0], 'no formula').toMatch(/^'=7\+cmd/);
    expect(values[headings.indexOf('n')]).toBe('1007');
  });
