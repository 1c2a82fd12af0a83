/** `npx loadtest upload`: the figures of a run to a server of metrics. */
import { command } from '../config/command-line/definition.ts';
import { flag, texts } from '../config/command-line/option.ts';
import { SERVER_NAMES } from '../config/server-names.ts';

export default command({
  argument: ['[run]', 'run directory, or its name (default: the newest run in REPORTS_DIR)'],
  options: {
    to: texts('--to <server>', `server to send to, at least one: ${SERVER_NAMES.join(', ')}`),
    again: flag('--again', 'send everything again, even what the server has'),
  },
  details: `Sends the figures of summary.json in batches, one after the other. docs/upload.md lists their names. Variables name the server:

  influxdb     INFLUX_URL, INFLUX_BUCKET, INFLUX_TOKEN (InfluxDB 1: INFLUX_DATABASE)
  prometheus   PROMETHEUS_URL (remote write)
  otlp         OTLP_URL

If the server is busy or away, it tries again for a minute or more. After a failure the same command continues where it
stopped: upload.json of the run directory notes what the server has. To send figures during a run, set LIVE_TO to names
of servers (LIVE_TO=influxdb,otlp), or METRICS_PORT to a port on which Prometheus reads them (METRICS_PORT=9464).`,
  examples: [
    'npx loadtest upload --to influxdb',
    'npx loadtest upload reports/runs/2026-11-23T09-00-16Z-load --to prometheus --to otlp',
  ],
  exits: {
    passed: 'the server has all figures',
    failed: 'the server refused some: it says which and why',
    wrongUse: 'wrong use, a run without a summary.json, or the server refuses the token or address',
    unreachable: 'the server does not answer',
    interrupted: true,
  },
  run: async ({ to, again }, [run]) => (await import('./upload/upload-run.ts')).uploadRun(run, { to, again }),
});
