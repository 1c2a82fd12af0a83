/** Exit codes of every command and of every way to run. */

/** Pass or warn. */
export const PASSED = 0;
/** A gate failed, or a command did not do all that it was asked for. */
export const FAILED = 1;
/** Wrong use or configuration. */
export const WRONG_USE = 2;
/** The run is invalid. */
export const INVALID = 3;
export const UNREACHABLE = 4;
/** 128 + SIGINT, as a shell reports it; also after SIGTERM. */
export const INTERRUPTED = 130;
