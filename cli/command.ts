import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ConfigError } from '../config/errors.ts';
import { didYouMean } from '../config/nearest-name.ts';

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

/** What a command of several words does: each by its second word. */
export type Parts = Record<string, (words: string[]) => number | Promise<number>>;

/**
 * Runs the part of a command that its first word names.
 * @throws ConfigError naming the parts that there are, the nearest first
 */
export async function runPart(
  command: string,
  parts: Parts,
  [part = '', ...rest]: string[],
): Promise<number> {
  const chosen = parts[part];
  if (chosen) return chosen(rest);
  const known = Object.keys(parts);
  throw new ConfigError(
    `loadtest ${command}${part && ` ${part}`}: ${part ? 'no such command' : 'which one?'}${didYouMean(part, known)} (there are: ${known.join(', ')}); see \`npx loadtest ${command} --help\``,
  );
}

/** As `optionsOf`, for what takes options only. */
export function onlyOptionsOf<T extends Options>(command: string, words: string[], options: T) {
  const { values, positionals } = optionsOf(command, words, options);
  if (positionals.length > 0)
    throw new ConfigError(
      `loadtest ${command}: ${positionals[0]}: not understood; see \`npx loadtest ${command} --help\``,
    );
  return values;
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
