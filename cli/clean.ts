/** `npx loadtest clean`: removes what earlier runs left on a target. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

export default command({
  options: {
    environment,
    run: text(
      '--run <directory>',
      "read this run's leftovers.json only (default: of all runs in REPORTS_DIR)",
    ),
    dryRun: flag('--dry-run', 'print what would be removed, and remove nothing'),
  },
  details: `Removes what carries the prefix of the suite's data (perf-<time of a run>-…), and what the leftovers.json of earlier
runs on that target names. Open swap requests are declined by the colleague they went to, where the file has that
account. What the API cannot remove is listed.`,
  examples: ['npx loadtest clean --environment staging --dry-run'],
  exits: {
    passed: 'nothing removable is left',
    failed: 'something could not be removed',
    wrongUse: true,
    unreachable: true,
    interrupted: true,
  },
  run: async (values) => (await import('./clean/clean-runs.ts')).cleanRuns(values),
});
