/**
 * `npm test`: the tests under `node --test`, then those in a browser, then one line that sums them up:
 * `N passed, N failed`. Exits 0 when all passed and at least one ran, else 1. What failed is named before that line, and so
 * is what passed on its second try only.
 *
 * The folder of a file says what it needs: `tests/process/` starts processes, `tests/journeys/`, `tests/truth/` and
 * `tests/faults/` prove something by whole runs, every other folder needs nothing but this machine's files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Summary } from '../analysis/summary/summary.ts';
import { flag } from '../config/command-line/option.ts';
import { runProgram } from '../config/command-line/run-program.ts';
import { childEnvironment, ROOT, readEnvironment, setProcessEnv } from '../config/environment.ts';
import { FAILED, INVALID, PASSED } from '../config/exit-codes.ts';
import { newestRun } from '../measure/run/directory.ts';
import { setUpBrowser } from '../runner/set-up-browser.ts';
import { apartFromMachine } from './apart-from-machine.ts';
import {
  add,
  type FailedTest,
  type NodeTestOptions,
  noCounts,
  playwrightCounts,
  runNodeTestsTwice,
  type TestCounts,
} from './test-counts.ts';

/** Written by the `json` reporter that playwright.config.ts lists beside the others. */
const PLAYWRIGHT_RESULTS = join(ROOT, '.cache/playwright-results.json');
/** Projects of playwright.config.ts, one after the other. */
const PROJECTS = [['browser'], ['browser-times'], ['perf']];
/** Part of the proofs of the journeys: pages as the real application has them, and journeys on pages that are broken. */
const PAGE_PROJECTS = [['contract'], ['pages']];
/** Tests start hundreds of processes that load the same modules: read once, they are compiled for all. */
const COMPILED = join(ROOT, '.cache/compiled');
/**
 * Journeys must work here, and nobody reads the times: users do not think, and what costs the machine most proves nothing.
 * `npx playwright test --project=perf` has all of it, the trace of a failed journey too.
 */
const BROWSER_TESTS = { THINK: '0', TRACE: 'off', WORKERS: '2', SCHEDULER_PASSWORD_COST_MS: '10' };
/** No test takes a tenth of this on a quiet machine; a proof runs the suite for minutes. */
const TEST_LIMIT_MS = 120_000;
const PROOF_LIMIT_MS = 600_000;
const PROCESS = /^tests\/process\//;
/** These measure time or load a whole machine: one file at a time. */
const PROOFS = /^tests\/(truth|faults)\//;
const CHECK = join(ROOT, 'tools/check.ts');
const JOURNEYS = /^tests\/journeys\//;
/** Whole requests to the embedded scheduler, and whole histories of runs: they take a third of the time. */
const INTEGRATION = /^tests\/(scheduler|compare|alert)\//;

await runProgram({
  name: 'node tools/run-tests.ts',
  about: 'run the tests and count them; without an option those of --unit and --browser',
  argument: ['[pattern...]', 'parts of the paths of test files (default: all)'],
  options: {
    quick: flag(
      '--quick',
      'unit tests that need no process, server or history, and beside them `npm run check`',
    ),
    unit: flag('--unit', 'unit and integration tests, without a browser'),
    browser: flag(
      '--browser',
      'tests in a browser, then the check of docs/journeys.md against what they saw',
    ),
    faults: flag(
      '--faults',
      'proofs that break things or measure time by whole runs; longer than the rest together',
    ),
    journeys: flag('--journeys', 'proofs of the journeys and of the pages of the embedded scheduler'),
  },
  examples: ['node tools/run-tests.ts --unit analysis/gates'],
  exits: { passed: 'all passed', failed: 'a test failed, or none ran', wrongUse: true },
  run: runTests,
});

type Parts = Record<'quick' | 'unit' | 'browser' | 'faults' | 'journeys', boolean>;

