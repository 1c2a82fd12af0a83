/** The audit of a page is never that of another: of the sign-in page, or of one that refuses its user. */
import { expect, type Page, test } from '@playwright/test';
import { checkIsPage } from '../../lighthouse/page-audit.ts';
import type { AuditedPage } from '../../lighthouse/pages.ts';

const ORIGIN = 'http://127.0.0.1:9';
const SETTINGS: AuditedPage = { path: '/settings', role: 'admin', landmark: { name: 'Settings', level: 1 } };
/** Long enough that a busy machine finds what is there; what is not there is not waited for long. */
const FOUND_WITHIN_MS = 20_000;
const MISSED_AFTER_MS = 200;

/** Each path answers with this heading. */
async function openAt(page: Page, path: string, heading: string): Promise<void> {
  await page.route(`${ORIGIN}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<h1>${heading}</h1>` }),
  );
  await page.goto(`${ORIGIN}${path}`);
}

const problem = (page: Page, finalUrl: string, timeout = MISSED_AFTER_MS) =>
  checkIsPage(page, SETTINGS, finalUrl, timeout).then(
    () => 'none',
    (error: Error) => error.message,
  );

test('the page that was asked for, with its heading, is audited', async ({ page }) => {
  await openAt(page, '/settings?tab=1', 'Settings');
  expect(await problem(page, `${ORIGIN}/settings`, FOUND_WITHIN_MS)).toBe('none');
});

test('a page that led to sign-in is named as such where Lighthouse or the browser saw it', async ({
  page,
}) => {
  await openAt(page, '/login', 'Settings');
  expect(await problem(page, `${ORIGIN}/login`)).toMatch(/^leads to sign-in/);
  expect(await problem(page, `${ORIGIN}/settings`)).toMatch(/^leads to sign-in/);
});

test('another page, and one that refuses its user, is not audited as the page', async ({ page }) => {
  await openAt(page, '/settings', 'Access Denied');
  expect(await problem(page, `${ORIGIN}/settings`)).toMatch(/^has no heading "Settings"/);
  expect(await problem(page, `${ORIGIN}/people`)).toMatch(/^leads to \/people/);
});
