import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { newestRun } from '../../measure/run/directory.ts';
import type { RunJson } from '../../measure/run/run.ts';
import { copyVolume } from './containers.ts';
import { SUITE } from './images.ts';

/** Reads the newest run of the volume. */
export function withRun(volume: string, read: (run: RunJson, summary: Summary) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  try {
    copyVolume(volume, SUITE, folder);
    const newest = newestRun(join(folder, 'runs'));
    const json = (file: string) => JSON.parse(readFileSync(join(newest, file), 'utf8'));
    return read(json('run.json'), json('summary.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
