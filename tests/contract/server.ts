import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Account {
  username: string;
  password: string;
  role: string;
}

export interface Scheduler {
  url: string;
  accounts: Account[];
  stop(): Promise<void>;
}

/** The day on which the contract was written down; data and browsers are set to it. */
export const TODAY = '2026-11-23';

const MAIN = fileURLToPath(new URL('../../fixtures/scheduler/main.ts', import.meta.url));
/** The first start builds the pages. */
const READY_MS = 60_000;

/** Starts the embedded scheduler with a fresh copy of the small data set on a free loopback port. */
export function startScheduler(): Promise<Scheduler> {
  // An environment of its own: no variable of the user who runs the test changes the data.
  const child = fork(MAIN, {
    env: { SCHEDULER_SIZE: 'small', SCHEDULER_TODAY: TODAY, SCHEDULER_PASSWORD_COST_MS: '10', PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint += text;
  });
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The embedded scheduler said nothing for ${READY_MS / 1000} s. ${complaint}`));
    }, READY_MS);
    exited.then(() => reject(new Error(`The embedded scheduler ended before it was ready. ${complaint}`)));
    child.on('message', (message: { type: string; url: string; accounts: Account[] }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve({ url: message.url, accounts: message.accounts, stop });
    });
  });
}
