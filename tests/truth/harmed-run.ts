/** A whole run under Artillery that is harmed while it goes on; what is left of it is looked at. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Summary } from '../../analysis/summary/summary.ts';
import type { Random } from '../../fixtures/data/random.ts';
import type { RunJson } from '../../measure/run/run.ts';
import {
  type Profile,
  runDirectory,
  type SuiteProcess,
  startArtillery,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from '../faults/scenarios.ts';

export interface Harmed {
  run: SuiteProcess;
  /** The folder of this trial, gone after it. */
  folder: string;
  /** Only once the run has begun. */
  runDir: string;
  /** What was concluded; undefined while it was not. */
  concluded(): { run: RunJson; summary: Summary } | undefined;
}

/** One phase; a user in a browser and four times as many over HTTP, or only the latter. */
export function shortProfile(seconds: number, { browsers }: { browsers: boolean }): Profile {
  return {
    phases: [{ name: 'steady', duration: seconds, arrivalCount: seconds }],
    scenarios: browsers ? [RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP] : [RESIDENTS_OVER_HTTP],
  };
}

/** Starts a run, waits for its first phase, and leaves the rest to `harm`. Nothing of it runs on afterwards. */
export async function harmedRun<T>(
  profile: Profile,
  settings: Record<string, string> | ((folder: string) => Record<string, string>),
  harm: (harmed: Harmed) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-harmed-'));
  const reports = join(folder, 'reports');
  const own = typeof settings === 'function' ? settings(folder) : settings;
  const run = startArtillery(writeProfile(folder, profile), {
    REPORTS_DIR: reports,
    DATA_SIZE: 'small',
    THINK: '0.1',
    ...own,
  });
  try {
    await run.until('the first phase', () => run.stdout.includes('steady:'));
    const runDir = runDirectory(reports) as string;
    const read = (name: string) => JSON.parse(readFileSync(join(runDir, name), 'utf8'));
    const concluded = () =>
      existsSync(join(runDir, 'summary.json'))
        ? { run: read('run.json'), summary: read('summary.json') }
        : undefined;
    return await harm({ run, folder, runDir, concluded });
  } finally {
    run.kill('SIGKILL');
    await run.ended;
    await run.leftBehind();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A moment that nobody chose, this many seconds from now. Gives the seconds. */
export async function atSomeMoment(random: Random, least: number, most: number): Promise<number> {
  const seconds = random.int(least * 1000, most * 1000) / 1000;
  await wait(seconds * 1000);
  return seconds;
}

/** The first reason that says so, else all of them, for a table of proof. */
export function reasonThat(pattern: RegExp, { reasons }: Summary): { found: string; ok: boolean } {
  const reason = reasons.find((text) => pattern.test(text));
  return { found: reason ?? `not among: ${reasons.join('; ') || 'no reasons'}`, ok: reason !== undefined };
}
