import { flag, text } from '../../../config/command-line/option.ts';
import { parseProgram } from '../../../config/command-line/parse.ts';
import { givenNumber, givenParts } from '../given.ts';

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
}

const FULL = { rounds: 5, seconds: 5, warmUp: 3 };
/** To see that it works: too short for a figure to be believed. */
const QUICK = { rounds: 1, seconds: 1, warmUp: 1 };
const USERS = 10;

const PROGRAM = {
  name: 'npm run bench:http --',
  about: 'print what a request over HTTP costs, beside k6, Artillery and bare undici',
  argument: ['[part...]', 'parts to measure (default: both, about ten minutes)'],
  options: {
    rounds: text('--rounds <n>', `turns of each way (default: ${FULL.rounds})`),
    only: text(
      '--only <word>',
      'speeds: only the ways with this word in their key: suite, run, k6, json, artillery, undici, dispatch, request',
    ),
    quick: flag(
      '--quick',
      'one short turn of each, under a minute: shows that it works, not what things cost',
    ),
    write: flag('--write', 'put the tables into docs/cost.md'),
  },
  details: `Parts:
  speeds      CPU of the generator for a request, and requests a second on one core, each way as fast as it can
  latencies   a server with a fixed delay, at one arrival rate: do this suite and k6 measure the same?

k6 is taken from K6_PATH or PATH; without it the table goes without. Tables go to the terminal and, with all values,
into reports/bench/<UTC time>-http.json. A goal that is missed is printed and fails nothing.`,
  examples: ['npm run bench:http -- speeds --rounds 10'],
  exits: { passed: 'measured', failed: 'something could not be measured', wrongUse: true },
} as const;

/** Undefined when help was printed. @throws ConfigError: one line that says what is wrong and what to write */
export function httpBenchOptions(words: readonly string[]): Options | undefined {
  const parsed = parseProgram(PROGRAM, words);
  if (!parsed) return undefined;
  const { values, words: parts } = parsed;
  const amounts = values.quick ? QUICK : FULL;
  return {
    parts: givenParts('bench:http', parts, PARTS),
    ...amounts,
    rounds: givenNumber('bench:http', 'rounds', values.rounds, { least: 1, example: 5 }) ?? amounts.rounds,
    users: USERS,
    only: values.only,
    write: values.write,
  };
}
