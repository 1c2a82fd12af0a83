/** `npx loadtest try`: one journey once, with everything it does on the terminal. */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { allowProduction, environmentOrEmbedded, givenEnvironment } from './target-options.ts';

export default command({
  argument: ['[journey...]', 'name of the journey'],
  options: {
    environment: environmentOrEmbedded,
    allowProduction,
    resources: flag('--resources', 'list what its pages load without need; times of such a run mean nothing'),
  },
  details: `Signs in, runs the journey in a browser or over HTTP, takes back what it changed, and signs out. Each step, request, check and
failure is a line. Nothing is compared with a limit. If something fails, a run directory keeps the evidence (picture, last
requests) and its path is printed; otherwise nothing is kept. THINK=0 runs it without pauses, HEADED=true shows the browser.
docs/journeys.md lists all journeys.`,
  examples: [
    'THINK=0 npx loadtest try "request an absence"',
    'THINK=0 npx loadtest try --resources "request an absence"',
    'BASE_URL=https://scheduler.test.example ACCOUNTS_FILE=accounts.yml npx loadtest try "request a swap over HTTP"',
  ],
  exits: {
    passed: 'no step, check or request failed',
    failed: 'something failed, or the target lacks the data that the journey needs',
    wrongUse: true,
    unreachable: true,
    interrupted: true,
  },

  async run({ resources, ...target }, words) {
    const { journeyNamed } = await import('./try/journey-named.ts');
    const chosen = journeyNamed(words.join(' '));
    const { tryJourney } = await import('./try/try-journey.ts');
    return tryJourney(chosen, givenEnvironment(target), resources);
  },
});
