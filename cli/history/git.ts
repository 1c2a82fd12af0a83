/** git in a folder of its own: whatever repository the caller stands in. */
import { spawn } from 'node:child_process';
import { childEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';

export interface GitAnswer {
  code: number;
  out: string;
  /** What it says of a failure, in a line. */
  why: string;
}

export type Git = (...words: string[]) => Promise<GitAnswer>;

/** Files are as they were pushed, none leads out of the folder, and nothing of the user's settings runs in it or outlives it. */
const SETTINGS = [
  'core.autocrlf=false',
  'core.symlinks=false',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((one) => ['-c', one]);

/** Thrown where a signal came. */
export class Interrupted extends Error {}

/**
 * @param folder in which it works
 * @param signal ends git, which then tidies up after itself
 * @throws {ConfigError} git is not installed
 */
export async function gitIn(folder: string, signal: AbortSignal): Promise<Git> {
  // A hook of git's has set these: they name the user's own repository and index.
  const named = await run(['rev-parse', '--local-env-vars'], folder, {}, signal);
  const ofUser = named.out.split('\n').filter((name) => name && !name.startsWith('GIT_CONFIG'));
  const added = Object.fromEntries(ofUser.map((name) => [name, undefined]));
  return (...words) => run([...SETTINGS, ...words], folder, added, signal);
}

function run(
  words: readonly string[],
  cwd: string,
  added: Record<string, undefined>,
  signal: AbortSignal,
): Promise<GitAnswer> {
  return new Promise((done, failed) => {
    if (signal.aborted) return failed(new Interrupted());
    const env = childEnvironment(added);
    const child = spawn('git', words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    const stop = () => void child.kill();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', ({ message }) =>
      failed(
        new ConfigError(
          `git: cannot be started (${message}). Install git, or name a directory with --store.`,
        ),
      ),
    );
    child.once('exit', () => {
      if (!signal.aborted) return;
      // Of a repository on this machine the other side may go on for a while, and keep the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      failed(new Interrupted());
    });
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      done({ code: code ?? 1, out: out.trim(), why: firstLine(errors) });
    });
  });
}

/** Its first one says the cause; warnings and hints are about other things. */
function firstLine(errors: string): string {
  const said = errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !/^(warning|hint|to )/i.test(line));
  return (said[0] ?? 'it says no more').replace(/^(fatal|error|remote): /, '').replace(/[.:]$/, '');
}
