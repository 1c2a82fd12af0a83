/** `npx loadtest ab`: whether B is slower than A, both measured in turn on this machine. */
import { command } from '../config/command-line/definition.ts';
import { text, texts, textWithDefault } from '../config/command-line/option.ts';
import { json, markdown, threshold } from './comparison-options.ts';

export default command({
  options: {
    a: text('--a <target>', 'the old build: a URL, or a command that starts it'),
    b: text('--b <target>', 'the new build: a URL, or a command that starts it'),
    restoreA: text(
      '--restore-a <command>',
      'command that puts the data of A back; runs before each measurement of A',
    ),
    restoreB: text('--restore-b <command>', 'the same for B'),
    seed: text(
      '--seed <size>',
      'fill both sides with data: small, medium or large, as `npx loadtest seed` does (not the variable SEED)',
    ),
    profile: textWithDefault(
      '--profile <name>',
      'the profile that a measurement runs; bench: the serial benchmarks',
      'ab',
    ),
    journeys: texts(
      '--journeys <name...>',
      'only these journeys of the profile; with bench: only these benchmarks',
    ),
    threshold,
    maxRounds: textWithDefault('--max-rounds <number>', 'at most this many rounds: 5, 8, 12 or 16', '16'),
    timeLimit: textWithDefault('--time-limit <time>', 'begin no round that would end later than this', '15m'),
    json,
    markdown,
  },
  details: `Measures both sides in rounds: A first in odd rounds, B first in even ones. In a round, users of both sides make the same random
choices (variable SEED). It compares the sides after 5, 8, 12 and 16 rounds, and ends when every primary metric of the profile
(at most six) is worse, better or the same. If nothing changed, ab calls B worse in at most 5 of 100 comparisons, although each
looks at the figures up to four times. A round with an invalid run does not count. Before the first round, ab prints how long a
round takes and how many rounds fit into --time-limit. docs/comparison.md explains the result.

A side that is a command runs under /bin/sh, and must listen at http://127.0.0.1:PORT; the variable PORT holds a free port.
In the command, {port} stands for that port, and {accounts} for a file to which the command may write its accounts. A side
without {accounts} in its command uses ACCOUNTS_FILE. For --seed, the accounts of each side must include one of role admin.`,
  examples: [
    'npx loadtest ab --a http://127.0.0.1:3000 --b http://127.0.0.1:3001 --markdown comparison.md',
    "npx loadtest ab --a 'npm run scheduler -- --accounts {accounts}' --b 'SCHEDULER_PASSWORD_COST_MS=400 npm run scheduler -- --accounts {accounts}'",
  ],
  exits: {
    passed: 'nothing is worse, or the result is unclear',
    failed: 'B is worse, or lacks a primary metric that A has',
    wrongUse: 'wrong use or configuration, or the data of A and B differ',
    invalid:
      'no result: a side stopped or no longer answered, a restore failed, or too few rounds were valid',
    unreachable: 'a side does not answer at the start',
    interrupted: 'interrupted: what was measured is kept',
  },
  run: async (values) => (await import('./ab/compare-sides.ts')).compareSides(values),
});
