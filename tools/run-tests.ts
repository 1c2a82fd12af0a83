/**
 * `npm test`: the tests under `node --test`, then those in a browser, then one line that sums them up:
 * `N passed, N failed`. Exits 0 when all passed and at least one ran, else 1.
 *
 *   node tools/run-tests.ts [--unit | --browser | --faults] [pattern …]
 *
 * A pattern narrows both: a part of a file's path. `--faults` (`npm run test:faults`) runs the proofs that break things
 * or measure time by whole runs, and nothing else; they take longer than the rest together.
 */
import { spawn, spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, handDown, ROOT, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { newestRun } from '../measure/run/directory.ts';
import { playwrightCounts, runNodeTests, type TestCounts } from './test-counts.ts';

/** Written by the `json` reporter that playwright.config.ts lists beside the others. */
const PLAYWRIGHT_RESULTS = join(ROOT, '.cache/playwright-results.json');
/** Projects of playwright.config.ts. The first may run side by side; what measures time runs after it, by itself. */
const PROJECTS = [['contract', 'pages'], ['browser'], ['perf']];
/** Tests start hundreds of processes that load the same modules: read once, they are compiled for all. */
const COMPILED = join(ROOT, '.cache/compiled');
const OPTIONS = ['--unit', '--browser', '--faults'];
/** These measure time or load a whole machine: one file at a time. */
const PROOFS = /^tests\/(truth|faults)\//;

try {
  const words = process.argv.slice(2);
  const unknown = words.find((word) => word.startsWith('-') && !OPTIONS.includes(word));
  if (unknown)
    throw new ConfigError(`${unknown}: not an option of run-tests; write --unit, --browser or --faults`);
  const patterns = words.filter((word) => !word.startsWith('-'));
  // Dates in tests are written down as UTC has them.
  handDown({ TZ: 'UTC', NODE_COMPILE_CACHE: COMPILED });
  const parts: TestCounts[] = [];
  const only = words.find((word) => OPTIONS.includes(word));
  if (only === '--faults') parts.push(await runNodeTests(testFiles(patterns, true), 1));
  if (!only || only === '--unit') parts.push(await runNodeTests(testFiles(patterns, false), 2));
  if (!only || only === '--browser') {
    for (const projects of PROJECTS) parts.push(await browserTests(projects, patterns));
    if (patterns.length === 0) parts.push(journeysPageTest());
  }
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  if (passed + failed === 0) console.error('no test ran');
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

/** Files named `*.test.ts`: the proofs, or those that may run side by side. */
function testFiles(patterns: string[], isProof: boolean): string[] {
  return globSync('tests/**/*.test.ts', { cwd: ROOT })
    .filter((file) => PROOFS.test(file) === isProof)
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort()
    .map((file) => join(ROOT, file));
}

/** docs/journeys.md says what the perf run that was just made has seen. */
function journeysPageTest(): TestCounts {
  const latest = newestRun(readEnvironment().reportsDir);
  const words = [join(ROOT, 'tools/docs.ts'), '--check', '--from', latest];
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function browserTests(projects: string[], patterns: string[]): Promise<TestCounts> {
  rmSync(PLAYWRIGHT_RESULTS, { force: true });
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const none = patterns.length > 0 ? ['--pass-with-no-tests'] : [];
  const only = projects.map((project) => `--project=${project}`);
  const exitCode = await new Promise<number>((done) => {
    spawn(process.execPath, [cli, 'test', ...only, ...none, ...patterns], {
      cwd: ROOT,
      stdio: 'inherit',
      // Journeys are to work here; nobody reads what their users would.
      env: childEnvironment({ THINK: '0' }),
    }).on('close', (code) => done(code ?? 1));
  });
  return playwrightCounts(PLAYWRIGHT_RESULTS, exitCode);
}
