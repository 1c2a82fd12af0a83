/** Gap between two columns. */
const GAP = '  ';

/**
 * Rows of plain text whose columns stand below each other.
 * @param right numbers of the columns that are aligned to the right, 0 the first
 */
export function textTable(rows: ReadonlyArray<readonly string[]>, right: readonly number[] = []): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const cell = (text: string, column: number) =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join(GAP).trimEnd());
}
