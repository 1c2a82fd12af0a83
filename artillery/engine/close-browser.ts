import { setTimeout as wait } from 'node:timers/promises';
import { artilleryGlobal } from '../plugin/artillery.ts';

const CONTEXTS_GONE_WITHIN_MS = 5000;

/**
 * Closes the browser that the Playwright engine shares among its users, after the engine has closed the context of
 * each: closing the browser under it, or starting a user in a closed one, would be a worker error and the end of the
 * process before there is a report. Artillery goes on starting users until it exits: those now wait for ever.
 */
export async function closeSharedBrowser(): Promise<void> {
  const browser = artilleryGlobal().__browser;
  if (!browser) return;
  browser.newContext = () => new Promise(() => undefined);
  const until = Date.now() + CONTEXTS_GONE_WITHIN_MS;
  while (browser.contexts().length > 0 && Date.now() < until) await wait(20);
  if (browser.contexts().length === 0) await browser.close();
}
