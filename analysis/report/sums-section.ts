/** What was started, what became of it, and which part of it other figures are of. */
import { thousands } from '../format.ts';
import type { Ended, Summary } from '../summary/summary.ts';
import { ATTEMPTS, DRAIN, STARTED, sumsTable, viewsText } from '../text/sums-table.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

export function sumsSection({ sums }: Summary): Part {
  const { rows, columns } = sumsTable(sums);
  return part(
    'sums',
    'How the counts add up',
    html`<p>${STARTED} ${ATTEMPTS}${rows.some(([, row]) => row.drain > 0) ? ` ${DRAIN}` : ''} ${viewsText(sums)}</p>
${table<[string, Ended]>(
  'What was started, and what became of it',
  [
    { heading: 'What', isName: true, cell: ([what]) => what },
    ...columns.map(({ heading, title, of }) => ({
      heading,
      title,
      numeric: true,
      cell: ([, row]: [string, Ended]) => thousands(of(row)),
    })),
  ],
  rows,
  'Nothing was started.',
)}`,
  );
}
