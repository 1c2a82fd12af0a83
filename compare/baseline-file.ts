/** `reports/baselines/<environment>/<profile>.json`: a set of runs that later ones are compared with. */
import { existsSync, globSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config/errors.ts';
import { readFileText } from '../config/file-text.ts';
import { foremost } from '../config/schema-problem.ts';
import { visibleJson } from '../config/visible-text.ts';
import { makeFolder } from '../config/writable-folder.ts';
import { differencesOf, differenceText } from './likeness.ts';
import { KEPT, type RunFigures } from './run-figures.ts';

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
export function baselineOf({ environment, profile }: RunFigures['like'], reportsDir: string): string {
  return join(baselinesFolder(reportsDir), inFileName(environment), `${inFileName(profile)}.json`);
}

export function allBaselines(reportsDir: string): string[] {
  const folder = baselinesFolder(reportsDir);
  return globSync('*/*.json', { cwd: folder })
    .sort()
    .map((file) => join(folder, file));
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

const restore = 'Restore it (it belongs in git), or remove it and add its runs again.';

/** @throws {ConfigError} one line: it cannot be read, is damaged, or is of a newer suite */
export function readBaseline(file: string): Baseline {
  const text = readFileText(
    file,
    file,
    'Name a baseline; `npx loadtest baseline list` lists them.',
    'a baseline',
  );
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigError(`${file}: damaged or half-written: no whole JSON. ${restore}`);
  }
  const { schema } = (content ?? {}) as { schema?: unknown };
  if (typeof schema === 'number' && schema !== SCHEMA)
    throw new ConfigError(
      `${file}: schema ${schema}, this suite reads ${SCHEMA}. Use the suite that wrote it, or add its runs again.`,
    );
  const read = baseline.safeParse(content);
  if (read.success) return read.data as unknown as Baseline;
  const issue = foremost(read.error.issues);
  const where = issue?.path.map(String).join('.');
  throw new ConfigError(`${file}: damaged, or no baseline${where ? ` ('${where}')` : ''}. ${restore}`);
}

/**
 * Whole or not at all; without runs the file goes.
 * @throws {ConfigError} it cannot be written
 */
export function writeBaseline(file: string, written: Baseline): void {
  const part = `${file}.part`;
  try {
    if (written.runs.length === 0) {
      rmSync(file, { force: true });
      return;
    }
    makeFolder(dirname(file));
    writeFileSync(part, `${visibleJson(lines(written, 0))}\n`);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${file}: cannot be written (${code}). Make room, or make it writable.`);
  }
}

/** JSON with a line for each fact of a run and for each metric, so that a change of it can be read. */
function lines(value: unknown, depth: number, key = ''): string {
  const isOpen = typeof value === 'object' && value !== null && (depth < 3 || key === 'metrics');
  if (!isOpen) return JSON.stringify(value);
  const end = `\n${' '.repeat(depth)}`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const inner = entries.map(([name, one]) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
    return `${end} ${label}${lines(one, depth + 1, name)}`;
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}${inner.join(',')}${end}${close}`;
}

function inFileName(name: string): string {
  return name.replace(/[^\w.+-]/g, '-');
}

const number = z.number().nullable();
const sketch = z.looseObject({ n: z.number(), mean: number, quantiles: z.array(number).length(KEPT.length) });
/** What is read of it; other facts of a run are shown as they are. */
const baseline = z.looseObject({
  schema: z.literal(SCHEMA),
  environment: z.string(),
  profile: z.string(),
  runs: z
    .array(
      z.looseObject({
        id: z.string(),
        start: z.string(),
        verdict: z.string(),
        forced: z.array(z.string()).optional(),
        like: z.looseObject({ environment: z.string(), profile: z.string(), schema: z.number() }),
        primary: z.array(
          z.looseObject({ metric: z.string(), value: number, unit: z.string(), n: z.number() }),
        ),
        shares: z.record(z.string(), z.looseObject({ value: number, n: z.number() })),
        findings: z.record(z.string(), z.looseObject({ value: number, unit: z.string(), n: z.number() })),
        counters: z.array(z.looseObject({ name: z.string(), n: z.number(), rate: z.number() })),
        metrics: z.record(
          z.string(),
          z.looseObject({ ...sketch.shape, unit: z.string(), attempts: z.number(), errors: z.number() }),
        ),
      }),
    )
    .min(1),
});
