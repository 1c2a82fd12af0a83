import { plural, some, thousands } from '../format.ts';
import { failingOf, inGravity } from '../judge/gravest.ts';
import type { NeverWorked, Summary } from '../summary/summary.ts';
import { kindWord } from '../text/plain-verdict.ts';
import { failureLinks } from './failures.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { causeText } from './roles-section.ts';
import { table } from './table.ts';

/** What failed each time, known defects included. */
export function doesNotWorkSection(summary: Summary): Part | '' {
  const { doesNotWork, counts } = summary;
  const isTried = counts.requests.n + counts.steps.started > 0;
  if (!isTried && summary.audits?.length) return '';
  const linked = failureLinks(summary);
  const atTimes = failingOf(summary).filter(
    ({ kind, never, failed, of = 0 }) => kind === 'request' && !never && failed < of,
  );
  return part(
    'does-not-work',
    'Does not work',
    html`${table<NeverWorked>(
      'What failed each time outside of warm-up, known defects included',
      [
        {
          heading: 'What',
          isName: true,
          cell: ({ kind, name }) =>
            html`${name} <small>${kindWord(kind)}${kind === 'journey' && whyOf(name, summary)}</small>`,
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
${atTimes.length > 0 && html`<p class="note">${plural(atTimes.length, 'call')} failed at times and worked at others: ${some(atTimes.map(({ name, failed, of = 0 }) => `${name} (${thousands(failed)} of ${thousands(of)})`))}. <a href="#calls">All calls</a>.</p>`}`,
  );
}

/** Of a journey: what failed in it, by all roles. */
function whyOf(name: string, { journeysByRole = [] }: Summary): string {
  const all = journeysByRole.filter(({ journey }) => journey === name);
  const causes = [...new Set(all.flatMap(({ because = [] }) => because.map((one) => causeText(one))))];
  return causes.length > 0 ? `; what failed in it: ${causes.join('; ')}` : '';
}
