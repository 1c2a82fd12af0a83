/** What is taken from Prometheus endpoints, from `target-metrics.yml` beside this file, which describes each key. */
import { z } from 'zod';
import { parseSelectors, type Selector } from './series-selector.ts';
import { loadYaml } from './yaml.ts';

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

const key = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/, { error: 'not a name; write letters and digits' });

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

const mapOf = <T extends z.ZodType>(values: T, error: string) =>
  z.record(key, values, { error: ({ code }) => (code === 'invalid_type' ? error : undefined) });

const schema = mapOf(
  mapOf(figure, 'it must map names of figures to what they are'),
  'it must map kinds of endpoints to figures',
);

/**
 * Reads and checks the whole file.
 * @throws {ConfigError} one line: file and line, kind and figure, what is wrong
 */
export function loadTargetMetrics(
  file: string | URL = new URL('target-metrics.yml', import.meta.url),
): TargetMetrics {
  const shown = file instanceof URL ? 'config/target-metrics.yml' : file;
  const { data, mistake } = loadYaml(file, schema, { shown, place: (path) => path.join('.') || 'the file' });
  const kinds = new Map(
    Object.entries(data).map(([kind, figures]) => [
      kind,
      Object.entries(figures).map(([name, given]) => definition(name, given)),
    ]),
  );
  const torn = [...directions(kinds)].find(([, ways]) => ways.size > 1)?.[0];
  if (torn === undefined) return kinds;
  // A threshold names endpoint and figure, not the kind: the figure's name must say which way is better.
  const [, second = ''] = [...kinds].flatMap(([kind, list]) =>
    list.some((one) => one.key === torn) ? [kind] : [],
  );
  throw mistake(
    [second, torn],
    'in one kind more is better, in another less; give one of the two another name',
  );
}

/** Whether a figure of `target-metrics.yml` is a share, 0–1, for every kind that has it. */
export function isTargetShare(key: string): boolean {
  shares ??= sharesOf(loadTargetMetrics());
  return shares.has(key);
}

let shares: ReadonlySet<string> | undefined;

function sharesOf(kinds: TargetMetrics): ReadonlySet<string> {
  const all = [...kinds.values()].flat();
  const others = new Set(all.filter(({ unit }) => unit !== '%').map((one) => one.key));
  return new Set(all.map((one) => one.key).filter((one) => !others.has(one)));
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
