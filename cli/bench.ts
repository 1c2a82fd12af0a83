/** `npx loadtest bench`: what single operations of the API take, one client, one request after the other. */
import { parseDuration } from '../config/duration.ts';
import { handDown } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { type Command, onlyOptionsOf } from './command.ts';

const bench: Command = {
  about: 'times single API operations one after the other, without any load',
  help: `npx loadtest bench [--only <name>]… [--quick] [--max-time <duration>] [--environment <name>] [--allow-production]
npx loadtest bench --list

One client, no concurrency: generating, validating, matching swaps, lists and large answers, batches, resilience sums,
statistics, first and repeated reads. Each benchmark is warmed up and then repeated until the 95 % interval of its median
is within ±5 % of it, or 300 rounds or its time are over. Prints min, median, interval, IQR, rounds a second and outliers, and
leaves a run directory like any other, with the limits of profile bench. What a benchmark makes it takes away again; those that
change something are done where the environment allows it (mayChange in config/environments.yml).

  --only <name>          this benchmark; can be given more than once
  --quick                six rounds of each, whatever the interval: does it work at all?
  --max-time <duration>  of one benchmark, default 10s (with --quick 5s)
  --list                 prints the benchmarks and does none
  --environment <name>   entry of config/environments.yml; default: as ENVIRONMENT and BASE_URL say, else the embedded
                         scheduler, which is started for it
  --allow-production     needed to look at a production address, which is only read

Needs one account of role admin, or coordinator for all but the exports.

Exit code: 0 pass or warn, 1 a gate failed, 2 wrong use, 3 the run is invalid, 4 target unreachable, 130 interrupted.

Example: npx loadtest bench --only 'validate four weeks' --only 'match swap candidates'`,

  async run(words) {
    const values = onlyOptionsOf('bench', words, {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      'max-time': { type: 'string' },
      list: { type: 'boolean', default: false },
      environment: { type: 'string' },
      'allow-production': { type: 'boolean', default: false },
    });
    const seconds = values['max-time'] === undefined ? undefined : parseDuration(values['max-time']);
    if (seconds === null)
      throw new ConfigError(
        `loadtest bench: --max-time ${values['max-time']}: not a duration; write e.g. 30s or 2m`,
      );
    const { benchmarks } = await import('../api/benchmarks/registry.ts');
    const chosen = named(benchmarks, values.only);
    if (values.list) {
      const width = Math.max(...chosen.map(({ name }) => name.length));
      for (const { name, about, changes } of chosen)
        console.log(
          `${name.padEnd(width)}  ${about}${changes.length > 0 ? ` (changes ${changes.join(', ')})` : ''}`,
        );
      return 0;
    }
    if (values.environment) handDown({ ENVIRONMENT: values.environment });
    if (values['allow-production']) handDown({ ALLOW_PRODUCTION: 'true' });
    const { QUICK, USUAL } = await import('../benchmarks/limits.ts');
    const { runBenchmarks } = await import('../benchmarks/run.ts');
    const limits = values.quick ? QUICK : USUAL;
    return runBenchmarks(chosen, { ...limits, seconds: seconds ?? limits.seconds });
  },
};

export default bench;

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
