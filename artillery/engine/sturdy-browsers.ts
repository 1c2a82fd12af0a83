import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { ClassifiedError } from '../../measure/errors/classified-error.ts';
import { artilleryGlobal } from '../artillery.ts';

/** A page takes a second on a busy machine; one whose process died while it came would be waited for for ever. */
const PAGE_WITHIN_MS = 30_000;

/** Takes what a browser did not do, with its error. */
export type Tell = (what: string, error: Error) => void;

/**
 * Keeps a run alive whose browsers do not start, or die. The Playwright engine starts browsers and contexts, and closes
 * them, where nobody catches an error (artillery-engine-playwright 1.30.0, `scenario`): one browser that finds no memory
 * would end the whole process, without a report. Here such a user fails, is reported, and the run goes on: users who did not
 * come make it invalid by name.
 */
export function makeBrowsersSturdy(tell: Tell): void {
  const launch = chromium.launch.bind(chromium);
  chromium.launch = async (options) => {
    try {
      return sturdy(await launch(options), tell);
    } catch (error) {
      tell('browser not started', error as Error);
      return noBrowser(error as Error);
    }
  };
}

function sturdy(browser: Browser, tell: Tell): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    try {
      return sturdyContext(await newContext(options), tell);
    } catch (error) {
      tell('browser context not opened', error as Error);
      return noContext(error as Error);
    }
  };
  const close = browser.close.bind(browser);
  let isClosed = false;
  browser.close = () => {
    isClosed = true;
    return close().catch(() => undefined); // it is gone already
  };
  browser.once('disconnected', () => {
    if (!isClosed) tell('browser lost', new ClassifiedError('browser-lost', 'the browser ended'));
    const shared = artilleryGlobal();
    // The next user starts a new one.
    if (shared.__browser === browser) shared.__browser = undefined;
  });
  return browser;
}

function sturdyContext(context: BrowserContext, tell: Tell): BrowserContext {
  const close = context.close.bind(context);
  context.close = () => close().catch(() => undefined); // it went with its browser
  const newPage = context.newPage.bind(context);
  context.newPage = () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`no page within ${PAGE_WITHIN_MS / 1000} s`)), PAGE_WITHIN_MS);
    });
    return Promise.race([newPage(), late])
      .catch((error: Error) => {
        tell('page not opened', error);
        throw error; // here the engine expects one
      })
      .finally(() => clearTimeout(timer));
  };
  return context;
}

/** What the engine does with a browser before it begins to expect errors; then it gets this one. */
function noBrowser(error: Error): Browser {
  const none = {
    newContext: async () => noContext(error),
    contexts: () => [],
    close: async () => undefined,
    isConnected: () => false,
    once: () => none,
  };
  return none as unknown as Browser;
}

function noContext(error: Error): BrowserContext {
  const none = {
    setDefaultNavigationTimeout: () => undefined,
    setDefaultTimeout: () => undefined,
    addInitScript: () => Promise.reject(error),
    close: async () => undefined,
  };
  return none as unknown as BrowserContext;
}
