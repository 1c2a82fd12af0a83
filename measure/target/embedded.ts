import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import type { Account } from '../../fixtures/accounts.ts';

const PROGRAM = resolve(ROOT, 'fixtures/scheduler/main.ts');
/** The pages are built at the first start; that takes most of this time on a slow machine. */
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 5_000;
/** What the scheduler exits with when its pages cannot be built anywhere (fixtures/scheduler/main.ts). */
const NO_PLACE = 73;

export interface EmbeddedScheduler {
  /** Without a slash at the end. */
  url: string;
  /** Below `url`, or on an origin of its own where the settings say so. */
  apiUrl: string;
  accounts: Account[];
  pid: number;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
  /** Calls it when the process ends before `stop`. */
  onDeath(listener: (how: string) => void): void;
}

export interface EmbeddedOptions {
  size: 'small' | 'medium' | 'large';
  seed?: number;
  /** The scheduler's own access log goes there, one JSON line a request. */
  accessLog?: string;
  /** Further variables of the scheduler (fixtures/scheduler/server/settings.ts). */
  settings?: Record<string, string>;
}

/**
 * Starts the embedded scheduler as a process of its own, with fresh data, on a free loopback port. It ends with
 * this process, whatever happens to it: the two hold an IPC channel.
 * @throws TargetUnreachable when it does not come up; ConfigError when it may not write its pages.
 */
export async function startEmbeddedScheduler(options: EmbeddedOptions): Promise<EmbeddedScheduler> {
  const child = fork(PROGRAM, [], {
    env: childEnvironment({
      PORT: undefined,
      SCHEDULER_SIZE: options.size,
      SCHEDULER_SEED: options.seed === undefined ? undefined : String(options.seed),
      ...(options.accessLog && { SCHEDULER_ACCESS_LOG: options.accessLog }),
      ...options.settings,
    }),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ready = await waitUntilReady(child, () => complaint);
  let told = false;
  return {
    ...ready,
    pid: child.pid as number,
    stop: () => {
      told = true;
      return stop(child);
    },
    onDeath: (listener) => {
      child.once('exit', (code, signal) => {
        if (!told) listener(`it ended with ${signal ?? `exit code ${code}`}`);
      });
    },
  };
}

function waitUntilReady(child: ChildProcess, complaint: () => string) {
  return new Promise<{ url: string; apiUrl: string; accounts: Account[] }>((done, fail) => {
    const give = (why: string) => {
      child.kill('SIGKILL');
      const last = complaint().trim().split('\n').at(-1);
      fail(new TargetUnreachable(`the embedded scheduler did not start: ${why}${last ? ` (${last})` : ''}`));
    };
    const limit = setTimeout(() => give(`no word after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      // It says itself what its user can fix.
      if (code === NO_PLACE) fail(new ConfigError(complaint().trim().split('\n').at(-1) ?? ''));
      give(`it ended with ${signal ?? `exit code ${code}`}`);
    });
    child.once('error', (error) => give(error.message));
    child.on('message', (message: { type?: string; url: string; apiUrl: string; accounts: Account[] }) => {
      if (message.type !== 'ready') return;
      clearTimeout(limit);
      child.removeAllListeners('exit');
      done({ url: message.url, apiUrl: message.apiUrl, accounts: message.accounts });
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(limit);
}
