import type { BenchmarkFigures, Summary } from '../summary/summary.ts';
import { BENCHMARK_COLUMNS, benchmarkCells } from '../text/benchmark-table.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** Nothing in a run of something else. */
export function benchmarksSection({ benchmarks }: Summary): Part | '' {
  if (benchmarks.length === 0) return '';
  return part(
    'benchmarks',
    'Benchmarks',
    html`<p>One client, one request after the other. A round is what the target took for the requests of one benchmark; warm-up rounds are left out. The interval is that of the median, from order statistics; a second: rounds at the median; outliers lie beyond Tukey’s fences and are in all figures.</p>
${table<BenchmarkFigures>(
  'Benchmarks, times in ms',
  BENCHMARK_COLUMNS.map(([heading, side], at) => ({
    heading,
    isName: at === 0,
    numeric: side === 'right',
    cell: (row) => benchmarkCells(row)[at],
  })),
  benchmarks,
  '',
)}`,
  );
}
