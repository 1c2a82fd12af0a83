import { ConfigError } from '../errors.ts';
import type { CommandOf } from './definition.ts';
import type { Options } from './option.ts';
import { type Program, parseProgram } from './parse.ts';

/** Runs a program of maintainers and sets its exit code; a mistake of the user is one line. */
export async function runProgram<O extends Options>(
  { run, ...program }: Program & CommandOf<O>,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  try {
    const parsed = parseProgram<O>(program, words);
    if (parsed) process.exitCode = await run(parsed.values, parsed.words);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
