import { thousands } from '../format.ts';
import { type Failing, failingOf, inGravity } from '../judge/gravest.ts';
import type { NeverWorked, Summary } from '../summary/summary.ts';
import { kindWord } from '../text/plain-verdict.ts';
import { failureLinks } from './failures.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { causeText } from './roles-section.ts';
import { table } from './table.ts';

/** What failed each time, known defects included. */
export function doesNotWorkSection(summary: Summary): Part | '' {
  const { doesNotWork, counts } = summary;
  const isTried = counts.requests.n + counts.steps.started > 0;
  if (!isTried && summary.audits?.length) return '';
  const linked = failureLinks(summary);
  const atTimes = failingOf(summary).filter(({ never, failed, of = 0 }) => !never && failed < of);
  return part(
    'does-not-work',
    'Does not work',
    html`${doesNotWork.length > 0 && html`<p class="note">What failed each time it was tried, outside of warm-up:</p>`}
${table<NeverWorked>(
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
      cell: ({ kind, name, n }) => linked(kind, name, ofAll(n, n)),
    },
    {
      heading: 'known defect',
      cell: (one) => one.defects.join(', ') || (isInPart(one, summary) ? 'in part' : 'no'),
    },
  ],
  inGravity(summary, doesNotWork, (one) => one),
  isTried
    ? 'Each operation, step and journey that was tried worked at least once.'
    : 'No operation, step or journey was tried.',
)}
${
  atTimes.length > 0 &&
  html`<p class="note">What failed at times and worked at others, known defects left out:</p>
${table<Failing>(
  'What failed at times and worked at others, known defects left out',
  [
    {
      heading: 'What',
      isName: true,
      cell: ({ kind, name }) => html`${name} <small>${kindWord(kind)}</small>`,
    },
    {
      heading: 'failed',
      numeric: true,
      cell: ({ kind, name, failed, of = 0 }) => linked(kind, name, ofAll(failed, of)),
    },
  ],
  atTimes,
  '',
)}`
}`,
  );
}

function ofAll(failed: number, of: number): Html {
  return html`<span class="whole">${thousands(failed)} of ${thousands(of)}</span>`;
}

/** Of a journey: what failed in it, by all roles. */
function whyOf(name: string, summary: Summary): string {
  const causes = [...new Set(causesOf(name, summary).map(causeText))];
  return causes.length > 0 ? `; what failed in it: ${causes.join('; ')}` : '';
}

/** Of a journey: known defects were not all that failed in it. */
function isInPart({ kind, name }: NeverWorked, summary: Summary): boolean {
  return kind === 'journey' && causesOf(name, summary).some(({ defect }) => defect !== undefined);
}

function causesOf(name: string, { journeysByRole = [] }: Summary) {
  return journeysByRole.flatMap(({ journey, because = [] }) => (journey === name ? because : []));
}
