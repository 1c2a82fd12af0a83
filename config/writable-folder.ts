/** Folders that a user may not write to are found before anything begins, with the variable that names another. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './errors.ts';

/**
 * Makes a folder, where it is not there yet.
 * @param access asks the system whether a folder that is there may be written to
 * @throws {ConfigError} one line: it cannot be written to, and the variable that names another
 */
export function makeWritable(folder: string, variable: string, access = accessSync): void {
  try {
    makeFolder(folder);
    access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `${folder}: cannot be written to (${code ?? 'unknown error'}). Make it writable, or set ${variable} to a folder that is.`,
    );
  }
}

/** Folder by folder: Node's own recursive mkdir never returns under /proc, which refuses with ENOENT. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was faster
  }
}
