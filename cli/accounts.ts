/** `npx loadtest accounts`: a file of accounts as large as a profile needs, to fill in or filled by the target. */
import { createAccounts } from './accounts/create.ts';
import { writeTemplate } from './accounts/template.ts';
import { type Command, onlyOptionsOf, type Parts, runPart } from './command.ts';

const DEFAULT_PROFILE = 'artillery/load.yml';
const DEFAULT_FILE = 'accounts.yml';

const PARTS: Parts = {
  template(words) {
    const values = onlyOptionsOf('accounts', words, {
      profile: { type: 'string', default: DEFAULT_PROFILE },
      output: { type: 'string', default: DEFAULT_FILE },
      force: { type: 'boolean', default: false },
    });
    return writeTemplate(values);
  },
  create(words) {
    const values = onlyOptionsOf('accounts', words, {
      environment: { type: 'string' },
      profile: { type: 'string', default: DEFAULT_PROFILE },
      file: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    });
    return createAccounts({ ...values, dryRun: values['dry-run'] });
  },
};

const accounts: Command = {
  about: 'writes a file of accounts to fill in, or makes the accounts on a target',
  help: `npx loadtest accounts template [--profile <file>] [--output <file>] [--force]

Writes a commented file with as many entries of each role as the profile needs, to be filled in. VUS is honoured.

  --profile <file>      Artillery script to count for; default ${DEFAULT_PROFILE}
  --output <file>       where to write it; default ${DEFAULT_FILE}
  --force               writes over a file that is there

Example: VUS=30 npx loadtest accounts template --output accounts-staging.yml

npx loadtest accounts create --environment <name> [--profile <file>] [--file <file>] [--dry-run]

Makes the accounts that the file lacks for the profile, with names loadtest-<role>-<number>, passwords of their own, and
a person with the same e-mail address where the role needs one. Each is in the file before it is made, so that breaking
it off loses none; the same command goes on where it stopped. Needs one account of role admin in the file. A stock target
takes three a minute. Says at the end what an admin must still do.

  --environment <name>  entry of config/environments.yml; default: as ENVIRONMENT and BASE_URL say
  --profile <file>      Artillery script to count for; default ${DEFAULT_PROFILE}
  --file <file>         accounts file to add to; default ACCOUNTS_FILE, or as the environment says
  --dry-run             says what would be made, and how long it would take

Example: npx loadtest accounts create --environment staging --file accounts-staging.yml --dry-run

Files are relative to the project's folder. Exit code: 0 done, 1 not all could be made, 2 wrong use, 4 target
unreachable, 130 interrupted.`,

  run: (words) => runPart('accounts', PARTS, words),
};

export default accounts;
