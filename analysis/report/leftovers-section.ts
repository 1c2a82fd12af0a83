import { thousands } from '../format.ts';
import type { Leftover, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { table } from './table.ts';

const MAX_ROWS = 100;

/** What the run changed on the target, and what of it is still there. */
export function leftoversSection({ counts, leftovers }: Summary): Html {
  const { planned, undone, left } = counts.changes;
  return html`<section aria-labelledby="leftovers"><h2 id="leftovers">Changes to the target</h2>
<p>${thousands(planned)} changes, ${thousands(undone)} taken back, ${thousands(left)} left${left > MAX_ROWS ? ` (the first ${MAX_ROWS} here, all in leftovers.json)` : ''}.</p>
${table<Leftover>(
  'Left on the target',
  [
    { heading: 'What', cell: (row) => row.what },
    { heading: 'Name', isName: true, cell: (row) => row.name },
    { heading: 'Journey', cell: (row) => row.journey ?? '' },
    { heading: 'Why', cell: (row) => html`<span class="message">${row.why}</span>` },
  ],
  leftovers.slice(0, MAX_ROWS),
  'Nothing was left behind.',
)}</section>`;
}