async function runTests(given: Parts, patterns: readonly string[]): Promise<number> {
  const isAll = !Object.values(given).includes(true);
  const { quick, unit, browser, faults, journeys } = isAll ? { ...given, unit: true, browser: true } : given;
  // Dates in tests are written down as UTC has them.
  setProcessEnv({ TZ: 'UTC', NODE_COMPILE_CACHE: COMPILED });
  if (browser || faults || journeys) setUpBrowser(readEnvironment());
  const chosen = testFiles().filter(
    (file) => patterns.length === 0 || patterns.some((part) => file.includes(part)),
  );
  const isAlone = (file: string) => PROOFS.test(file) || JOURNEYS.test(file);
  const processes = chosen.filter((file) => unit && PROCESS.test(file));
  const others = chosen.filter(
    (file) => (unit || (quick && !INTEGRATION.test(file))) && !PROCESS.test(file) && !isAlone(file),
  );
  const alone = chosen.filter((file) => (faults && PROOFS.test(file)) || (journeys && JOURNEYS.test(file)));
  const concurrency = availableParallelism();
  const tested = Promise.withResolvers<void>();
  const checked = quick ? checkBeside(tested.promise) : undefined;
  const counts = [
    await nodeTests(processes, {
      // They wait for what they start as long as they compute.
      concurrency: concurrency + 1,
      mayStartProcesses: true,
      together: true,
      limitMs: TEST_LIMIT_MS,
    }),
    await nodeTests(others, {
      concurrency: concurrency + 1,
      mayStartProcesses: false,
      together: true,
      limitMs: TEST_LIMIT_MS,
    }),
    await nodeTests(alone, {
      concurrency: 1,
      mayStartProcesses: true,
      together: false,
      limitMs: PROOF_LIMIT_MS,
    }),
  ];
  if (journeys) for (const projects of PAGE_PROJECTS) counts.push(await browserTests(projects, patterns));
  if (browser) {
    for (const projects of PROJECTS) counts.push(await browserTests(projects, patterns));
    if (patterns.length === 0) counts.push(journeysPageTest());
  }
  tested.resolve();
  if (checked) counts.push(await checked);
  const sum = noCounts();
  for (const part of counts) add(part, sum);
  const { passed, failed } = sum;
  const print = (what: string, { file, name }: FailedTest) =>
    console.log(`${what}: ${relative(ROOT, file)}: ${name}`);
  for (const test of sum.secondTry) print('passed on the second try', test);
  for (const test of sum.failures) print('failed', test);
  if (passed + failed === 0) console.error('no test ran');
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? PASSED : FAILED;
}

/** Paths from the root. */
function testFiles(): string[] {
  return globSync('tests/**/*.test.ts', { cwd: ROOT }).sort();
}

function nodeTests(files: readonly string[], options: NodeTestOptions): Promise<TestCounts> {
  return runNodeTestsTwice(
    files.map((file) => join(ROOT, file)),
    options,
  );
}

/** `npm run check` beside the tests: it counts as one, and prints when all have ended. */
async function checkBeside(tests: Promise<unknown>): Promise<TestCounts> {
  const child = spawn(process.execPath, [CHECK], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const output = await textOf(child.stdout);
  const code = await ended;
  await tests;
  process.stdout.write(output);
  return code === PASSED ? { ...noCounts(), passed: 1 } : failedOnce(CHECK, 'npm run check');
}

/** docs/journeys.md says what the perf run that was just made has seen. */
function journeysPageTest(): TestCounts {
  const latest = newestRun(readEnvironment().reportsDir);
  const words = [join(ROOT, 'tools/docs.ts'), '--check', '--from', latest];
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return { ...noCounts(), passed: 1 };
  return failedOnce(join(ROOT, 'docs/journeys.md'), 'is up to date');
}

function failedOnce(file: string, name: string): TestCounts {
  return { ...noCounts(), failed: 1, failures: [{ file, name }] };
}

async function browserTests(projects: readonly string[], patterns: readonly string[]): Promise<TestCounts> {
  rmSync(PLAYWRIGHT_RESULTS, { force: true });
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const none = patterns.length > 0 ? ['--pass-with-no-tests'] : [];
  // A second try would add its samples to those of the first.
  const tries = projects.includes('perf') ? [] : ['--retries=1'];
  const began = Date.now();
  const only = projects.map((project) => `--project=${project}`);
  const exitCode = await new Promise<number>((done) => {
    spawn(process.execPath, [cli, 'test', ...only, ...none, ...tries, ...patterns], {
      cwd: ROOT,
      stdio: 'inherit',
      env: childEnvironment(BROWSER_TESTS),
    }).on('close', (code) => done(code ?? 1));
  });
  const isOnlyMachine = projects.includes('perf') && exitCode === INVALID && isOnlyMachineBusy(began);
  return playwrightCounts(PLAYWRIGHT_RESULTS, isOnlyMachine ? PASSED : exitCode);
}

/** Nobody reads the times of the perf run that is a test: that its machine was busy makes no journey fail. */
function isOnlyMachineBusy(since: number): boolean {
  const file = join(newestRun(readEnvironment().reportsDir), 'summary.json');
  const summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  const { verdict } = apartFromMachine(summary);
  return Date.parse(summary.run.start) >= since && (verdict === 'pass' || verdict === 'warn');
}
