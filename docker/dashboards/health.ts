import { dashboard, labelValues, lines, type PanelWords } from './panels.ts';
import { type From, means, points } from './queries.ts';

/** Whether the figures of a run can be believed: the machine that measures, and the target. */
const seconds: From = { measurement: 'loadtest_second', where: ['"run" =~ /^$run$/'] };
const runs: From = { measurement: 'loadtest_run', where: [], by: ['profile'] };

const PANELS: ReadonlyArray<PanelWords & { fields: Record<string, string> }> = [
  {
    title: 'CPU of generator and machine',
    about: 'Shares of all cores. A generator above 0.8 measures itself: the run is invalid then.',
    unit: 'percentunit',
    fields: { cpu: 'generator', host_cpu: 'machine' },
  },
  {
    title: 'Delay of the event loop',
    about: 'What the generator adds to times that it takes.',
    unit: 'ms',
    fields: { loop_delay: 'delay' },
  },
  {
    title: 'Memory of the generator',
    about: 'With its browsers.',
    unit: 'mbytes',
    fields: { memory_mib: 'generator' },
  },
  {
    title: 'Users',
    about: 'Planned and there. Late users are the generator’s fault.',
    unit: 'short',
    fields: { users: 'users', browser_users: 'in browsers', http_users: 'over HTTP', late: 'late' },
  },
  {
    title: 'Requests and errors of the target',
    about: 'In each second.',
    unit: 'short',
    fields: { requests: 'requests', errors: 'errors' },
  },
  { title: 'p95 of the target', about: 'In each second, over HTTP.', unit: 'ms', fields: { p95: 'p95' } },
];

export function health() {
  const built = dashboard(
    'Health of generator and target',
    'Whether the figures of a run can be believed.',
    'now-24h',
  ).withVariable(labelValues('run', 'run'));
  for (const { fields, ...words } of PANELS)
    built.withPanel(
      lines(
        words,
        ...Object.entries(fields).map(([field, name], index) =>
          means('ABCD'.charAt(index), field, seconds, name),
        ),
      ),
    );
  return built.withPanel(
    lines(
      {
        title: 'CPU of the generator from run to run',
        about: 'Its 95th percentile, of all cores.',
        unit: 'percentunit',
      },
      points('A', 'generator_cpu_p95', runs, '$tag_profile'),
    ),
  );
}
