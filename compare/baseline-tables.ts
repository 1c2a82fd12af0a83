/** Figures of several runs as tables for readers: each the median of the runs, with the smallest and the largest. */
import { NONE, percent, quantity } from '../analysis/format.ts';
import type { Column } from '../analysis/text/markdown-table.ts';
import { parseMetricKey } from '../config/metric-key.ts';
import { VITAL_NAMES } from '../config/vitals.ts';
import type { Unit } from '../measure/run/units.ts';
import { KEPT, type MetricSketch, type RunFigures } from './run-figures.ts';

interface Table {
  columns: Column[];
  rows: string[][];
}

type Kept = (typeof KEPT)[number];

/** The spread is the standard deviation of the runs as a share of their mean: how much two runs of one thing differ. */
export function primaryFigures(runs: readonly RunFigures[]): Table {
  const names = [...new Set(runs.flatMap(({ primary }) => primary.map(({ metric }) => metric)))];
  const rows = names.map((name) => {
    const found = runs.flatMap(({ primary }) => primary.find(({ metric }) => metric === name) ?? []);
    const values = found.flatMap(({ value }) => value ?? []);
    const n = found.map((one) => one.n);
    return [
      code(name),
      typical(values, found[0]?.unit ?? '1'),
      percent(spreadOf(values)),
      range(n, (value) => quantity(value, '1')),
    ];
  });
  return { columns: columnsOf('Figure', 'Value', 'Spread', 'n of a run'), rows };
}

export function operations(runs: readonly RunFigures[]): Table {
  const keys = keysOf(runs, ({ kind, variant }) => kind === 'request' && variant === undefined);
  const rows = keys.map((key) => {
    const all = sketches(runs, key);
    const shares = all
      .filter(({ attempts }) => attempts > 0)
      .map(({ attempts, errors }) => errors / attempts);
    return [
      code(parseMetricKey(key)?.name ?? key),
      ...(['p50', 'p95', 'p99'] as const).map((figure) => typicalOf(all, figure)),
      typical(shares, '%'),
      range(
        all.map(({ n }) => n),
        (value) => quantity(value, '1'),
      ),
    ];
  });
  return { columns: columnsOf('Operation', 'p50', 'p95', 'p99', 'Failed', 'n of a run'), rows };
}

/** First views have a row of their own: they are kept apart. */
export function pages(runs: readonly RunFigures[]): Table {
  const keys = keysOf(runs, ({ kind, page }) => kind === 'vital' && page !== undefined);
  const views = new Map<string, { page: string; variant: string }>();
  for (const key of keys) {
    const { page = '', variant = '' } = parseMetricKey(key) ?? {};
    views.set(`${page} ${variant}`, { page, variant });
  }
  const rows = [...views.values()].map(({ page, variant }) => [
    `${code(page)}${variant === 'cold' ? ', first views' : ''}`,
    ...VITAL_NAMES.map((vital) => {
      const key = keys.find((one) => {
        const parsed = parseMetricKey(one);
        return parsed?.name === vital && parsed.page === page && (parsed.variant ?? '') === variant;
      });
      return key === undefined ? NONE : typicalOf(sketches(runs, key), 'p75');
    }),
  ]);
  const seen = rows.filter(([, ...values]) => values.some((value) => value !== NONE));
  return { columns: columnsOf('Page', ...VITAL_NAMES.map((vital) => `${vital} p75`)), rows: seen };
}

/** What the target's own metrics showed (config/target-metrics.yml). */
export function targetsOwn(runs: readonly RunFigures[]): Table {
  const rows = keysOf(runs, ({ kind }) => kind === 'target').map((key) => {
    const all = sketches(runs, key);
    const shown = (['p50', 'p95', 'max'] as const).map((figure) => typicalOf(all, figure));
    return [code(parseMetricKey(key)?.name ?? key), ...shown];
  });
  return { columns: columnsOf('Figure', 'p50', 'p95', 'Largest'), rows };
}

function keysOf(
  runs: readonly RunFigures[],
  isWanted: (key: NonNullable<ReturnType<typeof parseMetricKey>>) => boolean,
): string[] {
  const keys = new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)));
  return [...keys].sort().filter((key) => {
    const parsed = parseMetricKey(key);
    return parsed !== undefined && isWanted(parsed);
  });
}

function sketches(runs: readonly RunFigures[], key: string): MetricSketch[] {
  return runs.flatMap(({ metrics }) => metrics[key] ?? []);
}

function typicalOf(all: readonly MetricSketch[], figure: Kept): string {
  const values = all.flatMap(({ quantiles }) => quantiles[KEPT.indexOf(figure)] ?? []);
  return typical(values, all[0]?.unit ?? '1');
}

/** `42 ms (40 ms to 45 ms)`; without brackets where all are one. */
function typical(values: readonly number[], unit: Unit): string {
  if (values.length === 0) return NONE;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  const text = (value: number) => quantity(value, unit);
  const between = range(sorted, text);
  return between === text(middle) ? between : `${text(middle)} (${between})`;
}

function range(values: readonly number[], text: (value: number) => string): string {
  const [low, high] = [text(Math.min(...values)), text(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}

/** Undefined of fewer than two runs, and where the mean is 0. */
function spreadOf(values: readonly number[]): number | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2 || mean === 0) return undefined;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1)) / Math.abs(mean);
}

function columnsOf(first: string, ...others: string[]): Column[] {
  return [[first, 'left'], ...others.map((one): Column => [one, 'right'])];
}

function code(name: string): string {
  return `\`${name}\``;
}
