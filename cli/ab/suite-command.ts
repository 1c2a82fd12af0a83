/** A command of the suite in a process of its own, whose output goes to a file. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { INTERRUPTED } from '../../config/exit-codes.ts';
import { signals } from '../../runner/signals.ts';

/**
 * Signals go to it, too.
 * @param words what Node runs
 * @returns its exit code
 */
export async function suiteCommand(
  words: readonly string[],
  variables: Record<string, string | undefined>,
  log: string,
): Promise<number> {
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: childEnvironment(variables),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const unregister = signals.register({
    first: (signal) => void child.kill(signal),
    second: () => void child.kill('SIGTERM'),
  });
  const code = await new Promise<number>((done) => child.once('close', (exit) => done(exit ?? INTERRUPTED)));
  unregister();
  return code;
}
