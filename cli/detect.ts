/** `npx loadtest detect`: whether current runs are worse than a baseline. */
import { command } from '../config/command-line/definition.ts';
import { flag, text, texts } from '../config/command-line/option.ts';
import { html, json, markdown, threshold } from './comparison-options.ts';

export default command({
  options: {
    current: texts('--current <run...>', 'the runs to judge: directories, or their names'),
    baseline: text('--baseline <baseline>', 'a file, or <environment>/<profile> (default: that of the runs)'),
    threshold,
    force: flag('--force', 'compare runs that are unlike the baseline; the result says so'),
    json,
    markdown,
    html,
  },
  details: `Compares the runs with the baseline by the primary metrics of the profile, six at most. If nothing changed, at most 5 of 100
comparisons call any of them worse. A metric is worse when p < 0.05 and its change is beyond the threshold. It is the same
when the whole 95 % interval is within the threshold, and unclear otherwise. Fewer than five baseline runs or three current
ones decide nothing. reports/accepted.yml excuses intended slowdowns. docs/comparison.md explains it.`,
  examples: [
    'npx loadtest detect --current reports/runs/2026-11-30T0*-load --baseline reports/baselines/embedded/load.json --threshold 10',
    'npx loadtest detect --current first second third --markdown comparison.md --html comparison.html',
  ],
  exits: {
    passed: 'nothing is worse, unclear, or too few runs to decide',
    failed: 'a primary metric is worse, or the current runs lack it',
    wrongUse: true,
  },
  run: async (values) => (await import('./detect/detect-runs.ts')).detectRuns(values),
});
