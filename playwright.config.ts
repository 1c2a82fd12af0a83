import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser, launchArgs } from './config/browser.ts';
import { ACTION_TIMEOUT_MS, browserContext, NAVIGATION_TIMEOUT_MS } from './config/browser-context.ts';
import { readEnvironment, setProcessEnv } from './config/environment.ts';
import { ConfigError } from './config/errors.ts';
import { makeWritable } from './config/writable-folder.ts';

function settings() {
  try {
    const environment = readEnvironment();
    makeWritable(environment.cacheDir, 'CACHE_DIR');
    return { environment, browser: findBrowser(environment) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}

const { environment, browser } = settings();
// One more reporter, whichever are asked for (1.62, lib/runner): `--reporter` takes the place of all that are listed below.
setProcessEnv({ PW_TEST_REPORTER: fileURLToPath(new URL('playwright/reporter.ts', import.meta.url)) });

/** Exact to a frame, or a comparison of two times: one at a time. */
const ALONE = ['**/step-*.spec.ts', '**/throttle.spec.ts', '**/report-opening.spec.ts'];

export default defineConfig({
  outputDir: join(environment.cacheDir, 'playwright'),
  // A browser and a scheduler for each of them; what measures times has one worker below.
  workers: 3,
  timeout: 120_000,
  globalSetup: './playwright/open-run.ts',
  reporter: [['list'], ['json', { outputFile: join(environment.cacheDir, 'playwright-results.json') }]],
  use: {
    ...browserContext(environment),
    headless: !environment.headed,
    actionTimeout: ACTION_TIMEOUT_MS,
    navigationTimeout: NAVIGATION_TIMEOUT_MS,
    launchOptions: { executablePath: browser.path, args: launchArgs(environment) },
  },
  projects: [
    {
      name: 'perf',
      testDir: './playwright',
      testMatch: '*.perf.ts',
      repeatEach: environment.repeat,
      // One at a time unless asked: they share two cores with the target, and times are what they are about.
      workers: environment.workers,
      fullyParallel: environment.workers > 1,
      use: { trace: environment.trace === 'off' ? 'off' : 'retain-on-failure' },
    },
    // One test, as long as the run takes, which has browsers of its own.
    { name: 'lighthouse', testDir: './lighthouse', testMatch: '*.audit.ts', workers: 1, timeout: 0 },
    { name: 'contract', testDir: './tests/contract', fullyParallel: true },
    // They break pages and time nothing: side by side.
    { name: 'pages', testDir: './tests/journeys', fullyParallel: true },
    // What they time they compare with the page's or the browser's own times: side by side too.
    { name: 'browser', testDir: './tests/browser', testIgnore: ALONE },
    { name: 'browser-times', testDir: './tests/browser', testMatch: ALONE, workers: 1 },
  ],
});
