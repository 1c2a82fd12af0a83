import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { visibleJson } from '../../config/visible-text.ts';
import { makeFolder } from '../../config/writable-folder.ts';
import type { RunJson } from './run.ts';

/** Link to the newest run, beside the run directories. */
export const LATEST = 'latest';
/** Begins the name of every run directory. */
const STAMPED = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-/;

/** `2026-11-23T09-00-16Z`: UTC, sorts by time, safe in file names. */
export function runStamp(date: Date): string {
  return date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/**
 * Makes `<reports>/<UTC time>-<profile>[-<label>]/`. Two runs begun in one second get names of their own.
 * Throws ConfigError when the folder cannot be written.
 */
export function createRunDirectory(
  reportsDir: string,
  profile: string,
  label?: string,
  now = new Date(),
): string {
  const name = [runStamp(now), profile, label].filter(Boolean).join('-');
  const root = resolve(reportsDir);
  try {
    makeFolder(root);
    accessSync(root, constants.W_OK);
    for (let attempt = 1; ; attempt += 1) {
      const folder = join(root, attempt === 1 ? name : `${name}-${attempt}`);
      try {
        mkdirSync(folder);
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `${reportsDir}: cannot write reports there (${code ?? 'unknown error'}); make it writable, or set REPORTS_DIR to a folder that is`,
    );
  }
}

/** Every file system in use gives files room in pieces of this many bytes, or of a multiple. */
const BLOCK = 4096;

/** Throws what the file system says when it cannot be written. */
export function writeRunJson(runDir: string, run: RunJson): void {
  const file = join(runDir, 'run.json');
  const text = `${visibleJson(JSON.stringify(run, null, 2))}\n`;
  try {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file); // a reader never sees half of it
  } catch (error) {
    rmSync(`${file}.new`, { force: true });
    if (!fitsInPlace(file, text)) throw error;
    writeInPlace(file, text); // on a full disk how the run ended can still be reported
  }
}

function fitsInPlace(file: string, text: string): boolean {
  const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return size > 0 && Math.ceil(Buffer.byteLength(text) / BLOCK) <= Math.ceil(size / BLOCK);
}

function writeInPlace(file: string, text: string): void {
  const opened = openSync(file, 'r+');
  try {
    const bytes = Buffer.from(text);
    writeSync(opened, bytes, 0, bytes.length, 0);
    ftruncateSync(opened, bytes.length);
  } finally {
    closeSync(opened);
  }
}

export function readRunJson(runDir: string): RunJson {
  return JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8')) as RunJson;
}

/** Changes some facts of a run, e.g. how it ended. */
export function amendRunJson(runDir: string, facts: Partial<RunJson>): RunJson {
  const run = { ...readRunJson(runDir), ...facts };
  writeRunJson(runDir, run);
  return run;
}

/** Points `latest` beside the run at it. Where that cannot be done the run goes on, and `newestRun` finds it by its name. */
export function pointLatestAt(runDir: string): void {
  const link = join(dirname(runDir), LATEST);
  try {
    rmSync(link, { force: true, recursive: false });
    symlinkSync(basename(runDir), link);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    console.error(
      `${link}: cannot be made a link to this run (${code ?? 'unknown error'}). Remove what is there, or name the run directory to \`npx loadtest report\`.`,
    );
  }
}

/** The run that `latest` points at; where there is no such link, the newest by name. Without any run, where `latest` would be. */
export function newestRun(reportsDir: string): string {
  const link = join(reportsDir, LATEST);
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if ((isLink && existsSync(link)) || !existsSync(reportsDir)) return link;
  const newest = readdirSync(reportsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && STAMPED.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .at(-1);
  return newest === undefined ? link : join(reportsDir, newest);
}
