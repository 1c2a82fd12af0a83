import { thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { placesText } from '../text/service-text.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

export function knownDefectsSection({ knownDefects }: Summary): Part {
  return part(
    'defects',
    'Known defects',
    table<Summary['knownDefects'][number]>(
      'Defects that the application is known to have, seen in this run',
      [
        { heading: 'Defect', isName: true, cell: (defect) => defect.name },
        {
          heading: 'count',
          numeric: true,
          title: 'One occurrence may show in several places; it is counted once',
          cell: ({ count, places }) => html`${thousands(count)} <small>${placesText(places)}</small>`,
        },
        {
          heading: 'not verified',
          numeric: true,
          title: 'Shown by the status alone: the answer had no words, and no effect was found',
          cell: ({ unverified = 0 }) => thousands(unverified),
        },
        {
          heading: 'excused',
          cell: (defect) =>
            defect.excused
              ? html`<span class="whole">until ${defect.until}</span>`
              : html`<strong class="bad">no${defect.until ? `: until ${defect.until} only` : ''}</strong>`,
        },
        { heading: 'reason', cell: (defect) => html`<span class="message">${defect.reason}</span>` },
      ],
      knownDefects,
      'None was met.',
    ),
  );
}
