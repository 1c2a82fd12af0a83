/** Runs the contract's test alone, without opening a run: `npx playwright test -c tests/contract`. */
import { defineConfig } from '@playwright/test';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { readEnvironment } from '../../config/environment.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../../.cache/playwright-contract',
  workers: 1,
  timeout: 45_000,
  reporter: 'list',
  projects: [{ name: 'contract' }],
  use: {
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findBrowser(readEnvironment()).path, args: launchArgs() },
  },
});
