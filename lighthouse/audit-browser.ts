/** One browser of one user, driven by Playwright and by Lighthouse at the same time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import puppeteer, { type Browser, type Page as PuppeteerPage } from 'puppeteer-core';
import { findBrowser, launchArgs } from '../config/browser.ts';
import { ACTION_TIMEOUT_MS, browserContext, NAVIGATION_TIMEOUT_MS } from '../config/browser-context.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { firstLine } from '../measure/errors/foreign-texts.ts';
import type { Target } from '../measure/target/target.ts';

/** On a busy machine too a browser has its port by then. */
const PORT_LIMIT_MS = 60_000;

export interface AuditBrowser {
  page: Page;
  /** The same page, for Lighthouse. */
  puppeteerPage: PuppeteerPage;
  /** So that the next load is cold: what Lighthouse keeps with the sign-in holds the cache too. */
  clearCache(): Promise<void>;
  close(): Promise<void>;
}

/** @throws {ConfigError} where the browser opens no port for a second driver */
export async function openAuditBrowser(
  environment: Environment,
  target: Pick<Target, 'url' | 'apiUrl'>,
  portLimitMs = PORT_LIMIT_MS,
): Promise<AuditBrowser> {
  const { path } = findBrowser(environment);
  const profile = mkdtempSync(join(tmpdir(), 'audit-browser-'));
  let context: BrowserContext | undefined;
  let second: Browser | undefined;
  const close = async () => {
    await second?.disconnect();
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const launched = chromium.launchPersistentContext(profile, {
      timeout: portLimitMs,
      ...browserContext({ ...environment, baseUrl: target.url }),
      // Lighthouse sets it.
      viewport: null,
      baseURL: target.url,
      executablePath: path,
      args: [...launchArgs({ baseUrl: target.url, apiUrl: target.apiUrl }), '--remote-debugging-port=0'],
      headless: !environment.headed,
      // The run's own ending closes it.
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    // Playwright drives it by this port too.
    context = await launched.catch((cause) => {
      throw withoutPort(path, cause);
    });
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    context.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);
    const browserWSEndpoint = await debuggingAddress(profile, path, portLimitMs);
    second = await puppeteer.connect({ browserWSEndpoint, defaultViewport: null });
    const page = context.pages()[0] ?? (await context.newPage());
    const [puppeteerPage] = await second.pages();
    if (!puppeteerPage) throw new Error('the browser shows its second driver no page');
    const session = await context.newCDPSession(page);
    return {
      page,
      puppeteerPage,
      clearCache: async () => void (await session.send('Network.clearBrowserCache')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Before a run: a browser that Lighthouse cannot drive leaves no run behind. @throws {ConfigError} */
export async function checkAuditBrowser(environment: Environment, portLimitMs?: number): Promise<void> {
  const nowhere = 'http://127.0.0.1';
  const browser = await openAuditBrowser(environment, { url: nowhere, apiUrl: nowhere }, portLimitMs);
  await browser.close();
}

/** A port of the browser's own choice stands in this file of its profile: no other process can take it before. */
async function debuggingAddress(profile: string, browser: string, limitMs: number): Promise<string> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const [port, path] = contentOf(join(profile, 'DevToolsActivePort')).split('\n');
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    if (Date.now() > limit) throw withoutPort(browser);
    await delay(50);
  }
}

function withoutPort(browser: string, cause?: unknown): ConfigError {
  const why = cause === undefined ? '' : ` (${firstLine(cause)})`;
  return new ConfigError(
    `${browser}: opens no debugging port, and Lighthouse needs one${why}. Set CHROMIUM_PATH to a browser that does, or allow remote debugging in its policies.`,
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
