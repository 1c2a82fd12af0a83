/** `npx loadtest compare`: two runs side by side. */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { html, json, markdown } from './comparison-options.ts';

export default command({
  argument: ['<runs...>', 'two run directories, or their names'],
  options: {
    all: flag('--all', 'show every metric, not only those that differ and the primary ones'),
    json,
    markdown,
    html,
  },
  details: `Every metric of both runs with its change and 95 % interval, and which of them differ beyond the sessions' own spread: by the
median of each session (Mann–Whitney, Cliff's δ), and of errors by what each session tried (permutation). Two runs of one thing
differ as well, so nothing is called worse: that takes several runs and \`npx loadtest detect\`. docs/comparison.md explains it.`,
  examples: [
    'npx loadtest compare 2026-11-29T09-00-16Z-load 2026-11-30T09-00-12Z-load',
    'npx loadtest compare reports/runs/before reports/runs/after --all',
  ],
  exits: { passed: 'done, whatever differs', wrongUse: true },
  run: async (values, words) => (await import('./compare/compare-runs.ts')).compareRuns(values, words),
});
