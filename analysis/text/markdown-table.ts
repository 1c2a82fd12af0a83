/** A heading and the side to which its column is aligned. */
export type Column = readonly [heading: string, side: 'left' | 'right'];

/** A table as Markdown whose columns stand under each other, so that it can be read in a terminal as it stands. */
export function markdownTable(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): string {
  const cells = [columns.map(([heading]) => heading), ...rows.map((row) => row.map(inOneCell))];
  const widths = columns.map((_, at) => Math.max(3, ...cells.map((row) => lengthOf(row[at] ?? ''))));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, at) => padded(text, widths[at] ?? 0, columns[at]?.[1])).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    columns[at]?.[1] === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(cells[0] ?? []), line(rule), ...cells.slice(1).map(line)].join('\n');
}

function inOneCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function padded(text: string, width: number, side: Column[1] | undefined): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return side === 'right' ? space + text : text + space;
}

/** In characters as they are seen, not in UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}
