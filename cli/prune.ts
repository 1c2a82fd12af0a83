/** `npx loadtest prune`: removes what is older than it is kept. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';

export default command({
  options: {
    dryRun: flag('--dry-run', 'print what would be removed, and remove nothing'),
    retention: text('--retention <file>', 'file with the rules (default: config/retention.yml)'),
    store: text('--store <where>', 'remove old figures of this store, instead of what is on this machine'),
    branch: text('--branch <name>', 'branch of the git repository (default: performance-history)'),
  },
  details: `Removes, in this order, what is older than config/retention.yml says: samples of run directories (report and summary stay), then
whole run directories (their figures are added to the history first), then figures in the history. A run that was never
concluded stays, and so does each run of a baseline. With --store, only the figures of that store are removed.`,
  examples: [
    'npx loadtest prune --dry-run',
    'npx loadtest prune --store https://git.example.org/scheduler.git',
  ],
  exits: { passed: 'done', wrongUse: 'wrong use, or something cannot be removed', interrupted: true },
  run: async (values) => (await import('./prune/prune-old.ts')).pruneOld(values),
});
