/** `npx loadtest seed`: fills a deployment with data of a known size, and takes it away again. */
import { command } from '../config/command-line/definition.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

export default command({
  options: {
    environment,
    size: text('--size <size>', 'small, medium or large: 18, 30 or 200 residents with accounts'),
    prefix: textWithDefault('--prefix <word>', 'what the names of all that is made begin with', 'seed'),
    file: text(
      '--file <file>',
      'accounts file that the passwords go to, and that has the admin who signs in (default: ACCOUNTS_FILE, or as the environment says)',
    ),
    undo: flag('--undo', 'remove what the prefix recognises, and list what cannot be removed'),
    dryRun: flag('--dry-run', 'print what would be made or removed, and change nothing'),
  },
  details: `Makes people (residents of PGY 1 to 3, faculty), an account for each, coordinators and admins, and for the sixteen
weeks from last Monday's on: blocks, assignments and absences. It says beforehand what it will make and how long that
takes; a stock target takes three accounts a minute. What is there already is left, so the same command goes on after an
interruption, and changes nothing when all is there. What the API cannot make is named at the end. It needs one account
of role admin that is not of the prefix. Files are relative to the project's folder.`,
  examples: [
    'npx loadtest seed --environment ci --size large --file accounts.yml',
    'npx loadtest seed --environment ci --undo --file accounts.yml',
  ],
  exits: {
    passed: 'all of it is there; with --undo: nothing removable is left',
    failed: 'not all could be made or removed',
    wrongUse: true,
    unreachable: true,
    interrupted: true,
  },
  run: async (values) => (await import('./seed/seed-target.ts')).seedTarget(values),
});
