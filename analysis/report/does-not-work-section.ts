import { thousands } from '../format.ts';
import type { NeverWorked, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** What failed each time, known defects included. */
export function doesNotWorkSection({ doesNotWork }: Summary): Part {
  return part(
    'does-not-work',
    'Does not work',
    table<NeverWorked>(
      'What failed each time, known defects included',
      [
        { heading: 'What', isName: true, cell: ({ kind, name }) => html`${name} <small>${kind}</small>` },
        {
          heading: 'failed',
          numeric: true,
          cell: ({ n }): Html => html`<span class="whole">${thousands(n)} of ${thousands(n)}</span>`,
        },
        { heading: 'known defect', cell: ({ defects }) => defects.join(', ') || 'no' },
      ],
      doesNotWork,
      'Each operation, step and journey worked at least once.',
    ),
  );
}
