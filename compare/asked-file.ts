/** Files that a user asked a comparison for. */
import { writeFileSync } from 'node:fs';
import { ConfigError } from '../config/errors.ts';
import { visibleJson } from '../config/visible-text.ts';

/** @throws {ConfigError} one line: the file that was asked for cannot be written */
export function writeAsked(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${file}: cannot be written (${code}). Name another file.`);
  }
}

/** `comparison.json` beside `comparison.html`: the page links to it. */
export function jsonBeside(file: string): string {
  return `${file.replace(/\.html?$/i, '')}.json`;
}

/** A result as commands print it and write it. */
export function jsonOf(result: object): string {
  return visibleJson(JSON.stringify(result, null, 1));
}
