import { parseFindingKey } from '../../config/run-figure.ts';
import type { Summary } from '../summary/summary.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';

/** What readers of a report look for, and this run cannot show, with the command that does. @param isCompared with a baseline */
export function notShownSection({ findings }: Summary, isCompared: boolean): Part | '' {
  const hasCapacity = Object.keys(findings).some((text) => parseFindingKey(text)?.kind === 'capacity');
  const lines = [
    ...(isCompared
      ? []
      : [
          html`Whether anything is slower than before: this run was compared with no baseline. <code>npx loadtest baseline add</code> keeps runs for that.`,
        ]),
    ...(hasCapacity
      ? []
      : [
          html`How many users the application can carry: this run did not look for its limit. <code>npx loadtest run capacity</code> does.`,
        ]),
  ];
  if (lines.length === 0) return '';
  return part(
    'not-shown',
    'What this run does not show',
    html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
  );
}
