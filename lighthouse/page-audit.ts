/** The audit of one page: a cold load of it by somebody who is signed in. */
import type { Page } from '@playwright/test';
import { navigation, type Result } from 'lighthouse';
import { ACTION_TIMEOUT_MS } from '../config/browser-context.ts';
import type { AuditBrowser } from './audit-browser.ts';
import { checkHasLoaded } from './load-end.ts';
import type { AuditedPage } from './pages.ts';
import { type AuditSettings, lighthouseOptions } from './settings.ts';

/** The page has loaded: its heading is there, or does not come. */
const LANDMARK_LIMIT_MS = ACTION_TIMEOUT_MS;
const SIGN_IN = '/login';

/** What was loaded is not the page that was asked for: its figures would be those of another. */
export class WrongPage extends Error {}

export interface LoadedPage {
  lhr: Result;
  html: string;
  json: string;
}

/** @throws {WrongPage} {Error} what Lighthouse could not do */
export async function auditPage(
  audited: AuditedPage,
  { page, puppeteerPage, clearCache }: AuditBrowser,
  origin: string,
  settings: AuditSettings,
): Promise<LoadedPage> {
  await clearCache();
  const result = await navigation(puppeteerPage, `${origin}${audited.path}`, lighthouseOptions(settings));
  if (!result) throw new Error('Lighthouse gave no result');
  const { lhr, report } = result;
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  checkHasLoaded(lhr);
  await checkIsPage(page, audited, lhr.finalDisplayedUrl);
  const [html = '', json = ''] = report as string[];
  return { lhr, html, json };
}

/**
 * What was audited is the page that was asked for, by where it led to and by its heading.
 * @param finalUrl where Lighthouse says that the load ended
 * @throws {WrongPage}
 */
export async function checkIsPage(
  page: Page,
  { path, landmark: { name, level } }: AuditedPage,
  finalUrl: string,
  limitMs = LANDMARK_LIMIT_MS,
): Promise<void> {
  const elsewhere = [finalUrl, page.url()].map((url) => new URL(url).pathname).find((one) => one !== path);
  if (elsewhere === SIGN_IN)
    throw new WrongPage(`leads to sign-in (${SIGN_IN}), which is not audited as this page`);
  if (elsewhere !== undefined)
    throw new WrongPage(`leads to ${elsewhere}, which is not audited as this page`);
  const heading = page.getByRole('heading', { name, level, exact: true }).first();
  await heading.waitFor({ timeout: limitMs }).catch(() => {
    throw new WrongPage(
      `has no heading "${name}": it is refused, or another page, and is not audited as this one`,
    );
  });
}
