/** What a proof found, as Markdown that is also readable in a terminal. No dates and times: it is kept in docs/truth.md. */
import { type Column, markdownTable } from '../../analysis/text/markdown-table.ts';
import type { ProofRow } from './proof.ts';

const COLUMNS: readonly Column[] = [
  ['What', 'left'],
  ['Injected', 'left'],
  ['Found', 'left'],
  ['n', 'right'],
  ['Allowed', 'left'],
  ['', 'left'],
];

export function proofTable(rows: readonly ProofRow[]): string {
  return markdownTable(
    COLUMNS,
    rows.map(({ what, injected, found, n, allowed, ok }) => [
      what,
      injected,
      found,
      String(n),
      allowed,
      ok ? 'ok' : '**wrong**',
    ]),
  );
}
