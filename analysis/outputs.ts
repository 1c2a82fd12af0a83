/** Writing into a run directory: whole or not at all, and one line says so when the disk refuses it. */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  globSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { WRONG_USE } from '../config/exit-codes.ts';

/** A run was read and judged, and what was concluded cannot be written: the disk is full, or not ours to write. */
export class ReportNotWritten extends Error {
  override name = 'ReportNotWritten';
  readonly exitCode = WRONG_USE;

  constructor(file: string, cause: NodeJS.ErrnoException) {
    super(
      `${file}: cannot be written (${reason(cause)}). The samples are kept; make room or make it writable, then \`npx loadtest report <directory>\`.`,
    );
  }
}

/** One line for what kept the end of a run from being written and judged. */
export function notWritten(runDir: string, error: unknown): string {
  if (error instanceof ReportNotWritten) return error.message;
  const cause = error as NodeJS.ErrnoException;
  if (cause.code !== undefined) return new ReportNotWritten(runDir, cause).message;
  return `${runDir}: could not be concluded: ${cause.message?.split('\n')[0]}; try \`npx loadtest report <directory>\``;
}

/**
 * A reader never meets half a file.
 * @throws {ReportNotWritten}
 */
export function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (error) {
    forget(`${file}.part`);
    throw new ReportNotWritten(file, error as NodeJS.ErrnoException);
  }
}

/** @throws {ReportNotWritten} */
export function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    throw new ReportNotWritten(file, error as NodeJS.ErrnoException);
  }
}

/** Removes what a conclusion that was broken off had begun to write. */
export function removeParts(runDir: string): void {
  for (const part of globSync('*.part', { cwd: runDir })) forget(join(runDir, part));
}

/** Puts `<file>.gz` in the place of a file. Gives one line when that could not be done; the file is then kept as it is. */
export async function pack(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const part = `${file}.gz.part`;
  try {
    // Flushed to the disk before the only other copy goes: a power cut would leave an empty archive.
    await pipeline(createReadStream(file), createGzip(), createWriteStream(part, { flush: true }));
    await rename(part, `${file}.gz`);
    await rm(file);
    return undefined;
  } catch (error) {
    forget(part);
    return `${file}: not packed (${reason(error as NodeJS.ErrnoException)}); it is whole as it is`;
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOSPC'
    ? 'ENOSPC: no space left on the disk'
    : (message.split(',')[0] ?? code ?? 'no reason given');
}

/** The disk refuses to write: that it refuses this as well would say nothing new. */
function forget(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // it is in the way of nobody: the next conclusion writes over it
  }
}
