/**
 * `npm run docs`: writes docs/journeys.md from the registry and from one run of every journey on the embedded
 * scheduler: what is there is what was seen.
 *
 *   node tools/docs.ts [--check] [--from <run directory of the perf project>]
 *
 * --check writes nothing; exits 1 when the page says something else than it would.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from '../cli/command.ts';
import { childEnvironment, handDown, ROOT } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { newestRun } from '../measure/run/directory.ts';
import { journeysPage } from './journeys-page.ts';

const PAGE = join(ROOT, 'docs/journeys.md');

try {
  const { values } = optionsOf('docs', process.argv.slice(2), {
    check: { type: 'boolean' },
    from: { type: 'string' },
  });
  const page = values.from ? await journeysPage(values.from) : await pageOfNewRun();
  if (!values.check) writeFileSync(PAGE, page);
  else if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/journeys.md is out of date: run `npm run docs` and commit it');
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

async function pageOfNewRun(): Promise<string> {
  const reports = mkdtempSync(join(tmpdir(), 'journeys-page-'));
  handDown({
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
