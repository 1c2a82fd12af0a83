/** `npx loadtest accounts`: a file of accounts as large as a profile needs, to fill in or filled by the target. */
import { command, type Group } from '../config/command-line/definition.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

const profile = textWithDefault(
  '--profile <file>',
  'Artillery script that the accounts are for',
  'artillery/load.yml',
);

const accounts: Group = {
  commands: {
    template: {
      about: 'write a commented file with as many entries of each role as a profile needs',
      ...command({
        options: {
          profile,
          output: textWithDefault('--output <file>', 'where to write it', 'accounts.yml'),
          force: flag('--force', 'write over a file that exists'),
        },
        details: "The number follows VUS. Paths are relative to the project's folder.",
        examples: ['VUS=30 npx loadtest accounts template --output accounts-staging.yml'],
        exits: { passed: 'the file is written', wrongUse: true },
        run: async (values) => (await import('./accounts/template.ts')).writeTemplate(values),
      }),
    },
    create: {
      about: 'make the accounts that a file lacks for a profile on a target',
      ...command({
        options: {
          environment,
          profile,
          file: text(
            '--file <file>',
            'accounts file to add to (default: ACCOUNTS_FILE, or as the environment says)',
          ),
          dryRun: flag('--dry-run', 'print what would be made, and how long it would take'),
        },
        details: `The accounts are named loadtest-<role>-<number>. Each has its own password and, if its role needs one, a person with the same
e-mail address. The file must have one account of role admin. A stock target takes three accounts a minute. Each account is
written to the file before it is made, so that after an interruption the same command continues. At the end it lists what an
admin must still do. Paths are relative to the project's folder.`,
        examples: [
          'npx loadtest accounts create --environment staging --file accounts-staging.yml --dry-run',
        ],
        exits: {
          passed: 'all accounts exist',
          failed: 'not all could be made',
          wrongUse: true,
          unreachable: true,
          interrupted: true,
        },
        run: async (values) => (await import('./accounts/create.ts')).createAccounts(values),
      }),
    },
  },
};

export default accounts;
