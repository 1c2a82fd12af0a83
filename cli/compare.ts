/** `npx loadtest compare`: two runs side by side. */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { html, json, markdown } from './comparison-options.ts';

export default command({
  argument: ['<runs...>', 'two run directories, or their names'],
  options: {
    all: flag('--all', 'show every metric, not only primary ones and those that differ'),
    json,
    markdown,
    html,
  },
  details: `Shows the metrics that differ by more than the sessions of a run do, each with its change and 95 % interval. Times are tested by
the median of each session (Mann–Whitney, Cliff's δ), errors by what each session tried (permutation). Two runs of the same
version can differ too, so nothing is called worse: that takes several runs and \`npx loadtest detect\`. docs/comparison.md
explains it.`,
  examples: [
    'npx loadtest compare 2026-11-29T09-00-16Z-load 2026-11-30T09-00-12Z-load',
    'npx loadtest compare reports/runs/before reports/runs/after --all',
  ],
  exits: { passed: 'done, whatever differs', wrongUse: true },
  run: async (values, words) => (await import('./compare/compare-runs.ts')).compareRuns(values, words),
});
