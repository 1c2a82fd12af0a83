import { thousands } from '../format.ts';
import type { ErrorGroup, NeverWorked, Summary } from '../summary/summary.ts';
import { pageErrorsText } from '../text/page-errors-text.ts';
import { placesText } from '../text/service-text.ts';
import { type Html, html, relativeLink } from './html.ts';
import { table } from './table.ts';

/** Failures by the step in which they happened, the step with the most first. */
export function errorsSection({ errors, knownDefects, doesNotWork, pageErrors }: Summary): Html {
  const byStep = new Map<string, ErrorGroup[]>();
  for (const error of errors) {
    const step = error.step ?? (error.via === 'http' ? 'HTTP sessions' : 'outside of steps');
    byStep.set(step, [...(byStep.get(step) ?? []), error]);
  }
  const total = (groups: ErrorGroup[]) => groups.reduce((sum, group) => sum + group.count, 0);
  const sorted = [...byStep].sort((a, b) => total(b[1]) - total(a[1]));
  return html`<section aria-labelledby="errors"><h2 id="errors">Errors</h2>
${pageErrors ? html`<p>${pageErrorsText(pageErrors)}</p>` : ''}
${sorted.length === 0 ? html`<p class="empty">No error beyond the known defects.</p>` : ''}
${errors.some(({ trace }) => trace) ? html`<p>To open a trace: <code>npx playwright show-trace &lt;file&gt;</code></p>` : ''}
${sorted.map(
  ([step, groups]) => html`<h3>${step} <span class="count">${thousands(total(groups))}</span></h3>
${table<ErrorGroup>(
  `Errors: ${step}`,
  [
    { heading: 'count', numeric: true, cell: (error) => thousands(error.count) },
    {
      heading: 'what',
      isName: true,
      cell: (error) => what(error),
    },
    { heading: 'message', cell: (error) => html`<span class="message">${error.message}</span>` },
    {
      heading: 'where',
      cell: (error) =>
        html`<span class="where">${[error.journey, error.page].filter(Boolean).join(' · ')}</span>`,
    },
    { heading: 'first evidence', cell: evidence },
  ],
  groups,
  '',
)}`,
)}
<h3 id="does-not-work">Does not work</h3>
${table<NeverWorked>(
  'What failed each time, known defects included',
  [
    { heading: 'What', isName: true, cell: ({ kind, name }) => html`${name} <small>${kind}</small>` },
    {
      heading: 'failed',
      numeric: true,
      cell: ({ n }) => html`<span class="whole">${thousands(n)} of ${thousands(n)}</span>`,
    },
    { heading: 'known defect', cell: ({ defects }) => defects.join(', ') || 'no' },
  ],
  doesNotWork,
  'Each operation, step and journey worked at least once.',
)}
<h3 id="defects">Known defects</h3>
${table<Summary['knownDefects'][number]>(
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
)}</section>`;
}

function what({ kind, name }: ErrorGroup): string {
  if (kind === 'step') return 'step failed';
  return kind === 'error' ? name : `${kind} ${name}`;
}

function evidence(error: ErrorGroup): Html {
  const links = [
    ['screenshot', relativeLink(error.screenshot)],
    ['page as text', relativeLink(error.aria)],
    ['console', relativeLink(error.consoleLog)],
    ['requests (HAR)', relativeLink(error.har)],
    ['trace', relativeLink(error.trace)],
  ].filter((link): link is [string, string] => link[1] !== undefined);
  const id = error.requestId ? html` <small>X-Request-ID ${error.requestId}</small>` : '';
  return html`<span class="evidence">${links.map(([name, href]) => html`<a href="${href}">${name}</a> `)}${id}</span>`;
}
