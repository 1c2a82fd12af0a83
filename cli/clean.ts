/** `npx loadtest clean`: removes what earlier runs left on a target. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';
import { environment } from './target-options.ts';

export default command({
  options: {
    environment,
    run: text(
      '--run <directory>',
      "read only this run's leftovers.json (default: those of all runs in REPORTS_DIR)",
    ),
    dryRun: flag('--dry-run', 'print what would be removed, and remove nothing'),
  },
  details: `Removes everything on the target whose name begins with the suite's prefix (perf-<time of a run>-…), and everything that the
leftovers.json of earlier runs on that target names. Open swap requests are declined by the colleague who got them, if the
accounts file has that colleague. What the API cannot remove is listed. Do not use it while a run is going on there.`,
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
