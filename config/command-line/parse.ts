/** From words to a command, its values and its help: the one place that knows commander. */
import { Command as Commander, type CommanderError } from 'commander';
import { type Command, type CommandOf, type Definition, isGroup } from './definition.ts';
import { exitCodesText, exitsOfGroup, RUN_EXITS } from './exit-codes-help.ts';
import { isPrinted, mistakeOf } from './mistake.ts';
import type { Options, ValuesOf } from './option.ts';

const HELP_WIDTH = 100;

/** A program of maintainers, which is one command: `npm run docs`. */
export interface Program {
  /** What is typed before its options, e.g. `npm run docs --`. */
  name: string;
  about: string;
}

interface Chosen {
  command: Command;
  values: Record<string, unknown>;
  words: readonly string[];
}

/**
 * Values and words of a program; undefined when its help was asked for and has been printed.
 * @throws ConfigError in one line that names the nearest option
 */
export function parseProgram<O extends Options>(
  program: Program & Omit<CommandOf<O>, 'run'>,
  words: readonly string[],
): { values: ValuesOf<O>; words: readonly string[] } | undefined {
  const { name, about, ...definition } = program;
  const chosen: Chosen[] = [];
  const root = commanderOf(name, about, { ...definition, run: () => 0 }, chosen);
  parse(root, words);
  const [found] = chosen;
  return found && { values: found.values as ValuesOf<O>, words: found.words };
}

/** A command in a list of commands; its definition is absent where another one was asked for. */
export interface Entry {
  name: string;
  about: string;
  /** Heading under which the help lists it. */
  group?: string;
  definition?: Definition;
}

/**
 * Finds the command that the words ask for and runs it. Gives its exit code; 0 when help or version was printed.
 * @throws ConfigError in one line that names the nearest command or option; what the command throws
 */
export async function runCommand(
  {
    name,
    about,
    version,
    details,
    examples,
  }: Program & { version: string; details?: string; examples: readonly string[] },
  entries: readonly Entry[],
  words: readonly string[],
): Promise<number> {
  const chosen: Chosen[] = [];
  const root = group(name, about).version(version, '-V, --version', 'print the version');
  if (details) root.description(described(about, details));
  for (const entry of entries) {
    const command = entry.definition
      ? commanderOf(entry.name, entry.about, entry.definition, chosen)
      : shell(entry.name, entry.about);
    root.addCommand(entry.group ? command.helpGroup(entry.group) : command);
  }
  root.addHelpText('after', `\n${example(examples)}\n\n${exitCodesText(RUN_EXITS)}`);
  parse(root, words.length === 0 ? ['--help'] : words);
  const [found] = chosen;
  return found ? await found.command.run(found.values, found.words) : 0;
}

/** Notes in `chosen` what was asked for, and runs nothing. */
function parse(root: Commander, words: readonly string[]): void {
  try {
    root.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof Printed)) throw error;
  }
}

class Printed extends Error {}

/** A command of commander without options, which prints through the console and throws instead of exiting. */
function shell(name: string, about: string): Commander {
  const made = new Commander(name);
  const print = (text: string) => console.log(text.trimEnd());
  return made
    .description(sentence(about))
    .summary(about)
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ helpWidth: HELP_WIDTH, subcommandTerm: (command) => command.name() })
    .configureOutput({ writeOut: print, writeErr: () => undefined, outputError: () => undefined })
    .exitOverride((error: CommanderError) => {
      throw isPrinted(error) ? new Printed() : mistakeOf(error, made);
    });
}

/** As `shell`, for one that has commands. */
function group(name: string, about: string): Commander {
  return shell(name, about).helpCommand('help [command]', 'print the help of a command');
}

function commanderOf(name: string, about: string, definition: Definition, chosen: Chosen[]): Commander {
  if (isGroup(definition)) {
    const made = group(name, about);
    const parts = Object.entries(definition.commands);
    for (const [part, { about: aboutPart, ...command }] of parts)
      made.addCommand(commanderOf(part, aboutPart, command, chosen));
    const examples = parts.map(([, part]) => part.examples[0]);
    const exits = exitsOfGroup(parts.map(([part, { exits }]) => [part, exits]));
    return made.addHelpText('after', `\n${example(examples)}\n\n${exitCodesText(exits)}`);
  }
  const made = shell(name, about);
  const options = Object.entries(definition.options as Options);
  for (const [, option] of options) made.addOption(option);
  if (definition.argument) made.argument(definition.argument[0], definition.argument[1]);
  const { details, examples, exits } = definition;
  if (details) made.description(described(about, details));
  made.addHelpText('after', `\n${example(examples)}\n\n${exitCodesText(exits)}`);
  return made.action(() => {
    const given = made.opts();
    const values = Object.fromEntries(
      options.map(([key, option]) => {
        const value = given[option.attributeName()];
        return [key, option.isBoolean() ? value === true : value];
      }),
    );
    chosen.push({ command: definition, values, words: made.args });
  });
}

function described(about: string, details: string): string {
  return `${sentence(about)}\n\n${unbroken(details)}`;
}

function sentence(about: string): string {
  const end = about.endsWith('?') ? '' : '.';
  return `${about.charAt(0).toUpperCase()}${about.slice(1)}${end}`;
}

/** Paragraphs without the line breaks of the source; lists, whose lines begin with a space, keep theirs. */
function unbroken(details: string): string {
  return details.replace(/(?<!\n)\n(?![ \n])/g, ' ');
}

function example(lines: readonly string[]): string {
  return [lines.length > 1 ? 'Examples:' : 'Example:', ...lines.map((line) => `  ${line}`)].join('\n');
}
