/** A command line as data: what `--help` prints of it, and what it does. */
import type { Exits } from './exit-codes-help.ts';
import type { Options, ValuesOf } from './option.ts';

export interface CommandOf<O extends Options> {
  options: O;
  /** Words beside the options as commander writes them, e.g. `[profile...]`, and what they are. None where absent. */
  argument?: readonly [words: string, about: string];
  /** What the one sentence above it does not say. */
  details?: string;
  examples: readonly [string, ...string[]];
  exits: Exits;
  /**
   * Gives the exit code.
   * @throws ConfigError, TargetUnreachable
   */
  run(values: ValuesOf<O>, words: readonly string[]): number | Promise<number>;
}

/** A command that has no work of its own, but commands: `accounts create`. */
export interface Group {
  commands: Readonly<Record<string, { about: string } & Command>>;
}

// The values of a command are known to the command alone.
// biome-ignore lint/suspicious/noExplicitAny: the type of its options ends here
export type Command = CommandOf<any>;
export type Definition = Command | Group;

/** Gives `run` the types of the options. */
export function command<O extends Options>(definition: CommandOf<O>): Command {
  return definition;
}

export function isGroup(definition: Definition): definition is Group {
  return 'commands' in definition;
}
