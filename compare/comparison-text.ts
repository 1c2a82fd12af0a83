/** A comparison in a terminal. */
import { visible } from '../config/visible-text.ts';
import type { ComparedMetric, Comparison } from './comparison.ts';
import { columnsOf, DECIDE, facts, INFORMS, parts, restText, row } from './comparison-parts.ts';
import { twoLineTable } from './two-line-table.ts';
import { whatToDo } from './what-to-do.ts';

export function comparisonText(comparison: Comparison): string {
  const table = (all: readonly ComparedMetric[]) => twoLineTable(columnsOf(comparison), all.map(row));
  const { deciding, shown, rest } = parts(comparison);
  const advice = whatToDo(comparison);
  const lines = [
    comparison.headline,
    ...(advice === undefined ? [] : [advice]),
    '',
    ...facts(comparison),
    '',
    DECIDE,
    ...table(deciding),
    ...(shown.length > 0 ? ['', INFORMS, ...table(shown)] : []),
    ...(rest > 0 ? ['', restText(rest)] : []),
  ];
  return visible(lines.join('\n'));
}
