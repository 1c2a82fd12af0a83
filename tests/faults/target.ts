import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type EmbeddedOptions,
  type EmbeddedScheduler,
  startEmbeddedScheduler,
} from '../../measure/target/embedded.ts';
import { writeAccounts } from '../artillery/suite-process.ts';

export interface AccessLine {
  /** When it came, ms since the epoch, and how long its answer took, ms. */
  t: number;
  ms: number;
  id: string;
  method: string;
  path: string;
  status: number;
}

/** A scheduler that the test itself starts and harms; the run under test knows only its address. */
export interface HarmedTarget {
  scheduler: EmbeddedScheduler;
  /** The run's settings: where the target is and who signs in. */
  settings: Record<string, string>;
}

export async function startTarget(
  context: Pick<TestContext, 'after'>,
  folder: string,
  options: Partial<EmbeddedOptions> = {},
): Promise<HarmedTarget> {
  const scheduler = await startEmbeddedScheduler({ size: 'small', ...options });
  context.after(() => scheduler.stop());
  return {
    scheduler,
    settings: {
      BASE_URL: scheduler.url,
      ENVIRONMENT: 'embedded',
      ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
      REPORTS_DIR: join(folder, 'reports'),
    },
  };
}

/** Puts these rules in force (fixtures/scheduler/server/fault-rules.ts), instead of all others. */
export async function setFaults(url: string, rules: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/__faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rules),
  });
  if (!response.ok) throw new Error(`the faults were refused: ${response.status} ${await response.text()}`);
}

export function readAccessLog(file: string): AccessLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AccessLine);
}
