import { plural, thousands } from '../format.ts';
import { inGravity } from '../judge/gravest.ts';
import type { NeverWorked, Summary } from '../summary/summary.ts';
import { kindWord } from '../text/plain-verdict.ts';
import { failureLinks } from './failures.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** What failed each time, known defects included. */
export function doesNotWorkSection(summary: Summary): Part | '' {
  const { doesNotWork, operations, counts } = summary;
  const isTried = counts.requests.n + counts.steps.started > 0;
  if (!isTried && summary.audits?.length) return '';
  const linked = failureLinks(summary);
  const atTimes = operations.filter(({ errors, attempts }) => errors > 0 && errors < attempts).length;
  return part(
    'does-not-work',
    'Does not work',
    html`${table<NeverWorked>(
      'What failed each time outside of warm-up, known defects included',
      [
        {
          heading: 'What',
          isName: true,
          cell: ({ kind, name }) => html`${name} <small>${kindWord(kind)}</small>`,
        },
        {
          heading: 'failed',
          numeric: true,
          cell: ({ kind, name, n }) =>
            linked(kind, name, html`<span class="whole">${thousands(n)} of ${thousands(n)}</span>`),
        },
        { heading: 'known defect', cell: ({ defects }) => defects.join(', ') || 'no' },
      ],
      inGravity(summary, doesNotWork, (one) => one),
      isTried
        ? 'Each operation, step and journey that was tried worked at least once.'
        : 'No operation, step or journey was tried.',
    )}
${atTimes > 0 && html`<p class="note">${plural(atTimes, 'call')} failed at times and worked at others: <a href="#calls">all calls</a>.</p>`}`,
  );
}
