/** How many tests passed and failed, from what the two test runners say of themselves. */
import { readFileSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

export interface TestCounts {
  passed: number;
  failed: number;
}

/** A test that has not ended after this long hangs, ms. */
const TEST_LIMIT = 600_000;

const NO_PROCESSES = fileURLToPath(new URL('./no-processes.cjs', import.meta.url));

export interface NodeTestOptions {
  /** Files at once. */
  concurrency: number;
  /** Whether a test may start a process. */
  mayStartProcesses: boolean;
}

/**
 * Runs files under node's test runner, each in a process of its own; prints as it goes.
 * @param files absolute paths; none gives no counts.
 */
export async function runNodeTests(
  files: string[],
  { concurrency, mayStartProcesses }: NodeTestOptions,
): Promise<TestCounts> {
  const counts: TestCounts = { passed: 0, failed: 0 };
  if (files.length === 0) return counts;
  const events = run({
    files,
    concurrency,
    timeout: TEST_LIMIT,
    execArgv: mayStartProcesses ? [] : ['--require', NO_PROCESSES],
  });
  events.on('test:summary', ({ file, success, counts: { tests, passed, skipped, todo } }) => {
    // One summary a file, and one without a file for all of them.
    if (file !== undefined) return;
    counts.passed = passed;
    // A hook that fails after its tests fails no test.
    counts.failed = tests - passed - skipped - todo || (success ? 0 : 1);
  });
  for await (const text of events.compose(new spec())) process.stdout.write(text);
  return counts;
}

/**
 * The counts of a Playwright run from the file of its `json` reporter. A retry that passed counts as a failure. A run
 * that ended badly without a failed test, or without that file, counts as one failure.
 */
export function playwrightCounts(resultsFile: string, exitCode: number): TestCounts {
  let counts: TestCounts;
  try {
    const { stats } = JSON.parse(readFileSync(resultsFile, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number };
    };
    counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  } catch (error) {
    console.error(`${resultsFile}: not readable: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  }
  if (exitCode !== 0 && counts.failed === 0) {
    console.error(
      `playwright test ended with exit code ${exitCode} and no failed test: counted as one failure`,
    );
    counts.failed = 1;
  }
  return counts;
}
