/** Runs the contract's test alone: `npx playwright test -c tests/contract`. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  workers: 1,
  reporter: 'list',
  projects: [
    {
      name: 'contract',
      timeout: 45_000,
      use: {
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH || undefined,
          args: ['--no-sandbox', '--disable-background-networking'],
        },
      },
    },
  ],
});
