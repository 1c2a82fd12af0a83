/** The samples of a run as they lie on disk: what is good is used, what is lost is counted with its reason. */
import { isUtf8 } from 'node:buffer';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, createGunzip } from 'node:zlib';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { readEvent } from './event-data.ts';
import { type Line, Lines } from './lines.ts';
import { recordedRun } from './read-run.ts';
import { RunDirectoryError } from './run-directory-error.ts';
import { sampleFromSchema1 } from './schema-1.ts';
import { examine } from './usable-sample.ts';

export const SAMPLES = 'samples.ndjson';

/** Kind of damage: a session that ended already ends again. */
export const DUPLICATE_SESSION = 'session: recorded twice';

export interface ReadTally {
  /** Lines that hold a sample that can be used. */
  samples: number;
  /** Lines that hold none: the last one of a killed run, or what a disk made of them. */
  torn: number;
  /** Samples that lack what they must hold. */
  unusable: number;
  /** How often each kind of damage was met. */
  damage: Map<string, number>;
  /** Ends of sessions: each session has one, so that a part of a file that is there twice is noticed. */
  ended: Set<string>;
  /** Why the file could not be read to its end: how much is lost is then not known. */
  brokenOff?: string;
}

export function newTally(): ReadTally {
  return { samples: 0, torn: 0, unusable: 0, damage: new Map(), ended: new Set() };
}

/**
 * Samples in the order of the file, one at a time (a run may hold millions). Reads `samples.ndjson`, or the
 * `.gz` of a finished run; a directory that never had either yields nothing. Counts into `tally` as it goes.
 * @param run whose times the samples' are compared with
 * @throws {RunDirectoryError} the file cannot be opened, or was removed
 */
export async function* readSamples(
  runDir: string,
  tally: ReadTally,
  run?: Pick<RunJson, 'start'>,
): AsyncGenerator<Sample> {
  const plain = join(runDir, SAMPLES);
  const packed = `${plain}.gz`;
  const file = existsSync(plain) ? plain : packed;
  if (!existsSync(file)) return checkNeverThere(runDir);
  const lines = new Lines();
  const isOld = recordedRun(runDir)?.schema === 1;
  const sampleOf = (line: Line) => counted(line, tally, { run, isOld });
  for await (const piece of file === plain ? piecesOf(plain, tally) : unpacked(packed, tally)) {
    for (const line of lines.of(piece)) {
      const sample = sampleOf(line);
      if (sample) yield sample;
    }
  }
  for (const line of lines.rest()) {
    const sample = sampleOf(line);
    if (sample) yield sample;
  }
}

/** Without its samples nothing could be concluded, and a summary of nothing would take the place of the one that is there. */
function checkNeverThere(runDir: string): void {
  if (samplesConcluded(runDir) > 0)
    throw new RunDirectoryError(
      `${runDir}: its samples were removed, and nothing can be concluded again without them. Open its index.html, or read summary.json.`,
    );
}

/** How many samples the summary is of; 0 without one that can be read. */
function samplesConcluded(runDir: string): number {
  try {
    return JSON.parse(readFileSync(join(runDir, 'summary.json'), 'utf8')).counts.samples;
  } catch {
    return 0;
  }
}

/** The sample of a line, counted; undefined: there is none that can be used. */
function counted(
  line: Line,
  tally: ReadTally,
  { run, isOld }: { run?: Pick<RunJson, 'start'>; isOld: boolean },
): Sample | undefined {
  const note = (what: string) => tally.damage.set(what, (tally.damage.get(what) ?? 0) + 1);
  if (isBlank(line)) return undefined;
  const sample = parsed(line);
  if (typeof sample === 'string') {
    tally.torn += 1;
    note(sample);
    return undefined;
  }
  if (isOld) sampleFromSchema1(sample);
  const examined = examine(sample, run);
  const { without = [] } = examined;
  const unusable = examined.unusable ?? (isDuplicateSession(sample, tally) ? DUPLICATE_SESSION : undefined);
  if (unusable !== undefined) {
    tally.unusable += 1;
    note(unusable);
    return undefined;
  }
  for (const field of without) note(field);
  tally.samples += 1;
  return sample.kind === 'event' ? readEvent(sample) : sample;
}

function isDuplicateSession({ kind, session, t }: Sample, { ended }: ReadTally): boolean {
  if (kind !== 'session' || session === undefined) return false;
  const end = `${session} ${t}`;
  return ended.size === ended.add(end).size;
}

/** A sample, or why the line is none. */
function parsed({ bytes, tooLong, isOpen }: Line): Sample | string {
  if (tooLong) return 'longer than 1 MiB';
  if (bytes.includes(0)) return 'filled with NUL bytes';
  if (!isUtf8(bytes)) return 'no UTF-8';
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const isSample = typeof value === 'object' && value !== null && 'kind' in value && 't' in value;
    return isSample ? (value as Sample) : 'JSON, but no sample';
  } catch {
    return isOpen ? 'broken off at the end' : 'no JSON';
  }
}

/** Nothing, or what an editor of another system leaves of a line's end. */
function isBlank({ bytes, tooLong }: Line): boolean {
  return !tooLong && (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 13));
}

async function* piecesOf(file: string, tally: ReadTally): AsyncGenerator<Buffer> {
  let begun = false;
  try {
    for await (const piece of createReadStream(file)) {
      begun = true;
      yield piece as Buffer;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!begun)
      throw new RunDirectoryError(`${file}: cannot be read (${code ?? message}). Make it readable.`);
    tally.brokenOff = `cannot be read to its end (${code ?? message})`;
  }
}

async function* unpacked(file: string, tally: ReadTally): AsyncGenerator<Buffer> {
  // With this flush an end that comes too early is no error, so that nothing before it is lost.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error)); // it does not travel through `pipe` by itself
  let bytes = 0;
  try {
    for await (const piece of source.pipe(gunzip)) {
      bytes += piece.length;
      yield piece as Buffer;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EISDIR')
      throw new RunDirectoryError(`${file}: cannot be read (${code}). Make it readable.`);
    tally.brokenOff = `is damaged (${message})`;
    return;
  }
  if (bytes % 2 ** 32 !== (await sizeBeforePacking(file))) tally.brokenOff = 'ends too early';
}

/** The last four bytes of a whole archive: https://www.rfc-editor.org/rfc/rfc1952#page-5 (ISIZE). */
async function sizeBeforePacking(file: string): Promise<number | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size < 18) return undefined; // less than head and tail
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, size - 4);
    return buffer.readUInt32LE(0);
  } finally {
    await handle.close();
  }
}
