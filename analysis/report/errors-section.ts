import { thousands } from '../format.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { pageErrorsText } from '../text/page-errors-text.ts';
import { type Html, html, relativeLink } from './html.ts';
import { linksOfError } from './links.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** Failures by the step in which they happened, the step with the most first. */
export function errorsSection(summary: Summary): Part {
  const { errors, pageErrors } = summary;
  const byStep = new Map<string, ErrorGroup[]>();
  for (const error of errors) {
    const step = error.step ?? (error.via === 'http' ? 'HTTP sessions' : 'outside of steps');
    byStep.set(step, [...(byStep.get(step) ?? []), error]);
  }
  const total = (groups: ErrorGroup[]) => groups.reduce((sum, group) => sum + group.count, 0);
  const sorted = [...byStep].sort((a, b) => total(b[1]) - total(a[1]));
  return part(
    'errors',
    'Errors',
    html`${pageErrors ? html`<p>${pageErrorsText(pageErrors)}</p>` : ''}
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
    { heading: 'first evidence', cell: (error) => evidence(error, summary) },
  ],
  groups,
  '',
)}`,
)}`,
  );
}

function what({ kind, name }: ErrorGroup): string {
  if (kind === 'step') return 'step failed';
  return kind === 'error' ? name : `${kind} ${name}`;
}

function evidence(error: ErrorGroup, summary: Summary): Html {
  const links = [
    ['screenshot', relativeLink(error.screenshot)],
    ['page as text', relativeLink(error.aria)],
    ['console', relativeLink(error.consoleLog)],
    ['requests (HAR)', relativeLink(error.har)],
    ['trace', relativeLink(error.trace)],
  ].filter((link): link is [string, string] => link[1] !== undefined);
  const id = error.requestId ? html` <small>X-Request-ID ${error.requestId}</small>` : '';
  return html`<span class="evidence">${links.map(([name, href]) => html`<a href="${href}">${name}</a> `)}${linksOfError(error, summary)}${id}</span>`;
}
