/** What is taken from Prometheus endpoints, from `target-metrics.yml` beside this file, which describes each key. */
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './errors.ts';
import { parseSelectors, type Selector } from './series-selector.ts';
import { lineOf } from './yaml-line.ts';

/** Prometheus counts in seconds and bytes: `ms` and `MiB` are converted; `%` is a share, 0–1. */
export const TARGET_UNITS = ['cores', '%', 'MiB', '/s', 'ms', '1'] as const;
export type TargetUnit = (typeof TARGET_UNITS)[number];

/** One alternative: the sum of what these select. */
export type Sum = readonly Selector[];

export interface FigureDefinition {
  /** As written in the file. */
  key: string;
  title: string;
  unit: TargetUnit;
  /** How it comes from its series: their value, their increase a second, or their increase since the scrape before. */
  from: 'gauge' | 'rate' | 'increase';
  /** The first that the endpoint has is taken. */
  alternatives: readonly Sum[];
  /** What it is a share of. */
  of?: readonly Sum[];
  moreIsBetter: boolean;
}

/** Kind of endpoint → its figures, in the order of the file. */
export type TargetMetrics = ReadonlyMap<string, readonly FigureDefinition[]>;

const KEY = /^[a-zA-Z][a-zA-Z0-9]{0,39}$/;

const series = z
  .union([z.string(), z.array(z.string()).min(1)], { error: 'not a series or a list of them' })
  .transform((given, ctx): Sum[] =>
    [given].flat().flatMap((text) => {
      const sum = parseSelectors(text);
      if (typeof sum !== 'string') return [sum];
      ctx.addIssue({ code: 'custom', message: sum });
      return [];
    }),
  );

const figure = z
  .strictObject({
    title: z.string({ error: 'not a text' }).min(1, { error: 'empty' }),
    unit: z.enum(TARGET_UNITS, { error: `not known; write ${TARGET_UNITS.join(', ')}` }),
    gauge: series.optional(),
    rate: series.optional(),
    increase: series.optional(),
    of: series.optional(),
    better: z.enum(['more', 'less'], { error: 'not known; write more or less' }).default('less'),
  })
  .superRefine(({ gauge, rate, increase, of }, ctx) => {
    if ([gauge, rate, increase].filter(Boolean).length !== 1)
      ctx.addIssue({ code: 'custom', message: 'write one of gauge, rate and increase' });
    else if (rate && of)
      ctx.addIssue({ code: 'custom', message: 'of goes with gauge or increase, not with rate' });
  });

/**
 * Reads and checks the whole file.
 * @throws {ConfigError} one line: file and line, kind and figure, what is wrong
 */
export function loadTargetMetrics(
  file: string | URL = new URL('target-metrics.yml', import.meta.url),
): TargetMetrics {
  const shown = file instanceof URL ? 'config/target-metrics.yml' : file;
  const lines = new LineCounter();
  const document = parseDocument(readText(file, shown), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new ConfigError(`${shown}:${lines.linePos(broken.pos[0]).line}: not YAML. Mend that line.`);
  const content: unknown = document.toJS();
  const problem = (path: string[], message: string) =>
    new ConfigError(
      `${shown}:${lineOf(document, lines, path)}: ${path.join('.') || 'the file'}: ${message}.`,
    );
  if (!isRecord(content)) throw problem([], 'it must map kinds of endpoints to figures');
  const kinds = new Map<string, FigureDefinition[]>();
  for (const [kind, figures] of Object.entries(content)) {
    if (!KEY.test(kind)) throw problem([kind], 'not a name; write letters and digits');
    if (!isRecord(figures)) throw problem([kind], 'it must map names of figures to what they are');
    const read = Object.entries(figures).map(([key, given]) => {
      if (!KEY.test(key)) throw problem([kind, key], 'not a name; write letters and digits');
      const { data, error } = figure.safeParse(given);
      const [issue] = error?.issues ?? [];
      if (issue) throw problem([kind, key, ...issue.path.map(String)], issue.message);
      return definition(key, data as z.output<typeof figure>);
    });
    kinds.set(kind, read);
  }
  const of = directions(kinds);
  const torn = [...of].find(([, ways]) => ways.size > 1);
  // A threshold names endpoint and figure, not the kind: the figure's name must say which way is better.
  if (torn)
    throw problem(
      [],
      `${torn[0]}: in one kind more is better, in another less; give one of the two another name`,
    );
  return kinds;
}

let own: ReadonlyMap<string, boolean> | undefined;

/** Figures that some kind has, each with whether more of it is better. @throws {ConfigError} as `loadTargetMetrics` */
export function targetFigures(): ReadonlyMap<string, boolean> {
  own ??= new Map(
    [...directions(loadTargetMetrics())].map(([key, [better = false]]) => [key, better] as const),
  );
  return own;
}

function directions(kinds: TargetMetrics): Map<string, Set<boolean>> {
  const of = new Map<string, Set<boolean>>();
  for (const { key, moreIsBetter } of [...kinds.values()].flat())
    of.set(key, (of.get(key) ?? new Set()).add(moreIsBetter));
  return of;
}

function definition(key: string, given: z.output<typeof figure>): FigureDefinition {
  const { title, unit, gauge, rate, increase, of, better } = given;
  const from = gauge ? 'gauge' : rate ? 'rate' : 'increase';
  return {
    key,
    title,
    unit,
    from,
    alternatives: gauge ?? rate ?? increase ?? [],
    of,
    moreIsBetter: better === 'more',
  };
}

function isRecord(content: unknown): content is Record<string, unknown> {
  return content !== null && typeof content === 'object' && !Array.isArray(content);
}

function readText(file: string | URL, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `${shown}: cannot be read (${(error as NodeJS.ErrnoException).code}). Restore the file.`,
    );
  }
}
