/** The table of benchmarks, the same in terminal and Markdown. */

import { figure, interval, NONE, plural, thousands } from '../format.ts';
import type { BenchmarkFigures } from '../summary/summary.ts';
import { type Column, markdownTable } from './markdown-table.ts';

export const BENCHMARK_COLUMNS: readonly Column[] = [
  ['Benchmark', 'left'],
  ['rounds', 'right'],
  ['min', 'right'],
  ['median', 'right'],
  ['95 % interval', 'left'],
  ['IQR', 'right'],
  ['a second', 'right'],
  ['outliers', 'left'],
  ['ended', 'left'],
];

/** Times in ms. */
export function benchmarkTable(benchmarks: readonly BenchmarkFigures[]): string {
  return markdownTable(BENCHMARK_COLUMNS, benchmarks.map(benchmarkCells));
}

export function benchmarkCells(row: BenchmarkFigures): string[] {
  return [
    row.name,
    thousands(row.rounds),
    figure(row.min),
    figure(row.median),
    interval(row.medianCi, 'ms'),
    row.q1 === null || row.q3 === null ? NONE : figure(row.q3 - row.q1),
    figure(row.perSecond),
    outliersOf(row),
    row.failed > 0 ? `${row.ended} (${plural(row.failed, 'round')} failed)` : row.ended,
  ];
}

/** How many, and the farthest with their round. */
function outliersOf({ outliers, farthest }: BenchmarkFigures): string {
  if (outliers === 0) return '0';
  const named = farthest.map(({ round, value }) => `${figure(value)} in round ${round}`).join(', ');
  return `${thousands(outliers)}: ${named}${outliers > farthest.length ? ', …' : ''}`;
}
