/** Files of figures (baselines, runs of the history): JSON that is written whole or not at all, and refused by name where it is damaged. */
import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { ConfigError } from '../config/errors.ts';
import { readFileText } from '../config/file-text.ts';
import { foremost } from '../config/schema-problem.ts';
import { visibleJson } from '../config/visible-text.ts';
import { makeFolder } from '../config/writable-folder.ts';

/** What a file is to hold, and what to do where it does not. */
export interface FileKind {
  /** E.g. `a baseline`. */
  called: string;
  schema: number;
  content: z.ZodType;
  /** Where it cannot be read. */
  find: string;
  /** Where it is damaged. */
  restore: string;
  /** Where another suite wrote it. */
  other: string;
}

/** @throws {ConfigError} one line: it cannot be read, is damaged, or is of another schema */
export function readFigures<T>(file: string, { called, schema, content, find, restore, other }: FileKind): T {
  const text = readFileText(file, file, find, called);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ConfigError(`${file}: damaged or half-written: no whole JSON. ${restore}`);
  }
  const { schema: found } = (value ?? {}) as { schema?: unknown };
  if (typeof found === 'number' && found !== schema)
    throw new ConfigError(`${file}: schema ${found}, this suite reads ${schema}. ${other}`);
  const read = content.safeParse(value);
  if (read.success) return value as T; // with its keys in their order, so that writing it again changes no line
  const issue = foremost(read.error.issues);
  const where = issue?.path.map(String).join('.');
  throw new ConfigError(
    `${file}: damaged, or ${called.replace(/^an? /, 'no ')}${where ? ` ('${where}')` : ''}. ${restore}`,
  );
}

/** @throws {ConfigError} it cannot be written */
export function writeFigures(file: string, value: unknown): void {
  writeWhole(file, value, (part) => renameSync(part, file));
}

/**
 * The same of a file that is not there yet. Of two processes one writes it.
 * @returns whether it was written; false: there is one of that name
 * @throws {ConfigError} it cannot be written
 */
export function writeNewFigures(file: string, value: unknown): boolean {
  let isNew = true;
  writeWhole(file, value, (part) => {
    try {
      linkSync(part, file);
    } catch (error) {
      isNew = (error as NodeJS.ErrnoException).code !== 'EEXIST';
      if (isNew) renameSync(part, file); // a file system without links
    } finally {
      rmSync(part, { force: true });
    }
  });
  return isNew;
}

/** @throws {ConfigError} it cannot be removed */
export function removeFigures(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The name of an environment, a profile or a run as a part of a path. */
export function fileName(name: string): string {
  return name.replace(/[^\w.+-]/g, '-').replace(/^\.+/, (dots) => '-'.repeat(dots.length));
}

function writeWhole(file: string, value: unknown, putInPlace: (part: string) => void): void {
  const part = `${file}.${process.pid}.part`;
  try {
    makeFolder(dirname(file));
    writeFileSync(part, `${visibleJson(lines(value, 0))}\n`);
    putInPlace(part);
  } catch (error) {
    if (existsSync(part)) rmSync(part);
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): ConfigError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new ConfigError(`${file}: cannot be written (${code}). Make room, or make it writable.`);
}

/** JSON with a line for each fact of a run and for each metric, so that a change of it can be read. */
function lines(value: unknown, depth: number, key = ''): string {
  const isOpen = typeof value === 'object' && value !== null && (depth < 3 || key === 'metrics');
  if (!isOpen) return JSON.stringify(value);
  const end = `\n${' '.repeat(depth)}`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const inner = entries.map(([name, one]) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
    return `${end} ${label}${lines(one, depth + 1, name)}`;
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}${inner.join(',')}${end}${close}`;
}
