/** `npx loadtest bench`: what single operations of the API take, one client, one request after the other. */
import { textTable } from '../analysis/text/text-table.ts';
import { command } from '../config/command-line/definition.ts';
import { RUN_EXITS } from '../config/command-line/exit-codes-help.ts';
import { flag, text, texts } from '../config/command-line/option.ts';
import { parseDuration } from '../config/duration.ts';
import { ConfigError } from '../config/errors.ts';
import { PASSED } from '../config/exit-codes.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { allowProduction, environmentOrEmbedded, givenEnvironment } from './target-options.ts';

export default command({
  options: {
    only: texts('--only <name>', 'run only this benchmark'),
    quick: flag('--quick', 'six rounds of each: does it work at all?'),
    maxTime: text('--max-time <duration>', 'longest time of one benchmark (default: 10s, with --quick 5s)'),
    list: flag('--list', 'print the benchmarks and run none'),
    environment: environmentOrEmbedded,
    allowProduction,
  },
  details: `One client, no concurrency: generating, validating, matching swaps, lists and large answers, batches, resilience sums,
statistics, first and repeated reads. Each benchmark is warmed up and then repeated until the 95 % interval of its median is
within ±5 % of it, or for 300 rounds, or for its longest time. Prints min, median, interval, IQR, rounds a second and
outliers. Leaves a run directory like any other; the limits are those of profile bench. A benchmark removes what it makes;
benchmarks that change something run only where the environment allows it (mayChange in config/environments.yml). Needs one
account of role admin, or coordinator for all but the exports.`,
  examples: [
    "npx loadtest bench --only 'validate four weeks' --only 'match swap candidates'",
    'npx loadtest bench --quick --environment staging',
  ],
  exits: RUN_EXITS,

  async run({ only, quick, maxTime, list, ...target }) {
    const seconds = maxTime === undefined ? undefined : parseDuration(maxTime);
    if (seconds === null)
      throw new ConfigError(`loadtest bench: --max-time ${maxTime}: not a duration; write e.g. 30s or 2m`);
    const { benchmarks } = await import('../api/benchmarks/registry.ts');
    const chosen = named(benchmarks, only);
    if (list) {
      const rows = chosen.map(({ name, about, changes }) => [
        name,
        `${about}${changes.length > 0 ? ` (changes ${changes.join(', ')})` : ''}`,
      ]);
      for (const line of textTable(rows)) console.log(line);
      return PASSED;
    }
    const environment = givenEnvironment(target);
    const { QUICK, USUAL } = await import('../benchmarks/stop-rules.ts');
    const { runBenchmarks } = await import('../benchmarks/run.ts');
    const limits = quick ? QUICK : USUAL;
    return runBenchmarks(chosen, { ...limits, seconds: seconds ?? limits.seconds }, environment);
  },
});

/** In the order of the registry. @throws ConfigError naming one that there is not */
function named<T extends { name: string }>(
  all: readonly T[],
  only: readonly string[] | undefined,
): readonly T[] {
  const known = all.map(({ name }) => name);
  for (const name of only ?? [])
    if (!known.includes(name))
      throw new ConfigError(
        `loadtest bench: --only ${name}: no such benchmark${didYouMean(name, known)}; \`npx loadtest bench --list\` prints them`,
      );
  return only ? all.filter(({ name }) => only.includes(name)) : all;
}
