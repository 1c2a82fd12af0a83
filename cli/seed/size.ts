/** How much data there is of each size: the same people as the embedded scheduler has of that size. */
import type { AccountNumbers } from '../../artillery/profile/accounts-needed.ts';
import { ConfigError } from '../../config/errors.ts';

export interface Size {
  accounts: AccountNumbers;
  /** Of the first residents, one each. */
  absences: number;
}

const SIZES: Readonly<Record<string, Size>> = {
  small: sizeOf(18, 8, 6, 6),
  medium: sizeOf(30, 10, 6, 6),
  large: sizeOf(200, 60, 6, 20),
};

export const SIZE_NAMES: readonly string[] = Object.keys(SIZES);

/** A third of the residents is away for some days. */
function sizeOf(residents: number, faculty: number, coordinators: number, admins: number): Size {
  return {
    accounts: new Map([
      ['resident', residents],
      ['faculty', faculty],
      ['coordinator', coordinators],
      ['admin', admins],
    ]),
    absences: Math.floor(residents / 3),
  };
}

/** @throws {ConfigError} for another word */
export function sizeNamed(name: string | undefined): Size {
  const size = name === undefined ? undefined : Object.hasOwn(SIZES, name) && SIZES[name];
  if (size) return size;
  const given = name === undefined ? 'no size is given' : `--size ${name}: there is no such size`;
  throw new ConfigError(`loadtest seed: ${given}. Write --size ${SIZE_NAMES.join(', --size ')}.`);
}
