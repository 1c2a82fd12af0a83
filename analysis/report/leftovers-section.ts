import { plural, thousands } from '../format.ts';
import { canGo, type Thing, thingsOf } from '../summary/changes.ts';
import type { Leftover, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

const MAX_ROWS = 100;

/** What the run changed on the target, and what of it is still there: how many of each kind, how they go, and their names. */
export function leftoversSection({ counts, leftovers, id }: Summary): Part {
  const { planned, undone, left } = counts.changes;
  const removable = leftovers.filter(({ canBeUndone }) => canBeUndone).length;
  const things = thingsOf(leftovers);
  return part(
    'leftovers',
    'Changes to the target',
    html`<p>${plural(planned, 'change')}, ${thousands(undone)} taken back, ${thousands(left)} left${things.length < left && `, of ${plural(things.length, 'thing')}: one that was changed by several journeys counts once below`}.${removable > 0 && html` <code>npx loadtest clean --run reports/runs/${id}</code> removes ${thousands(removable)} of them.`}</p>
${kindsTable(things)}
${leftovers.length > 0 && html`<details><summary>Their names</summary>${namesTable(things)}</details>`}`,
  );
}

function kindsTable(things: readonly Thing[]): Html {
  const kinds = [...Map.groupBy(things, (thing) => `${thing[0]?.what}\n${canGo(thing)}`).values()];
  kinds.sort((a, b) => b.length - a.length);
  return table<Thing[]>(
    'Left on the target, by kind',
    [
      { heading: 'What', isName: true, cell: ([thing]) => thing?.[0]?.what },
      { heading: 'left', numeric: true, cell: (all) => thousands(all.length) },
      {
        heading: 'can be removed',
        cell: ([thing]) => (thing && canGo(thing) ? 'yes' : 'no: the application offers no way'),
      },
    ],
    kinds,
    'Nothing was left behind.',
  );
}

function namesTable(things: readonly Thing[]): Html {
  const each = (thing: Thing, of: (one: Leftover) => string | undefined) =>
    [...new Set(thing.map(of).filter(Boolean))].join('; ');
  return html`${things.length > MAX_ROWS && html`<p class="note">The first ${MAX_ROWS}; all are in leftovers.json.</p>`}
${table<Thing>(
  'Left on the target, by name',
  [
    { heading: 'What', cell: ([one]) => one?.what },
    { heading: 'Name', isName: true, cell: ([one]) => one?.name },
    { heading: 'Journey', cell: (thing) => each(thing, ({ journey }) => journey) },
    { heading: 'Why', cell: (thing) => html`<span class="message">${each(thing, ({ why }) => why)}</span>` },
  ],
  things.slice(0, MAX_ROWS),
  '',
)}`;
}
