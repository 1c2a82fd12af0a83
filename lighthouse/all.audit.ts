/** `npx playwright test --project=lighthouse`: the same run as `npx loadtest audit`, for those who start everything by Playwright. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { childEnvironment } from '../config/environment.ts';
import { PASSED } from '../config/exit-codes.ts';
import { ROOT } from '../config/root.ts';

/** In a process of its own: Playwright closes at once every browser of a test that it ends, and the run would lose its user. */
const test = base.extend<{ audit(): Promise<number | null> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on, none here
  audit: async ({}, use) => {
    let run: ChildProcess | undefined;
    await use(async () => {
      run = spawn(process.execPath, [join(ROOT, 'cli/loadtest.ts'), 'audit'], {
        cwd: ROOT,
        env: childEnvironment(),
        stdio: 'inherit',
      });
      const [code] = (await once(run, 'exit')) as [number | null];
      return code;
    });
    // Playwright was interrupted: the run ends in order.
    if (run?.exitCode !== null || run.signalCode !== null) return;
    run.kill('SIGINT');
    await once(run, 'exit');
  },
});

test('audits of all pages and of a journey of each role', async ({ audit }) => {
  expect(await audit(), 'exit code of the run, whose report is named above').toBe(PASSED);
});
