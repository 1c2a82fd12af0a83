/** One side of an A/B comparison: a target that is there, or one that a command of the user's starts and this ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment } from '../../config/environment.ts';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { lastLine } from './last-line.ts';

export type SideName = 'A' | 'B';

export interface SideOptions {
  name: SideName;
  /** A URL, or a shell command. */
  given: string;
  /** A shell command. */
  restore?: string;
}

export interface Side {
  name: SideName;
  /** Without a slash at the end. */
  url: string;
  /** File with accounts that the command has left, if it has. */
  accounts?: string;
  /** Whether there is a command that puts the data back. */
  canRestore: boolean;
  /** Puts the data back. @throws {SideFailure} */
  restore(): Promise<void>;
  /** How the started process ended, once it has. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

export function isAddress(given: string): boolean {
  return /^https?:/.test(given);
}

/** What was measured before stands, but there is no result. */
export class SideFailure extends Error {}

/** The pages of a large application are built at its first start. */
const START_LIMIT_MS = 300_000;
const AGAIN_MS = 250;
const STOP_LIMIT_MS = 10_000;

/**
 * @param folder where the logs of its commands go
 * @param signal ends the wait for it
 * @throws {ConfigError} neither a URL nor a command
 * @throws {TargetUnreachable} its command ends or never listens, or the URL does not answer as the scheduler does
 */
export async function openSide(
  { name, given, restore }: SideOptions,
  folder: string,
  signal: AbortSignal,
): Promise<Side> {
  const log = (what: string) => join(folder, `${what}-${name.toLowerCase()}.log`);
  const canRestore = restore !== undefined;
  const restoring = async () => {
    if (restore === undefined) return;
    const code = await shell(restore, log('restore')).ended;
    if (code !== 0)
      throw new SideFailure(
        `--restore-${name.toLowerCase()}: ended with ${code}: ${lastLine(log('restore'))}. Fix the command; its output is in ${log('restore')}.`,
      );
  };
  if (isAddress(given)) {
    if (!URL.canParse(given) || new URL(given).pathname !== '/')
      throw new ConfigError(
        `--${name.toLowerCase()} ${given}: not the URL of a target. Write e.g. http://127.0.0.1:3000.`,
      );
    const url = new URL(given).origin;
    await checkTarget(url, `${url}/api/v1`);
    const there = { name, url, ended: () => undefined, stop: async () => undefined };
    return { ...there, canRestore, restore: restoring };
  }
  const started = await startSide(name, given, { folder, log: log('start'), signal });
  return { ...started, canRestore, restore: restoring };
}

async function startSide(
  name: SideName,
  given: string,
  { folder, log, signal }: { folder: string; log: string; signal: AbortSignal },
): Promise<Omit<Side, 'canRestore' | 'restore'>> {
  const port = await freePort();
  const accounts = join(folder, `accounts-${name.toLowerCase()}.yml`);
  const command = given.replaceAll('{port}', String(port)).replaceAll('{accounts}', accounts);
  const { child, ended } = shell(command, log, { PORT: String(port) });
  let end: string | undefined;
  void ended.then((how) => {
    end = typeof how === 'number' ? `exit code ${how}` : how;
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const until = performance.now() + STOP_LIMIT_MS;
    endGroup(child, 'SIGTERM');
    while (isGroupThere(child)) {
      await wait(50);
      if (performance.now() > until) endGroup(child, 'SIGKILL');
    }
  };
  const option = `--${name.toLowerCase()}`;
  const until = performance.now() + START_LIMIT_MS;
  for (;;) {
    if (end !== undefined)
      throw new TargetUnreachable(
        `${option}: the command ended with ${end} before it listened at ${url}: ${lastLine(log)}. Fix it; its output is in ${log}.`,
      );
    const why = await checkTarget(url, `${url}/api/v1`, 1).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (why === undefined) break;
    if (signal.aborted || performance.now() > until) {
      await stop();
      if (signal.aborted) throw new SideFailure('interrupted');
      throw new TargetUnreachable(
        `${option}: the command does not serve the scheduler at ${url} after ${START_LIMIT_MS / 1000} s (${why}). Let it listen at the port in PORT; its output is in ${log}.`,
      );
    }
    await wait(AGAIN_MS);
  }
  return { name, url, accounts: existsSync(accounts) ? accounts : undefined, ended: () => end, stop };
}

/**
 * The command ends with this process, whatever happens to it: then the pipe closes. In the background a shell's commands read
 * from nowhere, so that the pipe needs a number of its own.
 */
const GUARDED = `exec 3<&0
/bin/sh -c "$1" 3<&- &
command=$!
{ cat <&3 >/dev/null; kill -TERM -$$; } &
guard=$!
wait "$command"
code=$?
kill "$guard"
exit "$code"`;

/** Runs a command of the user's in a process group of its own. `ended`: exit code, or the signal's name. */
function shell(command: string, log: string, variables: Record<string, string> = {}) {
  const output = openSync(log, 'a');
  const child = spawn('/bin/sh', ['-c', GUARDED, 'sh', command], {
    env: childEnvironment(variables),
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  const ended = new Promise<number | string>((done) => {
    child.once('error', ({ message }) => done(message));
    child.once('exit', (code, signal) => {
      child.stdin?.destroy();
      done(code ?? signal ?? 'no exit code');
    });
  });
  return { child, ended };
}

function isGroupThere({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
