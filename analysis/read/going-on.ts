import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunJson } from '../../measure/run/run.ts';
import { isRunning } from '../../measure/run/writer-process.ts';
import { SAMPLES } from './read-samples.ts';

/** A run at work writes a sample of itself each second: what is silent for so long has been ended. */
const SILENT_MS = 60_000;
/** Looked at for so long, a run at work has written something: each second, kept back for 250 ms at most. */
const WATCHED_MS = 3000;
const LOOK_EVERY_MS = 100;

/**
 * Whether a run without an end is still being written. Its own process tells where it can be seen; else (another
 * machine that shares the folder, another container) the file of samples is watched for as long as it takes.
 * @param last time of its last sample, ms since the epoch
 */
export async function isGoingOn(runDir: string, run: RunJson, last: number): Promise<boolean> {
  if (run.ended !== undefined) return false;
  const runs = run.process && isRunning(run.process);
  if (runs !== undefined) return runs && run.process?.pid !== process.pid; // ourselves: we conclude, so it is over
  const before = stateOf(runDir);
  const now = Date.now();
  // Two clocks: a copy of the folder is new and holds old samples.
  if (!before || now - before.changed > SILENT_MS || Math.abs(now - last) > SILENT_MS) return false;
  for (const until = performance.now() + WATCHED_MS; performance.now() < until; await wait(LOOK_EVERY_MS)) {
    if (stateOf(runDir)?.size !== before.size) return true;
  }
  return false;
}

function stateOf(runDir: string): { size: number; changed: number } | undefined {
  const stats = statSync(join(runDir, SAMPLES), { throwIfNoEntry: false });
  return stats && { size: stats.size, changed: stats.mtimeMs };
}
