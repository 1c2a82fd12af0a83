import { dashboard, lines, numbers, type PanelWords } from './panels.ts';
import { prometheus } from './queries.ts';

/** A run that goes on, as the suite sends it every 10 s (LIVE_TO): provisional, and without a verdict. */
const PROVISIONAL = 'Provisional: warm-up is included, and no verdict is made of it.';
/** A name for each of several runs at once. */
const RUN = '{{run}}';

const NUMBERS: ReadonlyArray<Omit<PanelWords, 'about'> & { metric: string }> = [
  { title: 'Users', unit: 'short', metric: 'loadtest_live_users' },
  { title: 'Requests in a second', unit: 'reqps', metric: 'loadtest_live_requests_per_second' },
  { title: 'Failed requests', unit: 'short', metric: 'loadtest_live_requests_failed' },
  { title: 'Failed steps', unit: 'short', metric: 'loadtest_live_steps_failed' },
];

export function liveRun() {
  const built = dashboard('Live run', `The run that goes on, every 10 s. ${PROVISIONAL}`, 'now-15m').refresh(
    '10s',
  );
  for (const { metric, ...words } of NUMBERS)
    built.withPanel(numbers({ ...words, about: PROVISIONAL }, prometheus('A', metric, RUN)));
  return built
    .withPanel(
      lines(
        { title: 'Users', about: 'Of the run: in browsers and over HTTP.', unit: 'short' },
        prometheus('A', 'loadtest_live_browser_users', `${RUN} in browsers`),
        prometheus('B', 'loadtest_live_http_users', `${RUN} over HTTP`),
      ),
    )
    .withPanel(
      lines(
        { title: 'Requests', about: `Of the last minute. ${PROVISIONAL}`, unit: 'reqps' },
        prometheus('A', 'loadtest_live_requests_per_second', RUN),
      ),
    )
    .withPanel(
      lines(
        { title: 'p95 of classes of operations', about: `Of the last minute. ${PROVISIONAL}`, unit: 'ms' },
        prometheus('A', 'loadtest_live_class_p95', '{{class}}'),
      ),
    )
    .withPanel(
      lines(
        { title: 'p95 of steps', about: `Of the last minute. ${PROVISIONAL}`, unit: 'ms' },
        prometheus('A', 'loadtest_live_step_p95', '{{name}}'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'p75 of Web Vitals',
          about: 'Of the last minute. CLS has no unit and is not drawn.',
          unit: 'ms',
        },
        prometheus('A', 'loadtest_live_vital_p75{name!="CLS"}', '{{name}}'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'CPU of the generator',
          about: 'Share of all cores. Above 0.8 the run ends as invalid.',
          unit: 'percentunit',
        },
        prometheus('A', 'loadtest_live_generator_cpu', RUN),
      ),
    )
    .withPanel(
      lines(
        { title: 'Failures', about: 'Since the start of the run.', unit: 'short' },
        prometheus('A', 'loadtest_live_requests_failed', 'requests'),
        prometheus('B', 'loadtest_live_steps_failed', 'steps'),
        prometheus('C', 'loadtest_live_sessions_failed', 'sessions'),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'Delay of the event loop',
          about: 'What the generator adds to times that it takes.',
          unit: 'ms',
        },
        prometheus('A', 'loadtest_live_generator_loop_delay', RUN),
      ),
    );
}
