/** The file `.env`: variables that are not set otherwise. A line of it that nothing would read is refused. */
import { existsSync } from 'node:fs';
import { parse } from 'dotenv';
import { loadEnvironments, referredVariables } from './environments.ts';
import { ConfigError } from './errors.ts';
import { readFileText } from './file-text.ts';
import { isOfAnotherProgram, nearestVariable, ofProcessOnly, VARIABLE_NAMES } from './variable-names.ts';

const SHOWN = '.env';

/**
 * An assignment, as dotenv finds it, where a value in quotes may have several lines. What is between
 * assignments is comments and empty lines, or a mistake.
 */
const ASSIGNMENT =
  /^[^\S\n]*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(?:\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\n]+)?[^\S\n]*(?:#.*)?$/gm;

/**
 * Reads the file; empty without one.
 * @param referred variables that environments.yml reads besides the suite's own. Default: those of its file
 * @throws {ConfigError} one line for each mistake, with its line in the file and never with a value, which may be a secret
 */
export function readEnvFile(file: string, referred?: readonly string[]): Record<string, string> {
  if (!existsSync(file)) return {};
  const text = readFileText(file, SHOWN, 'Restore the file.', 'a text file').replace(/\r\n?/g, '\n');
  const known = [...VARIABLE_NAMES, ...(referred ?? referredVariables(loadEnvironments()))];
  const problems = [...mistakesIn(text, known)];
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return parse(text);
}

function* mistakesIn(text: string, known: readonly string[]): Generator<string> {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  let end = 0;
  for (const found of text.matchAll(ASSIGNMENT)) {
    yield* strayLines(text.slice(end, found.index), lineAt(end));
    end = found.index + found[0].length;
    const [, name = ''] = found;
    if (known.includes(name)) continue;
    const mistake = mistakeOf(name, known);
    if (mistake) yield `${SHOWN}:${lineAt(found.index)}: ${name}: ${mistake}`;
  }
  yield* strayLines(text.slice(end), lineAt(end));
}

function mistakeOf(name: string, known: readonly string[]): string | undefined {
  const near = nearestVariable(name, known);
  if (near) return `unknown variable. Write ${near}.`;
  if (isOfAnotherProgram(name)) return undefined;
  if (ofProcessOnly(name)) return `not read from ${SHOWN}. Export it before the command.`;
  return 'unknown variable. Write one of .env.example. If another program needs it, set it in the shell instead.';
}

function* strayLines(between: string, from: number): Generator<string> {
  for (const [index, line] of between.split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    yield `${SHOWN}:${from + index}: not an assignment. Write NAME=value, or # before a comment.`;
  }
}
