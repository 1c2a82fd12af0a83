/** `npx loadtest trend`: since when a figure is another one. */
import { command } from '../config/command-line/definition.ts';
import { text, texts } from '../config/command-line/option.ts';
import { html, json, markdown } from './comparison-options.ts';

export default command({
  argument: ['[profile]', 'profile whose runs are searched (default: that of the newest run)'],
  options: {
    environment: text(
      '--environment <name>',
      'environment of the runs (default: that of the newest of them)',
    ),
    since: text('--since <date>', 'leave out runs before this day, as YYYY-MM-DD'),
    metric: texts(
      '--metric <metric>',
      'search only this metric, named as in config/thresholds.yml; * stands for any name',
    ),
    json,
    markdown,
    html,
  },
  details: `Searches all runs of the profile, in the history (reports/history, beside REPORTS_DIR) and in REPORTS_DIR, for the points at which
a figure changed for good. Each has its size, and the commits of the suite and the versions of the target between the two runs.
It needs ten runs that are alike; it names each unlike run and what differs. The method is E-divisive. A trend decides nothing:
\`detect\` and \`ab\` exit 1 when something is worse. docs/trend.md explains it.`,
  examples: [
    'npx loadtest trend load',
    'npx loadtest trend load --since 2026-09-01 --metric class.crud.p95 --html trend.html',
  ],
  exits: { passed: 'done, whatever changed', wrongUse: true },
  run: async (values, [profile]) => (await import('./trend/show-trend.ts')).showTrend(values, profile),
});
