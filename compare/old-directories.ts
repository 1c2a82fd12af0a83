/** What of run directories is older than it is kept: samples first, then all of a directory. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isGoingOn } from '../analysis/read/going-on.ts';
import { loadRun } from '../analysis/read/read-run.ts';
import { ConfigError } from '../config/errors.ts';
import type { Retention } from '../config/retention.ts';
import type { LeftOut } from './alike-runs.ts';
import { keptFigures, readSummary } from './concluded-run.ts';
import { addRun } from './history.ts';

export interface OldDirectory {
  directory: string;
  id: string;
  /** ISO 8601, UTC. */
  start: string;
  /** What goes. */
  what: 'samples' | 'directory';
  /** Of what goes. */
  bytes: number;
}

export interface OldDirectories {
  /** Oldest first. */
  old: OldDirectory[];
  /** Old ones that stay, each with its reason. */
  staying: LeftOut[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SAMPLES = ['samples.ndjson', 'samples.ndjson.gz'];

/** Of a folder of runs. What was never concluded, or cannot be read, stays: its samples are all that is known of it. */
export async function oldDirectories(
  reportsDir: string,
  { samples, reports }: Pick<Retention, 'samples' | 'reports'>,
  now = new Date(),
): Promise<OldDirectories> {
  const [old, staying]: [OldDirectory[], LeftOut[]] = [[], []];
  for (const name of runsIn(reportsDir)) {
    const directory = join(reportsDir, name);
    try {
      const run = loadRun(directory);
      const { id, start } = run;
      const days = (now.getTime() - Date.parse(start)) / DAY_MS;
      const what = days > reports ? 'directory' : 'samples';
      const files =
        what === 'directory' ? everyFile(directory) : SAMPLES.map((file) => join(directory, file));
      const there = files.filter((file) => existsSync(file));
      if (days <= samples || there.length === 0) continue;
      if (await isGoingOn(directory, run, Date.now())) continue;
      checkConcluded(directory);
      const bytes = there.reduce((sum, file) => sum + statSync(file).size, 0);
      old.push({ directory, id, start, what, bytes });
    } catch (error) {
      staying.push({ id: name, reason: (error as Error).message });
    }
  }
  return { old: old.sort((a, b) => a.start.localeCompare(b.start)), staying };
}

/**
 * Removes it. The figures of a run whose directory goes are added to the history first, if a history takes them.
 * @throws {ConfigError} one line: something cannot be removed, or the history cannot be written
 */
export function removeOld({ directory, what }: OldDirectory, store: string): void {
  try {
    if (what === 'samples') for (const file of SAMPLES) rmSync(join(directory, file), { force: true });
    else {
      if (isForHistory(directory)) addRun(store, keptFigures(directory));
      rmSync(directory, { recursive: true });
    }
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${directory}: cannot be removed (${code}). Make it writable, then repeat it.`);
  }
}

/** Without the link `latest`, which is one of them. */
function runsIn(reportsDir: string): string[] {
  if (!existsSync(reportsDir)) return [];
  return readdirSync(reportsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(reportsDir, entry.name, 'run.json')))
    .map(({ name }) => name);
}

function everyFile(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** An invalid or interrupted run is concluded too; one whose figures this suite cannot read is not. */
function checkConcluded(directory: string): void {
  if (!existsSync(join(directory, 'summary.json')) || !existsSync(join(directory, 'index.html')))
    throw new ConfigError(
      `not concluded, so its samples are all that is known of it. \`npx loadtest report ${directory}\` concludes it.`,
    );
  readSummary(directory);
}

function isForHistory(directory: string): boolean {
  const { verdict, run } = readSummary(directory);
  return verdict !== 'invalid' && run.ended === 'finished';
}
