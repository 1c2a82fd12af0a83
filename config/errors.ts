/**
 * Mistakes that a user can fix: shown as one line without a stack trace, each with its exit code
 * (docs/ci.md, "Exit codes").
 */
import { UNREACHABLE, WRONG_USE } from './exit-codes.ts';
import { visible } from './visible-text.ts';

/** Wrong use or configuration: the message says what is wrong, where, and how to fix it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly exitCode = WRONG_USE;

  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }
}

/** The target does not answer, or what answers is not the scheduler. */
export class TargetUnreachable extends Error {
  override name = 'TargetUnreachable';
  readonly exitCode = UNREACHABLE;

  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }
}
