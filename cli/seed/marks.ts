/** How what `npx loadtest seed` made is recognised on a target. */
import { ConfigError } from '../../config/errors.ts';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { isMadeByUs, PREFIX as OF_ACCOUNTS_CREATE } from '../accounts/new-account.ts';

/** The swap portal looks its rotation up by this name, and fails where there are two (docs/contract/api.md §5.7). */
export const FMIT = 'FMIT';
/** `perf-…` is what runs leave, which `npx loadtest clean` removes. */
const TAKEN = [OF_ACCOUNTS_CREATE, 'perf'];
const DOMAIN = '@example.com';

export interface Marks {
  prefix: string;
  /** Whether a user or person with this name or address is of the prefix. */
  isAccount(nameOrAddress: string | null | undefined): boolean;
  /** The notes of each assignment and absence. */
  assignment: string;
  absence: string;
  /** Name of the residents' rotation. */
  clinic: string;
  /** Abbreviation of a rotation FMIT that was made because the target had none. */
  fmit: string;
  /** Blocks have no text: an archived rotation's name says for which days they were made. */
  blocks(days: DateRange): string;
  daysIn(rotationName: string): DateRange | undefined;
}

/** @throws {ConfigError} for a prefix that cannot begin a user name, or is used for something else */
export function marksOf(prefix: string): Marks {
  const fix = 'Write a lower-case letter, then up to 19 lower-case letters or digits.';
  if (!/^[a-z][a-z0-9]{1,19}$/.test(prefix))
    throw new ConfigError(`loadtest seed: --prefix ${prefix}: cannot be used. ${fix}`);
  if (TAKEN.includes(prefix))
    throw new ConfigError(
      `loadtest seed: --prefix ${prefix}: marks other data of the suite. Choose another.`,
    );
  const days = new RegExp(`^${prefix} blocks (\\d{4}-\\d\\d-\\d\\d) to (\\d{4}-\\d\\d-\\d\\d)$`);
  return {
    prefix,
    isAccount: (name) => !!name && isMadeByUs({ username: name.replace(DOMAIN, '') }, prefix),
    assignment: `${prefix}-assignment`,
    absence: `${prefix}-absence`,
    clinic: `${prefix} clinic`,
    fmit: `${FMIT} ${prefix}`,
    blocks: ({ start, end }) => `${prefix} blocks ${start} to ${end}`,
    daysIn: (name) => {
      const [, start, end] = days.exec(name) ?? [];
      return start && end ? { start, end } : undefined;
    },
  };
}
