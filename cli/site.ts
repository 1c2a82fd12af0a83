/** `npx loadtest site`: all runs of a history as static pages. */
import { command } from '../config/command-line/definition.ts';
import { text } from '../config/command-line/option.ts';

export default command({
  options: {
    out: text('--out <folder>', 'folder for the pages: new, empty, or made by this command'),
    store: text('--store <where>', 'take the runs of this store, instead of the history of this machine'),
    branch: text('--branch <name>', 'branch of the git repository (default: performance-history)'),
  },
  details: `The site has a list of all runs with the last verdict of each environment; a page for each profile with change points, service
levels by month, and journeys, Web Vitals and operations by week; and a page for each run, whose link stays the same. Reports
in REPORTS_DIR are copied into it, without samples. Reports that the folder already has stay as long as the history has
their run. All links are relative, so any static host will do, or a folder. docs/site.md has more.`,
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
