/** The embedded scheduler as a process of its own, with small data, quick passwords and an access log. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, AccountPool, parseAccounts } from '../../../fixtures/accounts.ts';
import { SAMPLES_FILE } from '../../../measure/run/recorder.ts';
import type { Sample } from '../../../measure/run/samples.ts';

export interface AccessLine {
  id: string;
  method: string;
  path: string;
  status: number;
}

export interface Scheduler {
  url: string;
  apiUrl: string;
  accounts: Account[];
  pool: AccountPool;
  accessLog(): AccessLine[];
  /** A new, empty run directory, and what has been written to it so far. */
  runDir(): { path: string; samples(): Sample[] };
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;

export async function startScheduler(): Promise<Scheduler> {
  const dir = mkdtempSync(join(tmpdir(), 'api-sessions-'));
  const log = join(dir, 'access.ndjson');
  const child = fork(new URL('../../../fixtures/scheduler/main.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      SCHEDULER_SIZE: 'small',
      SCHEDULER_PAGES: 'off',
      SCHEDULER_PASSWORD_COST_MS: '5',
      SCHEDULER_ACCESS_LOG: log,
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { url, accounts } = await new Promise<{ url: string; accounts: unknown }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the scheduler is not ready')), READY_WITHIN_MS);
    child.on('message', (message: { type: string; url: string; accounts: unknown }) => {
      clearTimeout(timer);
      if (message.type === 'ready') resolve(message);
    });
    child.once('exit', (code) => reject(new Error(`the scheduler ended at its start with code ${code}`)));
  });
  const known = parseAccounts(JSON.stringify(accounts), 'accounts of the embedded scheduler');
  let runs = 0;
  return {
    url,
    apiUrl: `${url}/api/v1`,
    accounts: known,
    pool: new AccountPool(known),
    accessLog: () => lines<AccessLine>(log),
    runDir: () => {
      runs += 1;
      const path = mkdtempSync(join(dir, `run${runs}-`));
      return { path, samples: () => lines<Sample>(join(path, SAMPLES_FILE)) };
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(dir, { recursive: true });
    },
  };
}

function lines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
