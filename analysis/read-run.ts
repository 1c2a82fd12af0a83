/** A run directory as it lies on disk: made on any machine, perhaps killed in the middle. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type RunJson, SCHEMA } from '../measure/run/run-json.ts';
import type { Sample } from '../measure/run/samples.ts';

export const SAMPLES = 'samples.ndjson';

/** What was given is no run directory, or one of a later suite. One line, with what to do. */
export class RunDirectoryError extends Error {
  override name = 'RunDirectoryError';
  readonly exitCode = 2;
}

/** @throws {RunDirectoryError} */
export function readRunJson(runDir: string): RunJson {
  const file = join(runDir, 'run.json');
  if (!existsSync(file)) {
    throw new RunDirectoryError(`${runDir}: no run.json there. Give a directory under reports/runs/.`);
  }
  let run: RunJson;
  try {
    run = JSON.parse(readFileSync(file, 'utf8')) as RunJson;
  } catch (error) {
    throw new RunDirectoryError(
      `${file}: not JSON (${(error as Error).message}). Restore it or take another run.`,
    );
  }
  if (run.schema !== SCHEMA) {
    throw new RunDirectoryError(
      `${file}: schema ${run.schema}, this suite reads ${SCHEMA}. Use the suite that made it.`,
    );
  }
  const missing = (['id', 'profiles', 'runner', 'start', 'target', 'suite', 'host', 'plan'] as const).find(
    (key) => run[key] === undefined,
  );
  if (missing)
    throw new RunDirectoryError(`${file}: '${missing}' is missing. Restore it or take another run.`);
  return run;
}

export interface ReadTally {
  /** Lines that hold a sample. */
  samples: number;
  /** Lines that do not: the last one of a killed run, or of one of its killed processes. */
  torn: number;
}

/**
 * Samples in the order of the file, one at a time (a run may hold millions). Reads `samples.ndjson`, or the
 * `.gz` of a finished run; a directory with neither yields nothing. Counts into `tally` as it goes.
 */
export async function* readSamples(runDir: string, tally: ReadTally): AsyncGenerator<Sample> {
  const plain = join(runDir, SAMPLES);
  const packed = `${plain}.gz`;
  const isPlain = existsSync(plain);
  if (!isPlain && !existsSync(packed)) return;
  const file = createReadStream(isPlain ? plain : packed);
  const input = isPlain ? file : file.pipe(createGunzip());
  // A read error of the file does not travel through `pipe` by itself.
  if (!isPlain) file.on('error', (error) => input.destroy(error));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    const sample = parseSample(line);
    if (sample) {
      tally.samples += 1;
      yield sample;
    } else {
      tally.torn += 1;
    }
  }
}

function parseSample(line: string): Sample | undefined {
  try {
    const value = JSON.parse(line) as Sample;
    return typeof value === 'object' && typeof value?.kind === 'string' && typeof value.t === 'number'
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
