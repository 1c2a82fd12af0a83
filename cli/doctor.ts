/** `npx loadtest doctor`: can this machine, this target and these accounts carry a run? */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { allowProduction, environment } from './target-options.ts';

export default command({
  options: {
    environment,
    allowProduction,
    everyAccount: flag(
      '--every-account',
      'try every account, even where the target limits sign-ins (default there: one of each role)',
    ),
  },
  details: `Each check is a line: machine (Node, browser, disk, ports), target (reachable, version, production build, API's origin, clock,
rate limits, Prometheus endpoints), accounts (sign-in and role of each), data that journeys need. Changes nothing.`,
  examples: [
    'BASE_URL=http://localhost:3000 API_URL=http://localhost:8000/api/v1 ACCOUNTS_FILE=accounts.yml npx loadtest doctor',
    'npx loadtest doctor --environment staging --every-account',
  ],
  exits: {
    passed: 'all checks passed (warnings are printed)',
    wrongUse: 'a check failed, or wrong use or configuration',
    unreachable: true,
  },
  run: async (values) => (await import('./doctor/check-all.ts')).checkAll(values),
});
