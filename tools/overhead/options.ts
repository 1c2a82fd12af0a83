import { commandLine } from '../../cli/command.ts';
import { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';

export const PARTS = ['cost', 'browsers', 'leaks', 'recorder'] as const;
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
  write: boolean;
  help: boolean;
}

const FULL = { pairs: 20, groups: 2, think: 1, sessions: 200, seconds: 20, samples: 1_000_000 };
/** To see that it works: too few for a figure to be believed. */
const QUICK = { pairs: 2, groups: 1, think: 0.2, sessions: 12, seconds: 1, samples: 20_000 };

export const HELP = `npm run bench [-- <part> … options]: what measuring costs, on this machine, against the embedded scheduler

  cost       the same journeys with and without measurement, and with traces: CPU and memory of the generator
  browsers   headless shell and full browser, one shared and one a user: users per core and per GiB
  leaks      many sessions one after the other: what is still open, and whether memory grows
  recorder   samples a second, their share of CPU at 5 000 requests a second, what packing does to the loop

Without a part: all of them, about a quarter of an hour.

  --pairs <n>      cost: sessions of each kind (${FULL.pairs})
  --groups <n>     browsers: groups of four users for each kind (${FULL.groups})
  --sessions <n>   leaks: sessions (${FULL.sessions})
  --quick          few of each, in two minutes: shows that it works, not what things cost
  --write          puts the tables into docs/cost.md

Tables go to the terminal and, with all values, into reports/bench/<UTC time>.json. A goal that is missed is said and
fails nothing: exit code 0, or 1 where something could not be measured, 2 for wrong use.

Example: npm run bench -- cost --pairs 10`;

/** @throws ConfigError: one line that says what is wrong and what to write */
export function benchOptions(words: string[]): Options {
  const { values, positionals } = commandLine(
    words,
    {
      pairs: { type: 'string' },
      groups: { type: 'string' },
      sessions: { type: 'string' },
      quick: { type: 'boolean' },
      write: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    (what) => `bench: ${what}; see \`npm run bench -- --help\``,
  );
  const unknown = positionals.find((word) => !PARTS.includes(word as PartName));
  if (unknown !== undefined)
    throw new ConfigError(
      `bench: ${unknown}: no such part${didYouMean(unknown, PARTS)} (there are: ${PARTS.join(', ')})`,
    );
  const amounts = values.quick ? QUICK : FULL;
  return {
    parts: positionals.length > 0 ? PARTS.filter((part) => positionals.includes(part)) : PARTS,
    ...amounts,
    pairs: count('pairs', values.pairs, 2) ?? amounts.pairs,
    groups: count('groups', values.groups, 1) ?? amounts.groups,
    sessions: count('sessions', values.sessions, 12) ?? amounts.sessions,
    write: values.write === true,
    help: values.help === true,
  };
}

function count(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number(value) >= least) return Number(value);
  throw new ConfigError(
    `bench: --${name} ${value}: not a whole number of ${least} or more; write e.g. --${name} 20`,
  );
}
