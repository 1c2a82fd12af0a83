/** `npx loadtest <command>`: turns what goes wrong into one line and an exit code. */
import { plainConsole } from '../config/command-line/plain-console.ts';
import { FAILED } from '../config/exit-codes.ts';
import { signals } from '../runner/signals.ts';
import { execute } from './execute.ts';

plainConsole();
signals.guard();
try {
  process.exitCode = await execute(process.argv.slice(2));
} catch (error) {
  if (isMistake(error)) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else {
    console.error(`${process.argv[2]}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = FAILED;
  }
}

/** A mistake that a user can fix: its message says everything, and it knows its exit code. */
function isMistake(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}
