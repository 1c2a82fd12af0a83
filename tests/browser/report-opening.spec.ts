/** How long the largest report takes to open, beside a plain page of the same size: a slow or busy machine slows both. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, expect, test } from '@playwright/test';
import { report } from '../../analysis/report/report.ts';
import { largeSummary } from '../analysis/large-summary.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();

/** Most of a report is closed, and is drawn when somebody asks for it: it takes half of the plain page's time. */
const MOST_ELEMENTS = 40_000;
const TRIES = 7;
/** Of the plain page's time; with room for what else the machine does. Everything drawn at once takes 1.7. */
const MOST_TIMES = 1.2;

/** Words, all of them drawn. */
function plainPage(bytes: number): string {
  const line = `<p>${'words of a page that has nothing else '.repeat(4)}</p>\n`;
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>plain</title>\n';
  return head + line.repeat(Math.floor((bytes - head.length) / line.length));
}

/** From the navigation until the page has loaded and something is on the screen, by the page's own clock; ms. */
async function opened(browser: Browser, file: string): Promise<{ ms: number; elements: number }> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
  const found = await page.evaluate(() => {
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [paint] = performance.getEntriesByType('paint');
    return {
      ms: Math.max(load?.loadEventEnd ?? Number.POSITIVE_INFINITY, paint?.startTime ?? 0),
      elements: document.querySelectorAll('*').length,
    };
  });
  await page.close();
  return found;
}

test('a report with 500 000 answers behind it opens as fast as a plain page of its size', async ({
  browser,
}) => {
  const text = report(await largeSummary());
  const [large, plain] = ['report.html', 'plain.html'].map((name) => join(folder, name)) as [string, string];
  writeFileSync(large, text);
  writeFileSync(plain, plainPage(Buffer.byteLength(text)));
  const times = { report: [] as number[], plain: [] as number[] };
  for (let at = 0; at < TRIES; at += 1) {
    const { ms, elements } = await opened(browser, large);
    expect(elements).toBeLessThan(MOST_ELEMENTS);
    times.report.push(ms);
    times.plain.push((await opened(browser, plain)).ms);
  }
  const said = JSON.stringify(times, (_, value) => (typeof value === 'number' ? Math.round(value) : value));
  test.info().annotations.push({ type: 'opening, ms', description: said });
  // Each beside the plain page that came after it: the machine is busier at times.
  const shares = times.report.map((ms, at) => ms / (times.plain[at] as number)).sort((a, b) => a - b);
  expect(shares[(TRIES - 1) / 2], said).toBeLessThan(MOST_TIMES);
});
