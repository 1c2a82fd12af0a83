/** `npx loadtest seed`: fills a deployment with data of a known size, and takes it away again. */
import { command } from '../config/command-line/definition.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

export default command({
  options: {
    environment,
    size: text('--size <size>', 'small, medium or large: 18, 30 or 200 residents with accounts'),
    prefix: textWithDefault('--prefix <word>', 'the names of everything it makes begin with this', 'seed'),
    file: text(
      '--file <file>',
      'accounts file with the admin who signs in; the new passwords are added to it (default: ACCOUNTS_FILE, or as the environment says)',
    ),
    undo: flag('--undo', 'remove everything with the prefix, and list what cannot be removed'),
    dryRun: flag('--dry-run', 'print what would be made or removed, and change nothing'),
  },
  details: `Makes people (residents of PGY 1 to 3, faculty) with an account each, coordinators and admins. For sixteen weeks, beginning with
Monday of last week, it makes blocks, assignments and absences. It says beforehand what it will make and how long that takes;
a stock target takes three accounts a minute. It makes only what is missing, so after an interruption the same command
continues. At the end it names what the API cannot make. It needs one account of role admin whose name does not begin with
the prefix. Paths are relative to the project's folder. docs/deployment.md has more.`,
  examples: [
    'npx loadtest seed --environment ci --size large --file accounts.yml',
    'npx loadtest seed --environment ci --undo --file accounts.yml',
  ],
  exits: {
    passed: 'everything is there; with --undo: nothing removable is left',
    failed: 'not all could be made or removed',
    wrongUse: true,
    unreachable: true,
    interrupted: true,
  },
  run: async (values) => (await import('./seed/seed-target.ts')).seedTarget(values),
});
