/** `npx loadtest accounts`: a file of accounts as large as a profile needs, to fill in or filled by the target. */
import { command, type Group } from '../config/command-line/definition.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

const profile = textWithDefault('--profile <file>', 'Artillery script to count for', 'artillery/load.yml');

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
        details: "Fill in the accounts. VUS is honoured. Files are relative to the project's folder.",
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
        details: `Their names are loadtest-<role>-<number>; each has its own password, and a person with the same e-mail address
where the role needs one. Each is in the file before it is made, so that an interruption loses none; the same command
continues where it stopped. It needs one account of role admin in the file. A stock target takes three a minute. At
the end it lists what an admin must still do. Files are relative to the project's folder.`,
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
