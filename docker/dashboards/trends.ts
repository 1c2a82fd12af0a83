import { dashboard, labelValues, lines } from './panels.ts';
import { type From, points } from './queries.ts';

/** What became of the figures from run to run. Since when one is another, `npx loadtest trend` says. */
const WHERE = ['"profile" =~ /^$profile$/', '"environment" =~ /^$environment$/'];

const figures = (kind: string): From => ({
  measurement: 'loadtest_figure',
  where: [`"kind" = '${kind}'`, `"page" = ''`, `"variant" = ''`, ...WHERE],
  by: ['name'],
});
const run: From = { measurement: 'loadtest_run', where: WHERE, by: ['profile'] };

export function trends() {
  return dashboard(
    'Trends',
    'A point is a run. `npx loadtest trend` says since when a figure is another one.',
    'now-90d',
  )
    .withVariable(labelValues('profile', 'profile', { all: true }))
    .withVariable(labelValues('environment', 'environment', { all: true }))
    .withPanel(
      lines(
        { title: 'Verdict', about: '0 pass, 1 warn, 2 fail, 3 invalid.', unit: 'short' },
        points('A', 'verdict_code', run, '$tag_profile'),
      ),
    )
    .withPanel(
      lines(
        { title: 'Apdex', about: 'Share of satisfied users, 0 to 1.', unit: 'none' },
        points('A', 'apdex', run, '$tag_profile'),
      ),
    )
    .withPanel(
      lines(
        { title: 'p95 of classes of operations', about: 'Over HTTP.', unit: 'ms' },
        points('A', 'p95', figures('class'), '$tag_name'),
      ),
    )
    .withPanel(
      lines(
        { title: 'p95 of steps', about: 'What users wait for in browsers.', unit: 'ms' },
        points('A', 'p95', figures('step'), '$tag_name'),
      ),
    )
    .withPanel(
      lines(
        { title: 'p75 of Web Vitals over all pages', about: 'CLS has no unit and is not drawn.', unit: 'ms' },
        points(
          'A',
          'p75',
          { ...figures('vital'), where: [...figures('vital').where, `"name" != 'CLS'`] },
          '$tag_name',
        ),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Failed requests',
          about: 'Known defects, which are excused, are among them.',
          unit: 'short',
        },
        points('A', 'requests_failed', run, '$tag_profile'),
        points('B', 'requests_excused', run, '$tag_profile, excused'),
      ),
    )
    .withPanel(
      lines(
        { title: 'Shares of failures', about: 'Of steps, requests and others: 0 to 1.', unit: 'percentunit' },
        points('A', 'value', { measurement: 'loadtest_share', where: WHERE, by: ['name'] }, '$tag_name'),
      ),
    )
    .withPanel(
      lines(
        { title: 'Most concurrent users', about: 'How large the runs were.', unit: 'short' },
        points('A', 'peak_users', run, '$tag_profile'),
      ),
    );
}
