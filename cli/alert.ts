/** `npx loadtest alert`: sends alerts, by the rules of `config/alerts.yml`. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';

export default command({
  argument: [
    '[run]',
    'judge only the rules about its profile and environment, by it (default: each rule by the newest runs)',
  ],
  options: {
    dryRun: flag('--dry-run', 'print what would be sent, and send and keep nothing'),
    rules: text('--rules <file>', 'judge by the rules of this file (default: config/alerts.yml)'),
  },
  details: `Judges each rule, prints a line of it, and sends what is new to the channels that the variables ALERT_… set up: Alertmanager, a webhook, Slack,
PagerDuty, e-mail. An alert is sent once to each channel, and once more when it is over ("recovered"). What was sent is kept in
reports/history/alerts.json, beside REPORTS_DIR. A channel that does not take it is a warning; the next \`alert\` tries again.
The verdict of a run is the run's exit code: this command changes none. docs/alerts.md explains rules and channels.`,
  examples: ['npx loadtest alert', 'npx loadtest alert --dry-run', 'npx loadtest alert reports/runs/latest'],
  exits: {
    passed: 'judged, and sent what was new, whatever it is; a channel that did not take it is a warning',
    wrongUse: true,
    interrupted: true,
  },
  run: async (values, [run]) => (await import('./alert/judge-and-send.ts')).judgeAndSend(values, run),
});
