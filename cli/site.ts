/** `npx loadtest site`: all runs of a history as static pages. */
import { command } from '../config/command-line/definition.ts';
import { text } from '../config/command-line/option.ts';

export default command({
  options: {
    out: text('--out <folder>', 'where the pages go: a new or empty folder, or one that this command made'),
    store: text('--store <where>', 'a store instead of the history of this machine'),
    branch: text('--branch <name>', 'of the repository (default: performance-history)'),
  },
  details: `A list of all runs with the last verdict of each environment; a page for each profile with change points, service levels by month,
and journeys, Web Vitals and operations by week; a page for each run, whose link stays. Reports of runs that lie in REPORTS_DIR
are copied beside them, without samples; those that the folder has already stay as long as the history has their run. All links
are relative: any static host will do, and so will a folder. docs/site.md has more.`,
  examples: [
    'npx loadtest site --out site',
    'npx loadtest site --store https://git.example.org/scheduler.git --out site',
  ],
  exits: {
    passed: 'done',
    wrongUse: 'wrong use, no run, or the folder cannot be written',
    interrupted: true,
  },
  run: async (values) => (await import('./site/make-site.ts')).makeSite(values),
});
