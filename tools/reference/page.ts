/** docs/reference.md: commands, npm scripts, exit codes and variables, from where the code declares them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/commands.ts';
import { type Command, isGroup } from '../../config/command-line/definition.ts';
import { exitCodesText, RUN_EXITS } from '../../config/command-line/exit-codes-help.ts';
import type { Options } from '../../config/command-line/option.ts';
import { ROOT } from '../../config/root.ts';
import { npmScripts } from '../npm-scripts.ts';
import {
  type DescribedVariable,
  describedVariables,
  referredVariables,
  schedulerVariables,
} from './described-variables.ts';

/** The whole page as it must be. */
export async function referencePage(): Promise<string> {
  const variables = describedVariables(textOf('.env.example'));
  const parts = [...new Set(variables.map(({ part }) => part))];
  return `${[
    '# Which commands and variables are there?',
    '<!-- Written by `npm run reference` from the declarations in the code; do not edit by hand. -->',
    `Each command prints its options, examples and exit codes with \`--help\`. [Configuration](configuration.md) says how to set
variables; [profiles](profiles.md) says what can be run.`,
    '## Commands',
    table(['Command', 'What it does', 'Options'], await commandRows()),
    '## npm scripts',
    'Options follow two dashes: `npm run test:unit -- analysis/gates`.',
    table(
      ['Script', 'What it does'],
      npmScripts().map(([script, about]) => [code(script), about]),
    ),
    '## Exit codes',
    'Every way to run has these. If a command differs, its `--help` says so.',
    table(['Code', 'Means'], exitRows()),
    '## Variables',
    'Set them before a command, export them, or write them into `.env`. An empty one counts as not set.',
    ...parts.flatMap((part) => [
      `### ${sentence(part.replace(/ \(.*\)$/, ''))}`,
      variableTable(variables.filter((one) => one.part === part)),
    ]),
    '## Variables of environments',
    'Entries of `config/environments.yml` take values from these ([environments](environments.md)):',
    table(
      ['Variable', 'Value of'],
      referredVariables(textOf('config/environments.yml')).map(([name, key]) => [code(name), code(key)]),
    ),
    '## Variables of the embedded scheduler',
    'Only `npm run scheduler` reads these ([embedded scheduler](embedded-scheduler.md)):',
    variableTable(schedulerVariables(textOf('fixtures/scheduler/server/settings.ts'))),
  ].join('\n\n')}\n`;
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

async function commandRows(): Promise<string[][]> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, [about, load]]) => {
      const { default: definition } = await load();
      if (!isGroup(definition)) return [commandRow(name, about, definition)];
      return Object.entries(definition.commands).map(([part, { about, ...command }]) =>
        commandRow(`${name} ${part}`, about, command),
      );
    }),
  );
  return rows.flat();
}

function commandRow(name: string, about: string, { options, argument }: Command): string[] {
  const flags = Object.values(options as Options).map((option) => code(option.flags));
  return [code(['npx loadtest', name, ...(argument?.slice(0, 1) ?? [])].join(' ')), about, flags.join(', ')];
}

function exitRows(): string[][] {
  const lines = exitCodesText(RUN_EXITS).matchAll(/^ +(\d+) +(.+)$/gm);
  return [...lines].map(([, exit = '', meaning = '']) => [exit, meaning]);
}

function variableTable(variables: readonly DescribedVariable[]): string {
  return table(
    ['Variable', 'Values', 'Default', 'Meaning'],
    variables.map(({ name, values, otherwise, meaning }) => [code(name), values, otherwise, meaning]),
  );
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * A cell has no bars, and no words in angle brackets outside of code: Markdown would read those as HTML. A page that a
 * description names is a link.
 */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece) =>
      piece.startsWith('`')
        ? piece
        : piece.replace(/</g, '&lt;').replace(/\bdocs\/([\w-]+)\.md\b/g, '[docs/$1.md]($1.md)'),
    )
    .join('')
    .replaceAll('|', '\\|')
    .replace(/\.$/, '');
}

function code(text: string): string {
  return `\`${text}\``;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
