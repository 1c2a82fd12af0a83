/** `npx loadtest prune`: removes what is older than it is kept. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';

export default command({
  options: {
    dryRun: flag('--dry-run', 'print what would be removed, and remove nothing'),
    retention: text('--retention <file>', 'other rules than those of config/retention.yml'),
    store: text('--store <where>', 'old figures of a store, instead of what is on this machine'),
    branch: text('--branch <name>', 'of the repository (default: performance-history)'),
  },
  details: `Samples of run directories go first: report and summary stay, and open. Then whole run directories go; their figures are added
to the history before that. Figures in the history go last. config/retention.yml says when. A run that was never concluded stays,
and so does each run of a baseline. With --store only the figures of that store are looked at.`,
  examples: [
    'npx loadtest prune --dry-run',
    'npx loadtest prune --store https://git.example.org/scheduler.git',
  ],
  exits: { passed: 'done', wrongUse: 'wrong use, or something cannot be removed', interrupted: true },
  run: async (values) => (await import('./prune/prune-old.ts')).pruneOld(values),
});
