/** Runs as commands name them: read from their directories, and refused by name where their figures cannot be compared. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadRun, recordedRun } from '../analysis/read/read-run.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { ConfigError } from '../config/errors.ts';
import { newestRun } from '../measure/run/directory.ts';
import { SCHEMA } from '../measure/run/run.ts';
import { conclusionOf } from './conclusion.ts';
import { type RunFigures, runFigures } from './run-figures.ts';

/** Directory of a run: a path, or a name in the reports folder. */
export function runDirectory(named: string, reportsDir: string): string {
  const inReports = join(reportsDir, named);
  return !existsSync(named) && existsSync(inReports) ? inReports : resolve(named);
}

/**
 * What was concluded of a run, whatever became of it.
 * @throws {ConfigError} one line: there is no such run, or it was not concluded by this suite
 */
export function readSummary(runDir: string): Summary {
  const again = `\`npx loadtest report ${runDir}\``;
  if (existsSync(runDir) && !statSync(runDir).isDirectory())
    throw new ConfigError(`${runDir}: not a run directory. Name one of reports/runs/.`);
  loadRun(runDir);
  const file = join(runDir, 'summary.json');
  if (!existsSync(file)) throw new ConfigError(`${runDir}: not concluded yet. Run ${again} first.`);
  const summary = parsed(file, again);
  if (summary.schema !== SCHEMA)
    throw new ConfigError(
      `${file}: schema ${summary.schema}, this suite compares schema ${SCHEMA}. Conclude it again with ${again}.`,
    );
  return summary;
}

/**
 * What was concluded of a run that has ended, and is valid.
 * @throws {ConfigError} one line: there is no such run, it was not concluded, or it is invalid
 */
export function concludedRun(runDir: string): { summary: Summary; schema: number } {
  const summary = readSummary(runDir);
  if (summary.run.ended === undefined)
    throw new ConfigError(`${summary.id}: it has not ended, or was killed. Name a run that has ended.`);
  if (summary.verdict === 'invalid')
    throw new ConfigError(
      `${summary.id}: invalid (${summary.reasons[0] ?? 'its figures cannot be trusted'}). Repeat the run.`,
    );
  return { summary, schema: recordedRun(runDir)?.schema ?? SCHEMA };
}

/**
 * As a history keeps it: with what was concluded.
 * @throws {ConfigError} as {@link concludedRun}
 */
export function keptFigures(directory: string): RunFigures {
  const { summary, schema } = concludedRun(directory);
  return { ...runFigures(summary, schema), conclusion: conclusionOf(summary) };
}

function figuresOf(directory: string): RunFigures {
  const { summary, schema } = concludedRun(directory);
  return runFigures(summary, schema);
}

/** @throws {ConfigError} as {@link concludedRun}, or a run is named twice */
export function figuresOfRuns(directories: readonly string[], of = figuresOf): RunFigures[] {
  const runs = directories.map((directory) => of(directory));
  const twice = runs.find(({ id }, index) => runs.findIndex((other) => other.id === id) !== index);
  if (twice) throw new ConfigError(`${twice.id}: named twice. Name each run once.`);
  return runs;
}

/**
 * Of runs as a command names them; of the newest one where it names none.
 * @throws {ConfigError} as {@link figuresOfRuns}
 */
export function figuresOfNamed(named: readonly string[], reportsDir: string, of = figuresOf): RunFigures[] {
  return figuresOfRuns(
    named.length > 0 ? named.map((one) => runDirectory(one, reportsDir)) : [newestRun(reportsDir)],
    of,
  );
}

function parsed(file: string, again: string): Summary {
  try {
    const summary: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof summary === 'object' && summary !== null && 'run' in summary) return summary as Summary;
  } catch {
    // said below
  }
  throw new ConfigError(`${file}: damaged or half-written. Make it again with ${again}.`);
}
