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
    html`${
      knownDefects.length > 0 &&
      html`<p>An occurrence is one time that a defect showed itself. One may show in several places, such as an answer, the step that waited for it, its journey and a page’s console: it is counted once, in the warm-up too. Passes of journeys are counted elsewhere: under <a href="#roles">what each role can do</a> a pass fails once, however often a defect showed in it.</p>\n`
    }${table<Summary['knownDefects'][number]>(
      'Defects that the application is known to have, seen in this run',
      [
        { heading: 'Defect', isName: true, cell: (defect) => defect.name },
        {
          heading: 'occurrences',
          numeric: true,
          cell: ({ count, places, warmupOnly }) =>
            html`${thousands(count)} <small>${placesText(places, 1)}</small>${warmupOnly && html`<small>in the warm-up only</small>`}`,
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
    )}`,
  );
}
