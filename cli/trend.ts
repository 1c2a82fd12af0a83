/** `npx loadtest trend`: since when a figure is another one. */
import { command } from '../config/command-line/definition.ts';
import { text, texts } from '../config/command-line/option.ts';
import { html, json, markdown } from './comparison-options.ts';

export default command({
  argument: ['[profile]', 'whose runs (default: that of the newest run)'],
  options: {
    environment: text('--environment <name>', 'on which they ran (default: that of the newest of them)'),
    since: text('--since <date>', 'leave out runs before this day, as YYYY-MM-DD'),
    metric: texts(
      '--metric <metric>',
      'only this one, as config/thresholds.yml calls it; * stands for any name',
    ),
    json,
    markdown,
    html,
  },
  details: `Takes all runs of the profile from the history (reports/history, beside REPORTS_DIR) and from REPORTS_DIR, and finds where a
figure changes for good: change points by E-divisive, each with its size, and with the commits of the suite and the versions
of the target between the two runs. It takes ten runs that are alike; a run that is not is named with what differs. A trend
looks back and decides nothing: \`detect\` and \`ab\` exit 1 when something is worse. docs/trend.md explains it.`,
  examples: [
    'npx loadtest trend load',
    'npx loadtest trend load --since 2026-09-01 --metric class.crud.p95 --html trend.html',
  ],
  exits: { passed: 'done, whatever changed', wrongUse: true },
  run: async (values, [profile]) => (await import('./trend/show-trend.ts')).showTrend(values, profile),
});
