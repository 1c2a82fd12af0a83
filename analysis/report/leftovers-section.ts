import { plural, thousands } from '../format.ts';
import type { Leftover, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

const MAX_ROWS = 100;

/** What the run changed on the target, and what of it is still there: how many of each kind, how they go, and their names. */
export function leftoversSection({ counts, leftovers, id }: Summary): Part {
  const { planned, undone, left } = counts.changes;
  const removable = leftovers.filter(({ canBeUndone }) => canBeUndone).length;
  return part(
    'leftovers',
    'Changes to the target',
    html`<p>${plural(planned, 'change')}, ${thousands(undone)} taken back, ${thousands(left)} left.${removable > 0 && html` <code>npx loadtest clean --run reports/runs/${id}</code> removes ${thousands(removable)} of them.`}</p>
${kindsTable(leftovers)}
${leftovers.length > 0 && html`<details><summary>Their names</summary>${namesTable(leftovers)}</details>`}`,
  );
}

function kindsTable(leftovers: readonly Leftover[]): Html {
  const kinds = [...Map.groupBy(leftovers, ({ what, canBeUndone }) => `${what}\n${canBeUndone}`).values()];
  kinds.sort((a, b) => b.length - a.length);
  return table<Leftover[]>(
    'Left on the target, by kind',
    [
      { heading: 'What', isName: true, cell: ([one]) => one?.what },
      { heading: 'left', numeric: true, cell: (all) => thousands(all.length) },
      {
        heading: 'can be removed',
        cell: ([one]) => (one?.canBeUndone ? 'yes' : 'no: the application offers no way'),
      },
    ],
    kinds,
    'Nothing was left behind.',
  );
}

function namesTable(leftovers: readonly Leftover[]): Html {
  return html`${leftovers.length > MAX_ROWS && html`<p class="note">The first ${MAX_ROWS}; all are in leftovers.json.</p>`}
${table<Leftover>(
  'Left on the target, by name',
  [
    { heading: 'What', cell: (row) => row.what },
    { heading: 'Name', isName: true, cell: (row) => row.name },
    { heading: 'Journey', cell: (row) => row.journey ?? '' },
    { heading: 'Why', cell: (row) => html`<span class="message">${row.why}</span>` },
  ],
  leftovers.slice(0, MAX_ROWS),
  '',
)}`;
}
