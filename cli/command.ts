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
export function optionsOf<T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  words: string[],
  options: T,
) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [what] = (error as Error).message.split('. ');
    throw new ConfigError(`loadtest ${command}: ${what}; see \`npx loadtest ${command} --help\``);
  }
}
