/**
 * `npm run docs`: writes docs/journeys.md from the registry and from one run of every journey on the embedded
 * scheduler: what is there is what was seen.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flag, text } from '../config/command-line/option.ts';
import { runProgram } from '../config/command-line/run-program.ts';
import { childEnvironment, ROOT, readEnvironment, setProcessEnv } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { FAILED, PASSED } from '../config/exit-codes.ts';
import { newestRun } from '../measure/run/directory.ts';
import { setUpBrowser } from '../runner/set-up-browser.ts';
import { journeysPage } from './journeys-page.ts';

const PAGE = join(ROOT, 'docs/journeys.md');

await runProgram({
  name: 'npm run docs --',
  about: 'write docs/journeys.md from a run of every journey on the embedded scheduler',
  options: {
    check: flag('--check', 'write nothing, and fail where the page is out of date'),
    from: text('--from <directory>', 'run directory of the perf project (default: a new run)'),
  },
  examples: ['npm run docs -- --check --from reports/runs/latest'],
  exits: {
    passed: 'the page is up to date',
    failed: 'the page is out of date',
    wrongUse: 'wrong use, or a journey failed',
  },

  async run({ check, from }) {
    const page = from ? await journeysPage(from) : await pageOfNewRun();
    if (!check) writeFileSync(PAGE, page);
    else if (readFileSync(PAGE, 'utf8') !== page) {
      console.error('docs/journeys.md is out of date: run `npm run docs` and commit it');
      return FAILED;
    }
    return PASSED;
  },
});

async function pageOfNewRun(): Promise<string> {
  setUpBrowser(readEnvironment());
  const reports = mkdtempSync(join(tmpdir(), 'journeys-page-'));
  setProcessEnv({
    THINK: '0',
    REPORTS_DIR: reports,
    BASE_URL: undefined,
    ENVIRONMENT: undefined,
    REPEAT: undefined,
  });
  try {
    const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
    const { status } = spawnSync(process.execPath, [cli, 'test', '--project=perf'], {
      cwd: ROOT,
      stdio: 'inherit',
      env: childEnvironment(),
    });
    if (status !== 0)
      throw new ConfigError('docs: a journey failed; mend it first, the page tells what was seen');
    return await journeysPage(newestRun(reports));
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}
