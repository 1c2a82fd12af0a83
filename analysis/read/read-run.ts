/** A run directory as it lies on disk: made on any machine, perhaps killed in the middle. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LATEST } from '../../measure/run/directory.ts';
import { type RunJson, SCHEMA } from '../../measure/run/run.ts';
import { RunDirectoryError } from './run-directory-error.ts';
import { runFromSchema1 } from './schema-1.ts';

/**
 * The run's facts, in this suite's schema whichever it was recorded in.
 * @throws {RunDirectoryError}
 */
export function loadRun(runDir: string): RunJson {
  const file = join(runDir, 'run.json');
  if (!existsSync(runDir)) {
    // A command that was given no run asks for the newest one.
    throw new RunDirectoryError(
      basename(runDir) === LATEST
        ? `${dirname(runDir)}: no run yet. Make one, e.g. with \`npx loadtest run smoke\`.`
        : `${runDir}: no such directory. Give one under reports/runs/.`,
    );
  }
  if (!statSync(runDir).isDirectory()) {
    throw new RunDirectoryError(`${runDir} is not a directory. Pass a run directory from reports/runs/.`);
  }
  if (!existsSync(file)) {
    throw new RunDirectoryError(`${runDir}: no run.json there. Give a directory under reports/runs/.`);
  }
  const run = readJson<RunJson>(file, 'Restore it or take another run');
  checkSchema(file, run.schema);
  const missing = (['id', 'profiles', 'runner', 'start', 'target', 'suite', 'host', 'plan'] as const).find(
    (key) => run[key] === undefined,
  );
  if (missing)
    throw new RunDirectoryError(`${file}: '${missing}' is missing. Restore it or take another run.`);
  if (Number.isNaN(Date.parse(run.start)))
    throw new RunDirectoryError(`${file}: 'start' is no date. Restore it or take another run.`);
  return (run.schema as number) === 1 ? runFromSchema1(run) : run;
}

/** The run's facts as they were recorded, perhaps in an older schema; undefined where run.json cannot be read. */
export function recordedRun(runDir: string): ({ schema?: number } & Record<string, unknown>) | undefined {
  try {
    return JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Refuses a run whose `summary.json` a newer suite wrote: it is not overwritten.
 * @throws {RunDirectoryError} it cannot be read, or a newer suite made it
 */
export function checkSummarySchema(runDir: string): void {
  const file = join(runDir, 'summary.json');
  if (!existsSync(file)) return;
  const { schema } = readJson<{ schema: unknown }>(file, 'Remove it; `npx loadtest report` makes it again');
  checkSchema(file, schema);
}

function readJson<T>(file: string, fix: string): T {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) throw new Error('it holds no object');
    return value as T;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined)
      throw new RunDirectoryError(`${file}: cannot be read (${code}). Make it readable.`);
    throw new RunDirectoryError(`${file}: not JSON (${message}). ${fix}.`);
  }
}

function checkSchema(file: string, schema: unknown): void {
  if (schema === SCHEMA || schema === 1) return;
  const made = typeof schema === 'number' && schema > SCHEMA ? 'made by a newer suite, ' : '';
  throw new RunDirectoryError(
    `${file}: ${made}schema ${schema}, this suite reads 1 and ${SCHEMA}. Use the suite that made it.`,
  );
}
