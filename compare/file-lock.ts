/** One process at a time changes a file that all read, change and write whole: none loses what another has added. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigError } from '../config/errors.ts';
import { makeFolder } from '../config/writable-folder.ts';
import { isRunning, type WriterProcess, writerProcess } from '../measure/run/writer-process.ts';

/** A change takes less than a second; many may queue for it. */
const PATIENCE_MS = 30_000;
/** Where nobody can tell whether the process is there (another machine or container), a lock of this age is a stale one. */
const STALE_MS = 60_000;
const AGAIN_MS = 20;

/**
 * Does work while this process alone may change the file. The lock of a process that has ended is taken over.
 * @param patience ms
 * @throws {ConfigError} one line: another process keeps the lock, or it cannot be written
 */
export async function withLock<T>(
  file: string,
  work: () => T | Promise<T>,
  patience = PATIENCE_MS,
): Promise<T> {
  const lock = `${file}.lock`;
  const until = Date.now() + patience;
  while (!take(lock)) {
    const seen = textOf(lock);
    if (seen !== undefined && isStale(lock, seen))
      // One at a time removes it, and no other than the one that was seen: there may be a new one by now.
      await withLock(lock, () => textOf(lock) === seen && rmSync(lock), patience);
    else if (Date.now() < until) await wait(AGAIN_MS * (1 + Math.random()));
    else
      throw new ConfigError(
        `${lock}: another process is changing ${file}. Wait until it has ended. If no such process runs, remove the lock.`,
      );
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    makeFolder(dirname(lock));
    writeFileSync(lock, JSON.stringify({ id: randomUUID(), ...writerProcess() }), { flag: 'wx' });
    return true;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new ConfigError(`${lock}: cannot be written (${code}). Make room, or make its folder writable.`);
  }
}

function isStale(lock: string, text: string): boolean {
  const owner = ownerIn(text);
  const running = owner?.where === undefined ? undefined : isRunning(owner);
  if (running !== undefined) return !running;
  const { mtimeMs = Date.now() } = statSync(lock, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > STALE_MS;
}

function ownerIn(text: string): WriterProcess | undefined {
  try {
    return JSON.parse(text) as WriterProcess;
  } catch {
    return undefined; // half-written
  }
}

/** Undefined: it is gone. */
function textOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}
