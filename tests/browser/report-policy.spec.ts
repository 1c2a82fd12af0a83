/** The report on a server that drops what styles a page in itself, as Jenkins does with what it publishes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import { runDirectory, runJson, watchedSamples } from '../analysis/synthetic-run.ts';

/** https://www.jenkins.io/doc/book/security/configuring-content-security-policy/ */
const POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'";
const ADDRESS = 'http://ci.test/report/';

async function open(page: Page, runDir: string, hasStyle = true): Promise<void> {
  await page.route(`${ADDRESS}**`, (route) => {
    const file = route.request().url().slice(ADDRESS.length);
    const isStyle = file.endsWith('.css');
    if (isStyle && !hasStyle) return route.fulfill({ status: 404 });
    return route.fulfill({
      body: readFileSync(join(runDir, file)),
      contentType: isStyle ? 'text/css' : 'text/html; charset=utf-8',
      headers: { 'content-security-policy': POLICY },
    });
  });
  await page.goto(`${ADDRESS}index.html`);
}

test('the report looks as it does at home, from the style file beside it', async ({ page }) => {
  const runDir = runDirectory(runJson(), watchedSamples());
  await conclude(runDir);
  await open(page, runDir);
  await expect(page.locator('.verdict')).toHaveCSS('border-left-width', '6px');
  await expect(page.locator('.tools, .sort, .cursor, [role=slider], main [hidden]')).toHaveCount(0);
  await expect(page.locator('.axis').first()).toHaveCSS('display', 'flex');
  await expect(page.locator('path.line.a').first()).toHaveCSS('stroke', 'rgb(11, 102, 195)');
});

test('the report is legible without any style: its charts are lines, not black shapes', async ({ page }) => {
  const runDir = runDirectory(runJson(), watchedSamples());
  await conclude(runDir);
  await open(page, runDir, false);
  await expect(page.locator('.verdict')).toHaveCSS('border-left-width', '0px');
  for (const line of await page.locator('path.line').all()) {
    await expect(line).toHaveCSS('fill', 'none');
    await expect(line).not.toHaveCSS('stroke', 'none');
  }
  const chart = await page.locator('#load figure svg[role=img]').first().boundingBox();
  expect(chart?.height).toBe(110);
});

test('without its script the report lacks nothing but what the script adds', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const runDir = runDirectory(runJson(), watchedSamples());
  const { reportPath } = await conclude(runDir);
  const text = async () => (await page.locator('main').textContent())?.replace(/\s+/g, ' ').trim();
  await open(page, runDir);
  const blocked = await text();
  await page.goto(pathToFileURL(reportPath).href);
  expect(await page.locator('.tools').count()).toBeGreaterThan(5);
  await page.evaluate(() => {
    for (const added of document.querySelectorAll('.tools, .moment, .now, .said')) added.remove();
  });
  expect(blocked).toBe(await text());
  expect(errors).toEqual([]);
});
