/** `npx loadtest <command>`: finds the command's file, and turns what goes wrong into one line and an exit code. */
import { ConfigError } from '../config/errors.ts';
import { FAILED } from '../config/exit-codes.ts';
import { didYouMean } from '../config/nearest-name.ts';
import type { Command } from './command.ts';

const COMMANDS: Record<string, () => Promise<{ default: Command }>> = {
  accounts: () => import('./accounts.ts'),
  api: () => import('./api.ts'),
  bench: () => import('./bench.ts'),
  clean: () => import('./clean.ts'),
  doctor: () => import('./doctor.ts'),
  report: () => import('./report.ts'),
  run: () => import('./run.ts'),
};

const [name = '--help', ...words] = process.argv.slice(2);
try {
  if (name === '--help' || name === '-h') await help();
  else process.exitCode = await run(name, words);
} catch (error) {
  if (isTold(error)) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = FAILED;
  }
}

/** A mistake that a user can mend: its message says all, and it knows its exit code. */
function isTold(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}

async function run(command: string, words: string[]): Promise<number> {
  const load = COMMANDS[command];
  if (!load) {
    const known = Object.keys(COMMANDS);
    throw new ConfigError(
      `loadtest ${command}: no such command${didYouMean(command, known)} (there are: ${known.join(', ')})`,
    );
  }
  const { default: chosen } = await load();
  if (words.includes('--help') || words.includes('-h')) {
    console.log(chosen.help);
    return 0;
  }
  return chosen.run(words);
}

async function help(): Promise<void> {
  console.log('npx loadtest <command> [options]; `npx loadtest <command> --help` says more\n');
  for (const [command, load] of Object.entries(COMMANDS)) {
    const { default: known } = await load();
    console.log(`  ${command.padEnd(10)} ${known.about}`);
  }
}
