/** `npx loadtest upload`: the figures of a run to a server of metrics. */
import { command } from '../config/command-line/definition.ts';
import { flag, texts } from '../config/command-line/option.ts';
import { SERVER_NAMES } from '../config/server-names.ts';

export default command({
  argument: ['[run]', 'run directory, or its name (default: the newest run in REPORTS_DIR)'],
  options: {
    to: texts('--to <server>', `${SERVER_NAMES.join(', ')}: where variables say it is`),
    again: flag('--again', 'send all, though the server has all or a part of it'),
  },
  details: `Sends the figures of summary.json, under the names of docs/upload.md, in batches, each when the last was taken. A server that is busy or
away is tried again for a minute or more. What was taken is noted in upload.json of the run directory: after a failure the same
command goes on where it stopped. Addresses and tokens come from variables: INFLUX_URL and INFLUX_BUCKET (or INFLUX_DATABASE for
InfluxDB 1), PROMETHEUS_URL (remote write), OTLP_URL. Figures while a run goes on: LIVE_TO and METRICS_PORT.`,
  examples: [
    'npx loadtest upload --to influxdb',
    'npx loadtest upload reports/runs/2026-11-23T09-00-16Z-load --to prometheus --to otlp',
  ],
  exits: {
    passed: 'the server has all figures',
    failed: 'the server refused some: it says which and why',
    wrongUse: 'wrong use, no concluded run, or the server wants another token or address',
    unreachable: 'the server does not answer',
    interrupted: true,
  },
  run: async ({ to, again }, [run]) => (await import('./upload/upload-run.ts')).uploadRun(run, { to, again }),
});
