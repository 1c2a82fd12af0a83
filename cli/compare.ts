/** `npx loadtest compare`: two runs side by side. */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { html, json, markdown } from './comparison-options.ts';

export default command({
  argument: ['<runs...>', 'two run directories, or their names'],
  options: {
    all: flag('--all', 'show every metric, not only primary metrics and metrics that differ'),
    json,
    markdown,
    html,
  },
  details: `Shows the primary metrics, and the metrics whose difference between the two runs is larger than the normal spread between
sessions, each with its change and 95 % interval. For times, each session counts with its median, and the medians of the two
runs are compared (Mann–Whitney; Cliff's δ says how large the difference is). For errors, each session counts with its failures
and its attempts (permutation test). Two runs of the same version can differ too, so compare calls no metric worse. Use several
runs and \`npx loadtest detect\` for that.
docs/comparison.md explains the comparison.`,
  examples: [
    'npx loadtest compare 2026-11-29T09-00-16Z-load 2026-11-30T09-00-12Z-load',
    'npx loadtest compare reports/runs/before reports/runs/after --all',
  ],
  exits: { passed: 'done, whatever differs', wrongUse: true },
  run: async (values, words) => (await import('./compare/compare-runs.ts')).compareRuns(values, words),
});
