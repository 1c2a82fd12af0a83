import type { Column } from '../analysis/text/markdown-table.ts';
import { textTable } from '../analysis/text/text-table.ts';

/** Cells that say which row it is. */
const NAMES = 2;

/**
 * A table for terminals of 80 columns: names of metrics are long, so that verdict and name have a line of their own, and the
 * figures stand below. Headings come first, in the same way.
 */
export function twoLineTable(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): string[] {
  const all = [columns.map(([heading]) => heading), ...rows];
  const right = columns.slice(NAMES).flatMap(([, side], at) => (side === 'right' ? [at] : []));
  const names = textTable(all.map((row) => row.slice(0, NAMES)));
  const figures = textTable(
    all.map((row) => row.slice(NAMES)),
    right,
  );
  return names.flatMap((name, at) => [`  ${name}`, `      ${figures[at]}`]);
}
