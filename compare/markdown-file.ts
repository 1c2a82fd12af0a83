import { writeFileSync } from 'node:fs';
import { ConfigError } from '../config/errors.ts';

/** @throws {ConfigError} one line: the file that was asked for cannot be written */
export function writeMarkdown(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${file}: cannot be written (${code}). Name another file.`);
  }
}
