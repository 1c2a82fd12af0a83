/** `reports/baselines/<environment>/<profile>.json`: a set of runs that later ones are compared with. */
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config/errors.ts';
import { type FileKind, fileName, readFigures, removeFigures, writeFigures } from './figures-file.ts';
import { differencesOf, differenceText } from './likeness.ts';
import { KEPT, type RunFigures } from './run-figures.ts';
import { runSchema } from './run-schema.ts';

/** Of the file. */
const SCHEMA = 1;
/** Runs that show how much runs of one thing differ among themselves: fewer decide nothing. */
export const COMPLETE = 5;

export interface Baseline {
  schema: typeof SCHEMA;
  environment: string;
  profile: string;
  /** Names of the quantiles of each metric. */
  kept: typeof KEPT;
  /** In the order in which they were added; others are compared with the first. */
  runs: RunFigures[];
}

/** Beside the folder of runs. */
export function baselinesFolder(reportsDir: string): string {
  return join(dirname(reportsDir), 'baselines');
}

/** @param named a path, or `<environment>/<profile>` */
export function baselinePath(named: string, reportsDir: string): string {
  const inFolder = join(baselinesFolder(reportsDir), `${named.replace(/\.json$/, '')}.json`);
  return !existsSync(named) && existsSync(inFolder) ? inFolder : named;
}

/** Where the baseline of such runs lies. */
export function baselineOf(
  { environment, profile }: Pick<RunFigures['like'], 'environment' | 'profile'>,
  reportsDir: string,
): string {
  return join(baselinesFolder(reportsDir), fileName(environment), `${fileName(profile)}.json`);
}

/** `<environment>/<profile>`, as commands call it. */
export function baselineName(file: string): string {
  return `${basename(dirname(file))}/${basename(file, '.json')}`;
}

export function allBaselines(reportsDir: string): string[] {
  const folder = baselinesFolder(reportsDir);
  return baselinesIn(folder).map((name) => join(folder, name));
}

/** `<environment>/<profile>.json` of each, by name. */
export function baselinesIn(folder: string): string[] {
  return globSync('*/*.json', { cwd: folder }).sort();
}

/** Adds runs, all or none. Without a baseline: as the first ones of a new one. */
export function withRuns(
  baseline: Baseline | undefined,
  added: readonly RunFigures[],
  { force = false }: { force?: boolean },
): Baseline {
  const first = baseline?.runs[0] ?? added[0];
  if (!first) throw new ConfigError('baseline add: no run. Name one or more.');
  const there = new Set(baseline?.runs.map(({ id }) => id));
  const runs = added.map((run): RunFigures => {
    if (there.has(run.id)) throw new ConfigError(`${run.id}: is in the baseline already. Name another run.`);
    const unfit = unfitnessOf(run);
    const unlike = differencesOf(first.like, run.like).map(differenceText);
    if (!force && unfit[0] !== undefined)
      throw new ConfigError(
        `${run.id}: ${unfit[0]}. Add a run that passed, or write --force, which every result will say.`,
      );
    if (!force && unlike.length > 0)
      throw new ConfigError(
        `${run.id}: not like the first run of the baseline, ${first.id} (${unlike.join('; ')}). Add a run that is like it, or write --force, which every result will say.`,
      );
    const forced = [...unfit, ...unlike];
    return forced.length === 0 ? run : { ...run, forced };
  });
  const { environment, profile } = first.like;
  return {
    schema: SCHEMA,
    environment,
    profile,
    kept: KEPT,
    runs: [...(baseline?.runs ?? []), ...runs],
  };
}

/** Why a run should be in no baseline, whatever the others are. */
function unfitnessOf({ verdict, like: { ended } }: RunFigures): string[] {
  return [
    ...(verdict === 'fail' ? ['its verdict is fail'] : []),
    ...(ended === 'finished' ? [] : [`it was broken off (${ended})`]),
  ];
}

const KIND: FileKind = {
  called: 'a baseline',
  schema: SCHEMA,
  content: z.looseObject({
    schema: z.literal(SCHEMA),
    environment: z.string(),
    profile: z.string(),
    runs: z.array(runSchema).min(1),
  }),
  find: 'Name a baseline; `npx loadtest baseline list` lists them.',
  restore: 'Restore it (it belongs in git), or remove it and add its runs again.',
  other: 'Use the suite that wrote it, or add its runs again.',
};

/** @throws {ConfigError} one line: it cannot be read, is damaged, or is of a newer suite */
export function readBaseline(file: string): Baseline {
  return readFigures<Baseline>(file, KIND);
}

/**
 * Whole or not at all; without runs the file goes.
 * @throws {ConfigError} it cannot be written
 */
export function writeBaseline(file: string, written: Baseline): void {
  if (written.runs.length === 0) removeFigures(file);
  else writeFigures(file, written);
}
