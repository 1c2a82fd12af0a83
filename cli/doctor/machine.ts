import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { dirname } from 'node:path';
import { findBrowser } from '../../config/browser.ts';
import type { Environment } from '../../config/environment.ts';
import type { Check } from './check.ts';

const GIB = 2 ** 30;
/** An hour of load writes about this much: samples before they are packed, and evidence of failures. */
const LEAST_FREE = 1 * GIB;
const NO_ROOM = 0.1 * GIB;
/** A browser user takes about a fifth of a core and 100 MiB (docs/profiles.md). */
const LEAST_CORES = 2;

export function machineChecks(environment: Environment): Check[] {
  return [node(), browser(environment), disk(environment.reportsDir), cores()];
}

function node(): Check {
  return { what: 'Node', state: 'ok', seen: process.version };
}

function browser(environment: Environment): Check {
  try {
    const { path, kind, source } = findBrowser(environment);
    const { status, stdout } = spawnSync(path, ['--version', '--no-sandbox'], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    if (status === 0)
      return { what: 'browser', state: 'ok', seen: `${stdout.trim()} (${kind}, from ${source})` };
    return { what: 'browser', state: 'fail', seen: 'it does not start', mend: 'run `npm run setup`' };
  } catch (error) {
    return { what: 'browser', state: 'fail', seen: (error as Error).message };
  }
}

function disk(reportsDir: string): Check {
  let folder = reportsDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const seen = `${(free / GIB).toFixed(1)} GiB free for reports`;
  if (free >= LEAST_FREE) return { what: 'disk', state: 'ok', seen };
  const mend = 'make room, or set REPORTS_DIR to another disk';
  return { what: 'disk', state: free < NO_ROOM ? 'fail' : 'warn', seen, mend };
}

function cores(): Check {
  const count = os.availableParallelism();
  const seen = `${count} cores, ${(os.totalmem() / GIB).toFixed(1)} GiB`;
  return count >= LEAST_CORES
    ? { what: 'machine', state: 'ok', seen }
    : { what: 'machine', state: 'warn', seen, mend: 'lower VUS: two cores carry about four browser users' };
}
