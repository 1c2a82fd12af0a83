/** What a comparison is asked for, checked before anything is started. */
import { duration, plural } from '../../analysis/format.ts';
import { type Look, planLooks } from '../../analysis/statistics/group-sequential.ts';
import { thresholdOf } from '../../compare/threshold.ts';
import { parseDuration } from '../../config/duration.ts';
import { ConfigError } from '../../config/errors.ts';
import { SIZE_NAMES } from '../seed/size.ts';
import { isAddress } from './side.ts';
import { type Work, workOf } from './work.ts';

export interface Values {
  a?: string;
  b?: string;
  restoreA?: string;
  restoreB?: string;
  seed?: string;
  profile: string;
  journeys?: readonly string[];
  threshold: string;
  maxRounds: string;
  timeLimit: string;
  json?: boolean;
  markdown?: string;
}

export interface Asked {
  sides: { a: string; b: string };
  restore: { a?: string; b?: string };
  /** Of the data that both sides are filled with. */
  size?: string;
  work: Work;
  /** Share. */
  threshold: number;
  looks: [Look, ...Look[]];
  timeLimitMs: number;
}

/** @throws {ConfigError} one line */
export async function askedFor(values: Values): Promise<Asked> {
  const { a, b, restoreA, restoreB, seed: size, profile, journeys, threshold, maxRounds, timeLimit } = values;
  if (!a || !b)
    throw new ConfigError(`--${a ? 'b' : 'a'}: missing. Write a URL or a command that starts the target.`);
  if (a === b && isAddress(a)) throw new ConfigError(`--a and --b: both are ${a}. Name two targets.`);
  const share = thresholdOf(threshold);
  const [first, ...others] = planLooks();
  const most = Number(maxRounds);
  if (!first || !Number.isInteger(most) || most < first.rounds)
    throw new ConfigError(
      `--max-rounds ${maxRounds}: five rounds are the fewest that can decide. Write 5, 8, 12 or 16.`,
    );
  const seconds = parseDuration(timeLimit);
  if (seconds === null) throw new ConfigError(`--time-limit ${timeLimit}: not a duration. Write e.g. 15m.`);
  if (size !== undefined && !SIZE_NAMES.includes(size))
    throw new ConfigError(
      `--seed ${size}: there is no such size. Write --seed ${SIZE_NAMES.join(', --seed ')}. For random choices, set the variable SEED.`,
    );
  const work = await workOf(profile, journeys);
  const looks = planLooks([first, ...others].map((look) => look.rounds).filter((at) => at <= most));
  return {
    sides: { a, b },
    restore: { a: restoreA, b: restoreB },
    size,
    work,
    threshold: share,
    looks: looks as [Look, ...Look[]],
    timeLimitMs: seconds * 1000,
  };
}

/**
 * How long a round takes, and how many fit. Sessions that last longer, restores and slow starts come on top.
 * @param took of the rounds so far, seconds; undefined: none has ended
 */
export function timeText({ work, looks, timeLimitMs }: Asked, took?: number): string {
  const limit = timeLimitMs / 1000;
  const round = took ?? 2 * work.seconds;
  // The first one begins whatever it takes.
  const fit = Math.min(Math.max(1, Math.floor(limit / round)), looks.at(-1)?.rounds ?? 0);
  const least = looks[0].rounds;
  const few = `five are the fewest that decide: that takes --time-limit ${Math.ceil((least * round) / 60) + 1}m`;
  return `a round ${took === undefined ? 'takes about' : 'took'} ${duration(round)}; ${plural(fit, 'round')} at most in ${duration(limit)}${fit < least ? `, and ${few}` : ''}`;
}
