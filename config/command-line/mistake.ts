import type { Command, CommanderError } from 'commander';
import { ConfigError } from '../errors.ts';

/** Codes of commander for what was asked for and has been printed. */
const PRINTED = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

export function isPrinted({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 && PRINTED.includes(code);
}

/** Name of a command in messages: `loadtest api check`, without the `npx` or `npm run` before it. */
export function titleOf(command: Command): string {
  return fullName(command)
    .replace(/^np(x|m run) /, '')
    .replace(/ --$/, '');
}

/** What stands before the words of a command line: `npx loadtest api check`. */
export function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

/** One line: what is wrong with the words of a command line, the nearest name, and where to read more. */
export function mistakeOf(error: CommanderError, command: Command): ConfigError {
  const title = titleOf(command);
  const [said = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const what = said.replace(/\.$/, '');
  const nearest = hints.map((hint) => ` ${hint.replace(/^\((.*)\)$/, '$1')}`).join('');
  const see = `See \`${fullName(command)} --help\`.`;
  switch (error.code) {
    case 'commander.unknownCommand':
      return new ConfigError(`${title}: ${what}.${nearest} ${commandsOf(command)} ${see}`);
    case 'commander.help': // a group by itself
      return new ConfigError(`${title}: no command given. ${commandsOf(command)} ${see}`);
    case 'commander.excessArguments': {
      const [first] = command.args.slice(command.registeredArguments.length);
      return new ConfigError(`${title}: ${first}: one word too many. ${see}`);
    }
    default:
      return new ConfigError(`${title}: ${what}.${nearest} ${see}`);
  }
}

function commandsOf({ commands }: Command): string {
  const names = commands.map((one) => one.name()).filter((name) => name !== 'help');
  return `The commands are ${names.join(', ')}.`;
}
