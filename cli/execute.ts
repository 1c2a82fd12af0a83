import { readFileSync } from 'node:fs';
import { type Entry, runCommand } from '../config/command-line/parse.ts';
import { FAILED } from '../config/exit-codes.ts';
import { COMMAND_GROUPS } from './commands.ts';

const PROGRAM = {
  name: 'npx loadtest',
  about: 'load and browser-performance tests for the Residency Scheduler',
  details: `With nothing set, a run starts and uses the embedded scheduler, a stand-in of the application. Set BASE_URL and
ACCOUNTS_FILE to use a deployment of yours. docs/README.md lists all documents.`,
  examples: ['npx loadtest run --list', 'npx loadtest run smoke', 'npx loadtest run load --duration 1m'],
};

/**
 * Runs `npx loadtest` with these words. Gives the exit code.
 * @throws ConfigError, TargetUnreachable: mistakes of the user, which say everything in their message
 */
export async function execute(words: readonly string[]): Promise<number> {
  // `loadtest help run` as well as `loadtest run --help`.
  const asked = words[0] === 'help' ? words[1] : words[0];
  const entries = await Promise.all(
    Object.entries(COMMAND_GROUPS).flatMap(([group, commands]) =>
      Object.entries(commands).map(
        async ([name, [about, load]]): Promise<Entry> => ({
          name,
          about,
          group,
          definition: name === asked ? (await load()).default : undefined,
        }),
      ),
    ),
  );
  return runCommand({ ...PROGRAM, version: version() }, entries, words);
}

/** As {@link execute}, and turns what goes wrong into one line and an exit code. */
export async function executeAndExplain(words: readonly string[]): Promise<number> {
  try {
    return await execute(words);
  } catch (error) {
    if (isMistake(error)) {
      console.error(error.message);
      return error.exitCode;
    }
    console.error(`${words[0]}: ${error instanceof Error ? error.message : error}`);
    return FAILED;
  }
}

/** A mistake that a user can fix: its message says everything, and it knows its exit code. */
function isMistake(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
