/** How many tests passed and failed, from what the two test runners say of themselves. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const COUNT_REPORTER = new URL('./count-reporter.ts', import.meta.url).href;

export interface NodeTestOptions {
  /** Processes at once. */
  concurrency: number;
  /** Whether a test may start a process. */
  mayStartProcesses: boolean;
}

/** What the runner says at the end of a file, and without a file at the end of all. */
export interface TestSummary {
  file?: string;
  success: boolean;
  counts: { tests: number; passed: number; skipped: number; todo: number };
}

/** Takes the summary of all files. A hook that fails after its tests fails no test: it counts as one failure. */
export function takeSummary({ file, success, counts }: TestSummary, into: TestCounts): void {
  if (file !== undefined) return;
  const { tests, passed, skipped, todo } = counts;
  into.passed = passed;
  into.failed = tests - passed - skipped - todo || (success ? 0 : 1);
}

/**
 * Runs files under node's test runner; prints as it goes. Files that start processes have a process each; the others share
 * as many as may run at once, since starting Node and loading the same modules for each file took half of the CPU time.
 * @param files absolute paths; none gives no counts.
 */
export async function runNodeTests(files: string[], options: NodeTestOptions): Promise<TestCounts> {
  const counts: TestCounts = { passed: 0, failed: 0 };
  if (files.length === 0) return counts;
  if (!options.mayStartProcesses) return runTogether(files, options.concurrency);
  const events = run({ files, concurrency: options.concurrency, timeout: TEST_LIMIT });
  events.on('test:summary', (summary) => takeSummary(summary, counts));
  for await (const text of events.compose(new spec())) process.stdout.write(text);
  return counts;
}

async function runTogether(files: readonly string[], concurrency: number): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'test-counts-'));
  const groups = Array.from({ length: Math.min(concurrency, files.length) }, (_, group) =>
    files.filter((_file, at) => at % concurrency === group),
  );
  const counts = await Promise.all(
    groups.map((group, at) => runInOneProcess(group, join(folder, `${at}.json`))),
  );
  rmSync(folder, { recursive: true, force: true });
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function runInOneProcess(files: readonly string[], countsFile: string): Promise<TestCounts> {
  const reporters = [
    ['spec', 'stdout'],
    [COUNT_REPORTER, countsFile],
  ].flatMap(([name, to]) => [`--test-reporter=${name}`, `--test-reporter-destination=${to}`]);
  const words = [
    '--require',
    NO_PROCESSES,
    '--test',
    '--test-isolation=none',
    `--test-timeout=${TEST_LIMIT}`,
    ...reporters,
    ...files,
  ];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const exitCode = await new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)));
  const counts = countsIn(countsFile);
  // Red without a failed test: a file could not be loaded, or the process was ended.
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function countsIn(file: string): TestCounts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestCounts;
  } catch {
    return { passed: 0, failed: 1 };
  }
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
