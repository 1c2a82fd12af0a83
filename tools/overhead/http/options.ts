import { commandLine } from '../../../cli/command.ts';
import { ConfigError } from '../../../config/errors.ts';
import { didYouMean } from '../../../config/nearest-name.ts';

export const PARTS = ['speeds', 'latencies'] as const;
export type PartName = (typeof PARTS)[number];

export interface Options {
  parts: readonly PartName[];
  /** How often each way has its turn. */
  rounds: number;
  /** Seconds that are counted of each turn, and those before them. */
  seconds: number;
  warmUp: number;
  /** Users at a time, each sending one request after the other. */
  users: number;
  /** Only ways whose key holds this word. */
  only?: string;
  write: boolean;
  help: boolean;
}

const FULL = { rounds: 5, seconds: 5, warmUp: 3 };
/** To see that it works: too short for a figure to be believed. */
const QUICK = { rounds: 1, seconds: 1, warmUp: 1 };
const USERS = 10;

export const HELP = `npm run bench:http [-- <part> … options]: what a request over HTTP costs, beside k6, Artillery and bare undici

  speeds      CPU of the generator for a request, and requests a second on one core, each way as fast as it can
  latencies   a server with a fixed delay, at one arrival rate: do this suite and k6 measure the same?

Without a part: both, in about ten minutes. k6 is taken from K6_PATH or PATH; without it the table goes without.

  --rounds <n>   turns of each way (${FULL.rounds})
  --only <word>  speeds: only the ways with this word in their key: suite, run, k6, json, artillery, undici, dispatch, request
  --quick        one short turn of each, under a minute: shows that it works, not what things cost
  --write        puts the tables into docs/cost.md

Tables go to the terminal and, with all values, into reports/bench/<UTC time>-http.json. A goal that is missed is said
and fails nothing: exit code 0, or 1 where something could not be measured, 2 for wrong use.

Example: npm run bench:http -- speeds --rounds 10`;

/** @throws ConfigError: one line that says what is wrong and what to write */
export function httpBenchOptions(words: string[]): Options {
  const { values, positionals } = commandLine(
    words,
    {
      rounds: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean' },
      write: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    (what) => `bench:http: ${what}; see \`npm run bench:http -- --help\``,
  );
  const unknown = positionals.find((word) => !PARTS.includes(word as PartName));
  if (unknown !== undefined)
    throw new ConfigError(
      `bench:http: ${unknown}: no such part${didYouMean(unknown, PARTS)} (there are: ${PARTS.join(', ')})`,
    );
  const amounts = values.quick ? QUICK : FULL;
  const { rounds } = values;
  if (rounds !== undefined && !/^[1-9]\d*$/.test(rounds))
    throw new ConfigError(
      `bench:http: --rounds ${rounds}: not a whole number of 1 or more; write e.g. --rounds 5`,
    );
  return {
    parts: positionals.length > 0 ? PARTS.filter((part) => positionals.includes(part)) : PARTS,
    ...amounts,
    rounds: rounds === undefined ? amounts.rounds : Number(rounds),
    users: USERS,
    only: values.only,
    write: values.write === true,
    help: values.help === true,
  };
}
