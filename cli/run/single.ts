import { spawn } from 'node:child_process';
import os from 'node:os';
import { ARTILLERY } from '../../artillery/parts/profile-handle.ts';
import { childEnvironment, ROOT } from '../../config/environment.ts';

/** `artillery run --quiet <file>`. Gives its exit code, and hands signals on to it. */
export async function runSingle(file: string): Promise<number> {
  const child = spawn(process.execPath, [ARTILLERY, 'run', '--quiet', file], {
    cwd: ROOT,
    env: childEnvironment(),
    stdio: 'inherit',
  });
  // A terminal has sent it to both: Artillery takes two within a moment for one (runner/second-signal.ts).
  const handOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', handOn);
  process.on('SIGTERM', handOn);
  try {
    return await new Promise<number>((done, fail) => {
      child.once('error', fail);
      child.once('close', (code, signal) => done(code ?? 128 + (signal ? os.constants.signals[signal] : 0)));
    });
  } finally {
    process.off('SIGINT', handOn);
    process.off('SIGTERM', handOn);
  }
}
