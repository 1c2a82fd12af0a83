import { spawn } from 'node:child_process';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { ARTILLERY } from '../../artillery/parts/profile-handle.ts';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { signals } from '../../runner/signals.ts';

/** An Artillery that is stopped at once writes what it holds, and ends. */
const AT_ONCE_WITHIN_MS = 3000;

/** `artillery run <file>`. Gives its exit code, and hands signals on to it. */
export async function runSingle(file: string): Promise<number> {
  const child = spawn(process.execPath, [ARTILLERY, 'run', file], {
    cwd: ROOT,
    env: childEnvironment(),
    stdio: 'inherit',
  });
  const ended = new Promise<number>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done(code ?? 128 + (signal ? os.constants.signals[signal] : 0)));
  });
  const unregister = signals.register({
    // A terminal has sent it to both: two within a moment are one.
    first: (signal) => void child.kill(signal),
    second: async () => {
      child.kill('SIGTERM');
      await Promise.race([ended, wait(AT_ONCE_WITHIN_MS)]);
    },
  });
  return ended.finally(unregister);
}
