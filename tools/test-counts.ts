/** How many tests passed and failed, from what the two test runners say of themselves. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TestCounts {
  passed: number;
  failed: number;
}

const NO_PROCESSES = fileURLToPath(new URL('./no-processes.cjs', import.meta.url));
const TEST_GROUP = fileURLToPath(new URL('./test-group.ts', import.meta.url));

export interface NodeTestOptions {
  /** Processes at once. */
  concurrency: number;
  /** Whether a test may start a process. */
  mayStartProcesses: boolean;
  /** Whether files share processes. Starting Node and loading the same modules for each took half of the CPU time. */
  together: boolean;
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
 * Runs files under node's test runner; prints as it goes.
 * @param files absolute paths; none gives no counts.
 */
export async function runNodeTests(
  files: readonly string[],
  { concurrency, mayStartProcesses, together }: NodeTestOptions,
): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'test-counts-'));
  const groups = together ? dealt(files, concurrency) : files.map((file) => [file]);
  const sum: TestCounts = { passed: 0, failed: 0 };
  let next = 0;
  const runGroups = async () => {
    for (let at = next++; at < groups.length; at = next++) {
      const counts = await runGroup(groups[at] ?? [], join(folder, `${at}.json`), mayStartProcesses);
      sum.passed += counts.passed;
      sum.failed += counts.failed;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runGroups));
  rmSync(folder, { recursive: true, force: true });
  return sum;
}

/** The files in as many groups, or fewer, none of them empty. */
function dealt(files: readonly string[], groups: number): string[][] {
  return Array.from({ length: Math.min(groups, files.length) }, (_, group) =>
    files.filter((_file, at) => at % groups === group),
  );
}

async function runGroup(files: readonly string[], countsFile: string, mayStartProcesses: boolean) {
  const words = [...(mayStartProcesses ? [] : ['--require', NO_PROCESSES]), TEST_GROUP, countsFile, ...files];
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
