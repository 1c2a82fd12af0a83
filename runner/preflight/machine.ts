import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import { dirname } from 'node:path';
import { findBrowser } from '../../config/browser.ts';
import type { Environment } from '../../config/environment.ts';
import { PROC, procFile } from '../../measure/run/proc-file.ts';
import type { Check } from './check.ts';

const GIB = 2 ** 30;
/** An hour of load writes about this much: samples before they are packed, and evidence of failures. */
const LEAST_FREE = 1 * GIB;
const NO_ROOM = 0.1 * GIB;
const MIB = 2 ** 20;
/** A traced session takes some 30 MiB until it ends, a browser without one less; below `ever` no browser starts. */
const LEAST_TEMPORARY = { ever: 16 * MIB, off: 256 * MIB, sample: 512 * MIB, all: 1024 * MIB };
/** A user over HTTP with a connection of its own takes a descriptor, a browser some hundreds. */
const LEAST_OPEN_FILES = 4096;
/** A browser user takes about a fifth of a core and 100 MiB (docs/cost.md). */
const LEAST_CORES = 2;

export async function machineChecks(environment: Environment): Promise<Check[]> {
  return [
    node(),
    browser(environment),
    disk(environment.reportsDir),
    temporary(environment.trace),
    await ports(),
    cores(),
    openFiles(),
  ];
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

/** @param access as `accessSync`, which lets root pass */
export function disk(reportsDir: string, access = accessSync): Check {
  let folder = reportsDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const why = unwritable(folder, access);
  if (why !== undefined) {
    const seen = `${reportsDir} cannot be written to (${why})`;
    return {
      what: 'disk',
      state: 'fail',
      seen,
      mend: 'make it writable, or set REPORTS_DIR to a folder that is',
    };
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const seen = `${(free / GIB).toFixed(1)} GiB free for reports`;
  if (free >= LEAST_FREE) return { what: 'disk', state: 'ok', seen };
  const mend = 'make room, or set REPORTS_DIR to another disk';
  return { what: 'disk', state: free < NO_ROOM ? 'fail' : 'warn', seen, mend };
}

/** @param folder where browsers keep their profiles and shared memory, and traces lie until they are kept */
export function temporary(trace: Environment['trace'], folder = os.tmpdir(), stat = statfsSync): Check {
  const what = 'temporary folder';
  const mend = 'make room, set TMPDIR to a folder that has more, or set TRACE=off';
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = stat(folder);
    const free = bavail * bsize;
    const seen = `${folder} has ${Math.floor(free / MIB)} MiB free`;
    if (free < LEAST_TEMPORARY.ever) return { what, state: 'fail', seen, mend };
    const least = LEAST_TEMPORARY[trace ?? 'off'];
    if (free >= least) return { what, state: 'ok', seen };
    return {
      what,
      state: 'warn',
      seen: `${seen}, ${Math.floor(least / MIB)} MiB are needed${trace ? ` with TRACE=${trace}` : ''}`,
      mend,
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const seen = `${folder} cannot be written to (${code})`;
    return { what, state: 'fail', seen, mend: 'set TMPDIR to a folder that can be' };
  }
}

/** Why nobody, or not this user, may write there: the system's code. */
function unwritable(folder: string, access: typeof accessSync): string | undefined {
  try {
    access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** Browsers are driven, and the embedded scheduler is served, over ports of this machine that the system gives. */
export async function ports(host = '127.0.0.1'): Promise<Check> {
  const server = createServer();
  try {
    await once(server.listen(0, host), 'listening');
    return { what: 'ports', state: 'ok', seen: `this machine gives one on ${host}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const mend = 'allow programs to listen on it (loopback interface up, no sandbox that forbids it)';
    return { what: 'ports', state: 'fail', seen: `none to be had on ${host} (${code})`, mend };
  } finally {
    server.close();
  }
}

function cores(): Check {
  const count = os.availableParallelism();
  const seen = `${count} cores, ${(os.totalmem() / GIB).toFixed(1)} GiB`;
  return count >= LEAST_CORES
    ? { what: 'machine', state: 'ok', seen }
    : { what: 'machine', state: 'warn', seen, mend: 'lower VUS: two cores carry about four browser users' };
}

/** Descriptors that a process of the generator may have open, as it has the limit itself: Node raises it where it may. */
export function openFiles(proc = PROC): Check {
  const [, limit] = /^Max open files\s+(\S+)/m.exec(procFile(proc, 'self/limits') ?? '') ?? [];
  const what = 'open files';
  if (limit === undefined) return { what, state: 'ok', seen: 'no limit is known on this system' };
  const seen = `at most ${limit} in a process`;
  if (limit === 'unlimited' || Number(limit) >= LEAST_OPEN_FILES) return { what, state: 'ok', seen };
  return { what, state: 'warn', seen, mend: 'raise `ulimit -n` to 65536, or start few users' };
}
