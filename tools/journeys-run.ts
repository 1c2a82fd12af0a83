/** The run of every journey that docs/journeys.md is written from. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, ROOT, setProcessEnv } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { newestRun } from '../measure/run/directory.ts';

/** Kept until the next time: the run prints where its report is, and a journey that failed is looked up there. */
const REPORTS = join(ROOT, '.cache/journeys-run');

/**
 * Gives the run directory.
 * @param start runs the journeys, and gives the exit code
 * @throws {ConfigError} a journey failed
 */
export function runOfEveryJourney(
  reports: string = REPORTS,
  start: () => number | null = runJourneys,
): string {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  setProcessEnv({
    THINK: '0',
    REPORTS_DIR: reports,
    BASE_URL: undefined,
    ENVIRONMENT: undefined,
    REPEAT: undefined,
  });
  if (start() !== 0)
    throw new ConfigError('docs: a journey failed. Fix it first: the page says what was seen.');
  return newestRun(reports);
}

function runJourneys(): number | null {
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const options = { cwd: ROOT, stdio: 'inherit' as const, env: childEnvironment() };
  return spawnSync(process.execPath, [cli, 'test', '--project=perf'], options).status;
}
