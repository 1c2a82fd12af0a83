/** What a proof found, as Markdown that is also readable in a terminal. No dates and times: it is kept in docs/truth.md. */
import type { ProofRow } from './proof.ts';

const HEAD = ['What', 'Injected', 'Found', 'n', 'Allowed', ''];
const isNumber = (column: number) => column === 3;

export function proofTable(rows: readonly ProofRow[]): string {
  const cells = [
    HEAD,
    ...rows.map(({ what, injected, found, n, allowed, ok }) =>
      [what, injected, found, String(n), allowed, ok ? 'ok' : '**wrong**'].map((text) =>
        text.replaceAll('|', '\\|').replaceAll('\n', ' '),
      ),
    ),
  ];
  const widths = HEAD.map((_, column) => Math.max(3, ...cells.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => padded(text, widths[column] ?? 0, isNumber(column))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(cells[0] ?? []), line(rule), ...cells.slice(1).map(line)].join('\n');
}

function padded(text: string, width: number, toTheRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - [...text].length));
  return toTheRight ? space + text : text + space;
}
