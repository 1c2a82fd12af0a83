import { figure, thousands } from '../../analysis/format.ts';
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import { type Column, markdownTable } from '../../analysis/text/markdown-table.ts';

/** One line of a table. `unit` is what the values are in; counts have none. */
export interface Row {
  what: string;
  /** How many measurements the median is of. */
  n: number;
  median: number | null;
  /** First and third quartile; null where there is no spread to tell. */
  spread: [low: number, high: number] | null;
  unit: '' | '%' | 's' | 'MiB' | 'MiB a session' | 'ms' | 'per s' | 'users';
  goal?: string;
  met?: string;
}

/** What one part of the bench has found. */
export interface Part {
  name: string;
  /** A heading, as a reader asks. */
  title: string;
  /** How it was measured, in whole sentences. */
  how: string[];
  rows: Row[];
}

/** Median and quartiles of what was measured (type 7, as all percentiles of the suite). */
export function row(what: string, values: readonly number[], unit: Row['unit']): Row {
  const sorted = ascending(values);
  const [low, median, high] = [0.25, 0.5, 0.75].map((p) => percentile(sorted, p));
  return {
    what,
    n: values.length,
    median: median ?? null,
    spread: values.length > 1 ? [low as number, high as number] : null,
    unit,
  };
}

/** The row with the most that its median may be, and whether it is. A bench reports and never fails. */
export function withGoal(one: Row, atMost: number): Row {
  const { median, unit } = one;
  const missed = median === null ? Number.NaN : median - atMost;
  const met = Number.isNaN(missed)
    ? 'not measured'
    : missed <= 0
      ? 'met'
      : `missed by ${quantity(missed, unit).replace('%', 'points')}`;
  return { ...one, goal: `≤ ${quantity(atMost, unit)}`, met };
}

/** With as many digits as its size calls for; percentages with one. */
export function quantity(value: number | null, unit: Row['unit']): string {
  if (value === null) return '–';
  return unit ? `${digits(value, unit)} ${unit}` : digits(value, unit);
}

function digits(value: number, unit: Row['unit']): string {
  if (Number.isInteger(value)) return thousands(value).replace('-', '−');
  const size = Math.abs(value);
  const text = unit === '%' ? value.toFixed(1) : size >= 1000 ? thousands(Math.round(value)) : figure(value);
  return text.replace('-', '−');
}

/** The table as Markdown, which can be read in a terminal as it stands. */
export function table({ rows }: Pick<Part, 'rows'>): string {
  const lines = rows.map(({ what, n, median, spread, unit, goal, met }) => [
    what,
    String(n),
    quantity(median, unit),
    spread ? spread.map((end) => digits(end, unit)).join(' to ') : '–',
    goal ?? '',
    met ?? '',
  ]);
  return markdownTable(HEAD, lines);
}

const HEAD: readonly Column[] = [
  ['', 'left'],
  ['n', 'right'],
  ['median', 'right'],
  ['spread (IQR)', 'right'],
  ['goal', 'left'],
  ['', 'left'],
];
