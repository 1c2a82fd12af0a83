import { WRONG_USE } from '../../config/exit-codes.ts';

/** What was given is no run directory, cannot be read, or is one of a later suite. One line, with what to do. */
export class RunDirectoryError extends Error {
  override name = 'RunDirectoryError';
  readonly exitCode = WRONG_USE;
}
