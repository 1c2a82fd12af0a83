/** How many tests passed and failed, from what the two test runners say of themselves. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TestCounts {
  passed: number;
  failed: number;
  /** Those of `failed` that have a name. */
  failures: FailedTest[];
  /** Those of `passed` that did so on their second try only. */
  secondTry: FailedTest[];
}

export interface FailedTest {
  /** Absolute. */
  file: string;
  name: string;
}

export const noCounts = (): TestCounts => ({ passed: 0, failed: 0, failures: [], secondTry: [] });
/** A run that says nothing of its tests. */
const oneFailure = (): TestCounts => ({ ...noCounts(), failed: 1 });

const NO_PROCESSES = fileURLToPath(new URL('./no-processes.cjs', import.meta.url));
const TEST_GROUP = fileURLToPath(new URL('./test-group.ts', import.meta.url));

export interface NodeTestOptions {
  /** Processes at once. */
  concurrency: number;
  /** Whether a test may start a process. */
  mayStartProcesses: boolean;
  /** Whether files share processes. Starting Node and loading the same modules for each took half of the CPU time. */
  together: boolean;
  /** The longest that a test may take, ms: after it the process is ended, and the test has failed. */
  limitMs: number;
}

/** Processes one after the other: which is free takes the next group, so that none waits long for the slowest. */
const GROUPS_EACH = 2;
/** How often a process is looked at for one that hangs, ms. */
const WATCH_MS = 1000;

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
export async function runNodeTests(files: readonly string[], options: NodeTestOptions): Promise<TestCounts> {
  const { concurrency, together } = options;
  const folder = mkdtempSync(join(tmpdir(), 'test-counts-'));
  const groups = together ? dealt(files, concurrency * GROUPS_EACH) : files.map((file) => [file]);
  const sum = noCounts();
  let next = 0;
  const runGroups = async () => {
    for (let at = next++; at < groups.length; at = next++) {
      const counts = await runGroup(groups[at] ?? [], join(folder, `${at}.json`), options);
      add(counts, sum);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runGroups));
  rmSync(folder, { recursive: true, force: true });
  return sum;
}

export function add(counts: TestCounts, to: TestCounts): void {
  to.passed += counts.passed;
  to.failed += counts.failed;
  to.failures.push(...counts.failures);
  to.secondTry.push(...counts.secondTry);
}

/** Files with a failed test at most, for a second try of them: more is no accident. */
const ACCIDENTS = 3;

/**
 * As {@link runNodeTests}; a file in which a test failed then runs once more, by itself. What passes then counts as passed,
 * on its second try: tests of times and processes lose to a busy machine now and then.
 */
export async function runNodeTestsTwice(
  files: readonly string[],
  options: NodeTestOptions,
): Promise<TestCounts> {
  const counts = await runNodeTests(files, options);
  const failed = [...new Set(counts.failures.map(({ file }) => file))];
  if (failed.length > ACCIDENTS) return counts;
  for (const file of failed) {
    const again = await runNodeTests([file], { ...options, together: false });
    if (again.failed > 0 || again.passed === 0) continue;
    const mine = counts.failures.filter((failure) => failure.file === file);
    counts.failures = counts.failures.filter((failure) => failure.file !== file);
    counts.secondTry.push(...mine);
    counts.passed += mine.length;
    counts.failed -= mine.length;
  }
  return counts;
}

/** The files in as many groups, or fewer, none of them empty. */
function dealt(files: readonly string[], groups: number): string[][] {
  return Array.from({ length: Math.min(groups, files.length) }, (_, group) =>
    files.filter((_file, at) => at % groups === group),
  );
}

async function runGroup(
  files: readonly string[],
  countsFile: string,
  { mayStartProcesses, limitMs }: NodeTestOptions,
) {
  const began = Date.now();
  const words = [...(mayStartProcesses ? [] : ['--require', NO_PROCESSES]), TEST_GROUP, countsFile, ...files];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  // A loop without an end lets no timer of its own process end it.
  const watch = setInterval(() => {
    const written = statSync(countsFile, { throwIfNoEntry: false })?.mtimeMs ?? began;
    if (Date.now() - written > limitMs) child.kill('SIGKILL');
  }, WATCH_MS);
  const exitCode = await new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)));
  clearInterval(watch);
  const counts = countsIn(countsFile);
  // Red without a failed test: a file could not be loaded, or the process was ended.
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function countsIn(file: string): TestCounts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestCounts;
  } catch {
    return oneFailure();
  }
}

/**
 * The counts of a Playwright run from the file of its `json` reporter. A run that ended badly without a failed test, or
 * without that file, counts as one failure.
 */
export function playwrightCounts(resultsFile: string, exitCode: number): TestCounts {
  const counts = noCounts();
  try {
    const { stats, suites, config } = JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
    const named = (status: string) =>
      suites
        .flatMap(specsIn)
        .filter(({ tests }) => tests.some((test) => test.status === status))
        .map(({ file, title }) => ({ file: join(config.rootDir, file), name: title }));
    counts.passed = stats.expected + stats.flaky;
    counts.failed = stats.unexpected;
    counts.failures = named('unexpected');
    counts.secondTry = named('flaky');
  } catch (error) {
    console.error(`${resultsFile}: not readable: ${error instanceof Error ? error.message : error}`);
    return oneFailure();
  }
  if (exitCode !== 0 && counts.failed === 0) {
    console.error(
      `playwright test ended with exit code ${exitCode} and no failed test: counted as one failure`,
    );
    counts.failed = 1;
  }
  return counts;
}

/** What is read of the `json` reporter's file. */
interface Results {
  config: { rootDir: string };
  stats: { expected: number; unexpected: number; flaky: number };
  suites: Suite[];
}

interface Suite {
  specs: Spec[];
  suites?: Suite[];
}

interface Spec {
  title: string;
  /** From `rootDir`. */
  file: string;
  tests: Array<{ status: string }>;
}

function specsIn({ specs, suites = [] }: Suite): Spec[] {
  return [...specs, ...suites.flatMap(specsIn)];
}
