/** `npx loadtest alert`: sends alerts, by the rules of `config/alerts.yml`. */
import { command } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';

export default command({
  argument: [
    '[run]',
    'judge only the rules about the profile and environment of this run, by this run and earlier ones (default: all rules, by the newest runs)',
  ],
  options: {
    dryRun: flag('--dry-run', 'print what would be sent, and send nothing'),
    rules: text('--rules <file>', 'file with the rules (default: config/alerts.yml)'),
  },
  details: `Judges each rule, prints a line for it, and sends new alerts to the channels whose ALERT_… variables are set: Alertmanager, a
webhook, Slack, PagerDuty, e-mail. Each channel gets an alert once (Alertmanager each time), and once more when it is over
("recovered"). history/alerts.json, next to the folder REPORTS_DIR (default reports/runs), keeps what was sent. If a channel does
not take an alert, that is a warning, and the next \`alert\` command tries again. docs/alerts.md explains rules and channels.`,
  examples: ['npx loadtest alert', 'npx loadtest alert --dry-run', 'npx loadtest alert reports/runs/latest'],
  exits: {
    passed: 'rules were judged, whether alerts fire or not, and whether channels took them or not',
    wrongUse: true,
    interrupted: true,
  },
  run: async (values, [run]) => (await import('./alert/judge-and-send.ts')).judgeAndSend(values, run),
});
