import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium } from '@playwright/test';
import { artilleryGlobal } from '../artillery.ts';

const CONTEXTS_GONE_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 20;

const never = () => new Promise<never>(() => undefined);

/** Browsers of single users that run now. */
const own = new Set<Browser>();
let isEnding = false;

/**
 * Where each user has a browser of its own, the Playwright engine keeps it to itself (artillery-engine-playwright
 * 1.30.0, `useSeparateBrowserPerVU`): all that it launches are noted here, so that the end can wait for them.
 */
export function noteOwnBrowsers(): void {
  const launch = chromium.launch.bind(chromium);
  chromium.launch = async (options) => {
    if (isEnding) return never();
    const browser = await launch(options);
    if (!browser.isConnected()) return browser;
    own.add(browser);
    browser.once('disconnected', () => own.delete(browser));
    return browser;
  };
}

/**
 * Ends the browsers of a run, after the Playwright engine has closed the context of each user: closing a browser under
 * it, or starting a user in a closed one, would be a worker error and the end of the process before there is a report.
 * Artillery goes on starting users until it exits: those now wait for ever. A browser that a user has to itself is
 * closed by the engine.
 */
export async function closeBrowsers(): Promise<void> {
  isEnding = true;
  const shared = artilleryGlobal().__browser;
  if (shared) shared.newContext = never;
  const isIdle = () => own.size === 0 && (shared?.contexts().length ?? 0) === 0;
  const until = Date.now() + CONTEXTS_GONE_WITHIN_MS;
  while (!isIdle() && Date.now() < until) await wait(LOOK_EVERY_MS);
  if (shared?.contexts().length === 0) await shared.close();
}
