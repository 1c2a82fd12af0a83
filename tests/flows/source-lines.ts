import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../config/environment.ts';

/** One line of a source file; `file` relative to the project, with `/`. */
export interface SourceLine {
  file: string;
  number: number;
  text: string;
}

/** All lines of the files that match. */
export function sourceLines(patterns: string[]): SourceLine[] {
  const files = globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**'] }).sort();
  return files.flatMap((file) => linesOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

export function linesOf(file: string, text: string): SourceLine[] {
  return text.split('\n').map((line, index) => ({ file, number: index + 1, text: line }));
}

/** `file:line: text` of each line that says what it must not, with the name of what it says. */
export function findings(lines: readonly SourceLine[], rules: Record<string, RegExp>): string[] {
  return lines.flatMap(({ file, number, text }) =>
    Object.entries(rules)
      .filter(([, rule]) => rule.test(text))
      .map(([name]) => `${file}:${number}: ${name}: ${text.trim()}`),
  );
}
