import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ConfigError } from '../config/errors.ts';

/** One word after `npx loadtest`. */
export interface Command {
  /** One line for the list of commands. */
  about: string;
  /** What `--help` prints, with an example. */
  help: string;
  /**
   * Gives the exit code (design §5.6).
   * @throws ConfigError, TargetUnreachable
   */
  run(words: string[]): Promise<number>;
}

/**
 * The options and words of a command line.
 * @throws ConfigError naming what is not understood
 */
export function optionsOf<T extends Options>(command: string, words: string[], options: T) {
  return commandLine(
    words,
    options,
    (what) => `loadtest ${command}: ${what}; see \`npx loadtest ${command} --help\``,
  );
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * As `optionsOf`, for a program that is no command of `npx loadtest`.
 * @param say one line of what is not understood, with how to mend it
 * @throws ConfigError
 */
export function commandLine<T extends Options>(words: string[], options: T, say: (what: string) => string) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [what = ''] = (error as Error).message.split('. ');
    throw new ConfigError(say(what));
  }
}
