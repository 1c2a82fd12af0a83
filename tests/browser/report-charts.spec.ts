/** Charts of the report by script: a cursor and a zoom that all of them share. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import { healthySamples, runDirectory, runJson } from '../analysis/synthetic-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-charts-'));
const file = join(folder, 'index.html');
const ofAnHour = join(folder, 'hour.html');

/** 800 s: second `s` has `s` requests, and a p95 but for 410. */
test.beforeAll(async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const [second] = summary.timeline;
  if (!second) throw new Error('no second');
  const timeline = Array.from({ length: 800 }, (_, s) => ({
    ...{ ...second, s, users: 5, browserUsers: 2, httpUsers: 3, requests: s },
    p50: s === 410 ? null : 20,
    p95: s === 410 ? null : 100,
  }));
  const phases = [
    { name: 'warm-up', from: 0, seconds: 200, warmup: true as const },
    { name: 'steady', from: 200, seconds: 600 },
  ];
  writeFileSync(file, report({ ...summary, timeline, phases }));
  const hour = Array.from({ length: 3600 }, (_, s) => ({
    ...{ ...second, s, requests: s % 4, errors: s === 1802 ? 1 : 0, p50: 20, p95: 100 },
  }));
  writeFileSync(ofAnHour, report({ ...summary, timeline: hour, phases: [] }));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

async function open(page: Page, view = 'load'): Promise<void> {
  await page.goto(`${pathToFileURL(file).href}#${view}`);
}

const timeline = (page: Page) => page.locator('section:has(#timeline)');
const slider = (page: Page, name: RegExp) => timeline(page).getByRole('slider', { name });
const caption = (page: Page, id: string) => page.locator(`#${id}`);
/** Words of the time under the charts of the timeline: the same wherever they stand. */
const times = (page: Page) =>
  timeline(page)
    .locator('.time > svg:has(> text)')
    .evaluateAll((all) => [
      ...new Set(all.map((one) => [...one.children].map(({ textContent }) => textContent).join(' · '))),
    ]);

/** Places are shares of the first chart's width. */
async function point(page: Page, share: number): Promise<{ x: number; y: number }> {
  const plot = timeline(page).locator('.plot svg').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('no chart');
  return { x: box.x + share * box.width, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: number, to: number): Promise<void> {
  const [begin, end] = [await point(page, from), await point(page, to)];
  await page.mouse.move(begin.x, begin.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 3 });
  await page.mouse.up();
}

test('a pointer over one chart shows the values of all at that moment', async ({ page }) => {
  await open(page);
  const { x, y } = await point(page, 400.5 / 800);
  await page.mouse.move(x, y);
  await expect(caption(page, 'chart-users')).toHaveText(/in browsers 2\b.*over HTTP 3\b.*at 6 min 40 s/);
  await expect(caption(page, 'chart-requests')).toHaveText(/requests 400\b.*at 6 min 40 s/);
  await expect(caption(page, 'glance-chart-requests')).toHaveText(/requests 400/);
  await expect(page.locator('path.cursor:not([d=""])')).toHaveCount(
    await page.locator('figure[data-seconds]').count(),
  );
});

test('arrow keys move the cursor by a second, and a second without a value has none', async ({ page }) => {
  await open(page);
  await slider(page, /^Median and p95/).focus();
  await expect(slider(page, /^Median and p95/)).toHaveAttribute('aria-valuetext', 'no moment chosen');
  await page.keyboard.press('Home');
  for (let at = 0; at < 41; at += 1) await page.keyboard.press('PageUp');
  await expect(slider(page, /^Median and p95/)).toHaveAttribute(
    'aria-valuetext',
    '6 min 50 s, p95 –, median –',
  );
  await page.keyboard.press('ArrowRight');
  await expect(slider(page, /^Median and p95/)).toHaveAttribute(
    'aria-valuetext',
    '6 min 51 s, p95 100, median 20',
  );
  await expect(slider(page, /^Requests/)).toHaveAttribute('aria-valuenow', '411');
  await page.keyboard.press('End');
  await expect(caption(page, 'chart-requests')).toHaveText(/requests 799/);
  await page.keyboard.press('Escape');
  await expect(page.locator('path.cursor:not([d=""])')).toHaveCount(0);
});

test('a drag shows that stretch in all charts under a true axis, and Reset shows the run again', async ({
  page,
}) => {
  await open(page);
  const before = await times(page);
  const drawn = await page
    .locator('.plot svg .grid')
    .evaluateAll((all) => all.map((one) => one.getAttribute('d')));
  await drag(page, 400.5 / 800, 499.5 / 800);
  await expect(timeline(page).getByText('6 min 40 s to 8 min 20 s of 13 min 20 s are shown.')).toBeVisible();
  expect(await times(page)).toEqual(['7 min · 7 min 30 s · 8 min']);
  for (const drawing of await page.locator('figure[data-seconds] .plot svg > g').all())
    await expect(drawing).toHaveAttribute('transform', /^matrix\(8 0 0 1 -4000 0\)$/);
  await expect(timeline(page).locator('.time > svg > svg').first()).toHaveAttribute('width', '0%');
  await expect(timeline(page).locator('.time > svg > svg').nth(1)).toHaveAttribute('width', '100%');
  // The middle of what is shown is second 450.
  const { x, y } = await point(page, 0.505);
  await page.mouse.move(x, y);
  await expect(caption(page, 'chart-requests')).toHaveText(/requests 450\b.*at 7 min 30 s/);
  await page.keyboard.press('Home');
  await timeline(page).getByRole('button', { name: 'Reset' }).click();
  expect(await times(page)).toEqual(before);
  expect(
    await page.locator('.plot svg .grid').evaluateAll((all) => all.map((one) => one.getAttribute('d'))),
  ).toEqual(drawn);
  await expect(timeline(page).getByRole('button', { name: 'Zoom in' })).toBeFocused();
});

test('without a drag a button zooms around the cursor, to five seconds at least', async ({ page }) => {
  await open(page);
  await slider(page, /^Requests/).focus();
  await page.keyboard.press('End');
  const nearer = timeline(page).getByRole('button', { name: 'Zoom in' });
  await nearer.click();
  await expect(timeline(page).getByText('6 min 40 s to 13 min 20 s of 13 min 20 s are shown.')).toBeVisible();
  for (let at = 0; at < 8; at += 1) await nearer.click();
  await expect(
    timeline(page).getByText('13 min 15 s to 13 min 20 s of 13 min 20 s are shown.'),
  ).toBeVisible();
  await expect(caption(page, 'chart-requests')).toHaveText(/requests 799/);
});

test('in a long run a moment has the highest of its seconds, of requests the mean, zoomed in too', async ({
  page,
}) => {
  await page.goto(`${pathToFileURL(ofAnHour).href}#load`);
  const errors = slider(page, /^Errors per second, highest of each 4 s/);
  await expect(slider(page, /^Requests per second, mean of each 4 s/)).toBeVisible();
  await drag(page, 1701 / 3600, 1899 / 3600);
  await errors.focus();
  await page.keyboard.press('Home');
  const first = Number(await errors.getAttribute('aria-valuenow'));
  expect(first % 4).toBe(0);
  expect(await errors.getAttribute('aria-valuemin')).toBe(`${first}`);
  for (let at = first; at < 1800; at += 4) await page.keyboard.press('ArrowRight');
  await expect(errors).toHaveAttribute('aria-valuetext', '30 min, failed steps and requests 1');
  await expect(caption(page, 'chart-requests')).toHaveText(/requests 1\.5\b.*at 30 min/);
  await page.keyboard.press('ArrowRight');
  await expect(errors).toHaveAttribute('aria-valuetext', '30 min 4 s, failed steps and requests 0');
});
