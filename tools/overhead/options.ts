import { flag, text } from '../../config/command-line/option.ts';
import { parseProgram } from '../../config/command-line/parse.ts';
import { givenNumber, givenParts } from './given.ts';

export const PARTS = ['cost', 'browsers', 'leaks', 'recorder', 'audits'] as const;
export type PartName = (typeof PARTS)[number];

export interface Options {
  parts: readonly PartName[];
  /** Sessions of each kind whose costs are compared. */
  pairs: number;
  /** Groups of users at a time, for each kind of browser. */
  groups: number;
  /** Factor on their think times. */
  think: number;
  /** Sessions between which memory is looked at. */
  sessions: number;
  /** Seconds at 5 000 requests a second, with the recorder and without. */
  seconds: number;
  /** Samples that are summarised and packed. */
  samples: number;
  /** Audits of each page in each way. */
  audits: number;
  write: boolean;
}

const FULL = { pairs: 20, groups: 2, think: 1, sessions: 200, seconds: 20, samples: 1_000_000, audits: 3 };
/** To see that it works: too few for a figure to be believed. */
const QUICK = { pairs: 2, groups: 1, think: 0.2, sessions: 12, seconds: 1, samples: 20_000, audits: 1 };

const PROGRAM = {
  name: 'npm run bench --',
  about: 'print what measuring costs on this machine, against the embedded scheduler',
  argument: ['[part...]', 'parts to measure (default: all of them, about twenty minutes)'],
  options: {
    pairs: text('--pairs <n>', `cost: sessions of each kind (default: ${FULL.pairs})`),
    groups: text('--groups <n>', `browsers: groups of four users for each kind (default: ${FULL.groups})`),
    sessions: text('--sessions <n>', `leaks: sessions (default: ${FULL.sessions})`),
    quick: flag('--quick', 'few of each, in three minutes: shows that it works, not what things cost'),
    write: flag('--write', 'put the tables into docs/cost.md'),
  },
  details: `Parts:
  cost       the same journeys with and without measurement, and with traces: CPU and memory of the generator
  browsers   headless shell and full browser, one shared and one a user: users per core and per GiB
  leaks      many sessions one after the other: what is still open, and whether memory grows
  recorder   samples a second, their share of CPU at 5 000 requests a second, what packing does to the loop
  audits     the same pages loaded, and audited by Lighthouse: CPU and time of a page

Tables go to the terminal and, with all values, into reports/bench/<UTC time>.json. A goal that is missed is printed
and fails nothing.`,
  examples: ['npm run bench -- cost --pairs 10'],
  exits: { passed: 'measured', failed: 'something could not be measured', wrongUse: true, unreachable: true },
} as const;

/** Undefined when help was printed. @throws ConfigError: one line that says what is wrong and what to write */
export function benchOptions(words: readonly string[]): Options | undefined {
  const parsed = parseProgram(PROGRAM, words);
  if (!parsed) return undefined;
  const { values, words: parts } = parsed;
  const amounts = values.quick ? QUICK : FULL;
  return {
    parts: givenParts('bench', parts, PARTS),
    ...amounts,
    pairs: givenNumber('bench', 'pairs', values.pairs, { least: 2, example: 20 }) ?? amounts.pairs,
    groups: givenNumber('bench', 'groups', values.groups, { least: 1, example: 20 }) ?? amounts.groups,
    sessions:
      givenNumber('bench', 'sessions', values.sessions, { least: 12, example: 20 }) ?? amounts.sessions,
    write: values.write,
  };
}
