/** A run that is refused: one line that says what is wrong and how to fix it, the right exit code, nothing written. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { ROOT } from '../../config/environment.ts';
import { type SuiteProcess, startArtillery, startPerf } from '../artillery/suite-process.ts';

export interface Refused {
  exitCode: 2 | 4;
  /** The whole line. */
  says: RegExp;
  never?: RegExp;
}

/** Both ways to run. */
export const RUNNERS = {
  artillery: (settings: Record<string, string>, root = ROOT) =>
    startArtillery('artillery/smoke.yml', settings, root),
  playwright: (settings: Record<string, string>, root = ROOT) => startPerf([], settings, root),
};

export async function assertRefused(run: SuiteProcess, { exitCode, says, never }: Refused): Promise<void> {
  const { code } = await run.ended;
  const lines = run.output.split('\n');
  assert.equal(code, exitCode, run.output);
  assert.equal(lines.filter((line) => says.test(line)).length, 1, `said once:\n${run.output}`);
  assert.equal(run.stderr.trim().split('\n').length, 1, `one line:\n${run.stderr}`);
  assert.doesNotMatch(run.output, /^\s+at .*[:(]\d*/m, 'no stack trace');
  if (never) assert.doesNotMatch(run.output, never);
  assert.deepEqual(await run.leftBehind(), []);
}

export function assertNothingWritten(reports: string): void {
  assert.deepEqual(existsSync(reports) ? readdirSync(reports) : [], []);
}
