/** `npx loadtest ab`: whether B is slower than A, both measured beside each other on this machine. */
import { command } from '../config/command-line/definition.ts';
import { text, texts, textWithDefault } from '../config/command-line/option.ts';
import { json, markdown, threshold } from './comparison-options.ts';

export default command({
  options: {
    a: text('--a <target>', 'what it was before: a URL, or a command that starts it'),
    b: text('--b <target>', 'what it is now: a URL, or a command that starts it'),
    restoreA: text('--restore-a <command>', 'puts the data of A back; runs before each of its measurements'),
    restoreB: text('--restore-b <command>', 'the same for B'),
    profile: textWithDefault(
      '--profile <name>',
      'what a measurement runs; bench: the serial benchmarks',
      'ab',
    ),
    journeys: texts('--journeys <name...>', 'these journeys of the profile only; of bench: these benchmarks'),
    threshold,
    maxRounds: textWithDefault('--max-rounds <number>', 'the last look: 5, 8, 12 or 16 rounds', '16'),
    timeLimit: textWithDefault('--time-limit <time>', 'begins no round that would end later', '15m'),
    json,
    markdown,
  },
  details: `Each round measures both sides with the same seed, A first in odd rounds and B first in even ones; the unit is the round.
It looks after 5, 8, 12 and 16 rounds and ends when each metric that decides is decided: looking several times costs no false
alarm. At most six primary metrics of the profile decide, jointly. A round with an invalid run does not count.
How long a round takes and how many fit into --time-limit stands before the first one. --profile bench runs the serial benchmarks.

A command runs under /bin/sh with a free port in PORT, and must listen at http://127.0.0.1:PORT. {port} in it stands for that
port, {accounts} for a file in which it may leave the accounts; else ACCOUNTS_FILE counts for both sides. Variables may stand
before it as in a shell. docs/comparison.md explains the result.`,
  examples: [
    'npx loadtest ab --a http://127.0.0.1:3000 --b http://127.0.0.1:3001 --markdown comparison.md',
    "npx loadtest ab --a 'npm run scheduler -- --accounts {accounts}' --b 'SCHEDULER_PASSWORD_COST_MS=400 npm run scheduler -- --accounts {accounts}'",
  ],
  exits: {
    passed: 'nothing is worse',
    failed: 'B is worse',
    wrongUse: true,
    invalid: 'no result: a side ended, a restore failed, or too few rounds were valid',
    unreachable: 'a side does not come up',
    interrupted: 'interrupted: what was measured is kept',
  },
  run: async (values) => (await import('./ab/compare-sides.ts')).compareSides(values),
});
