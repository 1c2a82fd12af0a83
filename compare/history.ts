/**
 * A history: a folder that keeps runs of long ago as files, so that two histories are merged file by file.
 *
 *     <store>/runs/<environment>/<profile>/<run id>.json   one run each
 *     <store>/baselines/<environment>/<profile>.json       as `baseline-file.ts` writes them
 */
import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config/errors.ts';
import type { LeftOut } from './alike-runs.ts';
import { type FileKind, fileName, readFigures, writeNewFigures } from './figures-file.ts';
import { KEPT, type RunFigures } from './run-figures.ts';
import { runSchema } from './run-schema.ts';

/** Of a run's file. */
const SCHEMA = 1;

const KIND: FileKind = {
  called: 'a run of the history',
  schema: SCHEMA,
  content: z.looseObject({ schema: z.literal(SCHEMA), run: runSchema }),
  find: 'Make it readable.',
  restore: 'Remove it, then add its run again or pull it.',
  other: 'Use the suite that wrote it.',
};

export interface KeptProfile {
  environment: string;
  profile: string;
}

/** Two machines may begin runs of one id: only together these name one run. */
export interface RunIdentity {
  id: string;
  /** ISO 8601, UTC. */
  start: string;
}

/** As the key of a map. */
export function identityText({ id, start }: RunIdentity): string {
  return `${id} ${start}`;
}

export interface KeptRun {
  file: string;
  run: RunFigures;
}

/** The history of this machine, beside the folder of runs. */
export function historyFolder(reportsDir: string): string {
  return join(dirname(reportsDir), 'history');
}

/**
 * Keeps a run in a file of its own. Of two processes that add the same run at once one does.
 * @returns whether it was added; false: it is there already
 * @throws {ConfigError} one line: the store is no folder, the file cannot be written, or the one that is there is damaged
 */
export function addRun(store: string, run: RunFigures): boolean {
  checkStore(store);
  for (const file of filesOf(store, run)) {
    if (!existsSync(file) && writeNewFigures(file, { schema: SCHEMA, kept: KEPT, run })) return true;
    if (isSameRun(readRun(file), run)) return false;
  }
  throw new ConfigError(`${run.id}: other runs of that name are kept. Rename the directory of the run.`);
}

/** @throws {ConfigError} as {@link addRun} */
export function isKept(store: string, run: RunFigures): boolean {
  checkStore(store);
  return filesOf(store, run).some((file) => existsSync(file) && isSameRun(readRun(file), run));
}

/** Where it may lie: two machines may begin a run of one profile in the same second, and such runs have one id. */
function filesOf(store: string, { id, start, like }: RunFigures): string[] {
  const folder = profileFolder(store, like);
  return [id, `${id}-${Date.parse(start)}`].map((name) => join(folder, `${fileName(name)}.json`));
}

/** Whatever was concluded of it since, and whichever note it has. */
export function isSameRun(one: RunIdentity, other: RunIdentity): boolean {
  return identityText(one) === identityText(other);
}

/**
 * By the time at which they began; empty: none is kept.
 * @throws {ConfigError} one line: the store is no folder, or one of its files is damaged or of another schema
 */
export function runsOf(store: string, environment: string, profile: string): RunFigures[] {
  return keptRunsOf(store, { environment, profile }).map(({ run }) => run);
}

/** The same, with their files. */
export function keptRunsOf(store: string, of: KeptProfile): KeptRun[] {
  return inOrder(filesIn(store, of).map((file) => ({ file, run: readRun(file) })));
}

/**
 * The same where one damaged file must not keep the others from being shown.
 * @throws {ConfigError} one line: the store is no folder
 */
export function readableRunsOf(store: string, of: KeptProfile): { readable: KeptRun[]; damaged: LeftOut[] } {
  const [readable, damaged]: [KeptRun[], LeftOut[]] = [[], []];
  for (const file of filesIn(store, of)) {
    try {
      readable.push({ file, run: readRun(file) });
    } catch (error) {
      damaged.push({ id: relative(store, file), reason: (error as Error).message.replace(`${file}: `, '') });
    }
  }
  return { readable: inOrder(readable), damaged };
}

function filesIn(store: string, of: KeptProfile): string[] {
  checkStore(store);
  const folder = profileFolder(store, of);
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((name) => join(folder, name));
}

function inOrder(runs: KeptRun[]): KeptRun[] {
  return runs.sort((a, b) => a.run.start.localeCompare(b.run.start) || a.run.id.localeCompare(b.run.id));
}

/**
 * Of which runs are kept, by name. A store that is not there yet keeps none.
 * @throws {ConfigError} one line: the store is no folder
 */
export function profilesIn(store: string): KeptProfile[] {
  checkStore(store);
  const folders = new Set(globSync('*/*/*.json', { cwd: join(store, 'runs') }).map(dirname));
  return [...folders].sort().map((folder) => {
    const [environment = '', profile = ''] = folder.split('/');
    return { environment, profile };
  });
}

/** @throws {ConfigError} it is a file */
export function checkStore(store: string): void {
  if (statSync(store, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new ConfigError(`${store}: a file, where the history is a folder. Name another store, or move it.`);
}

function profileFolder(store: string, { environment, profile }: KeptProfile): string {
  return join(store, 'runs', fileName(environment), fileName(profile));
}

function readRun(file: string): RunFigures {
  return readFigures<{ run: RunFigures }>(file, KIND).run;
}
