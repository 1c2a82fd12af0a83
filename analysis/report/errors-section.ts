import { duration, plural, thousands } from '../format.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { clientText } from '../text/client-text.ts';
import { pageErrorsText } from '../text/page-errors-text.ts';
import { type Failure, failuresOf } from './failures.ts';
import { type Html, html, relativeLink } from './html.ts';
import { linksOfError } from './links.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** More would be a page of headings. */
const SHOWN_AT_ONCE = 12;

/** All failures of browsers and of HTTP clients by what failed, with where each happened. */
export function errorsSection(summary: Summary): Part {
  const { errors, pageErrors } = summary;
  const failures = failuresOf(summary);
  const rest = failures.slice(SHOWN_AT_ONCE);
  return part(
    'errors',
    'Errors',
    html`${pageErrors ? html`<p>${pageErrorsText(pageErrors)}</p>` : ''}
<p${failures.length === 0 && html` class="empty"`}>${counted(failures)}</p>
${errors.some(({ trace }) => trace) ? html`<p>To open a trace: <code>npx playwright show-trace &lt;file&gt;</code></p>` : ''}
${failures.slice(0, SHOWN_AT_ONCE).map((one) => ofOne(one, summary))}
${rest.length > 0 && html`<details class="more"><summary>… ${thousands(rest.length)} more</summary>${rest.map((one) => ofOne(one, summary))}</details>`}`,
  );
}

/** What the numbers are of. */
function counted(failures: readonly Failure[]): string {
  if (failures.length === 0) return 'No error beyond the known defects.';
  const count = (isOf: (kind: Failure['kind']) => boolean) =>
    failures.filter(({ kind }) => isOf(kind)).reduce((sum, one) => sum + one.count, 0);
  const parts: Array<[count: number, one: string, many?: string]> = [
    [count((kind) => kind === 'request'), 'call'],
    [count((kind) => kind === 'step'), 'step'],
    [count((kind) => kind === 'check'), 'check'],
    [count((kind) => kind === 'session'), 'session'],
    [count((kind) => kind === 'error'), 'error of pages and journeys', 'errors of pages and journeys'],
  ];
  const all = parts.filter(([n]) => n > 0).map(([n, one, many]) => plural(n, one, many));
  return `Counted is each failure that no known defect excuses, warm-up included: ${all.join(', ')}. A call that failed may make its step and its journey fail: each of them is counted under its own name.`;
}

function ofOne({ id, kind, name, count, groups }: Failure, summary: Summary): Html {
  const title = kind === 'error' ? name : `${kind === 'request' ? 'call' : kind} ${name}`;
  // The name of an error says that something failed.
  const times = `${kind === 'error' ? '' : 'failed '}${plural(count, 'time')}`;
  return html`<h3 id="${id}">${title} <span class="count">${times}</span></h3>
${table<ErrorGroup>(
  `Failures: ${title}`,
  [
    { heading: 'count', numeric: true, cell: (error) => thousands(error.count) },
    {
      heading: 'first, into the run',
      numeric: true,
      cell: ({ firstAt }) => (firstAt === undefined ? 'warm-up' : duration(firstAt)),
    },
    { heading: 'where', isName: true, cell: (error) => html`<span class="where">${where(error)}</span>` },
    { heading: 'message', cell: (error) => html`<span class="message">${error.message}</span>` },
    { heading: 'first evidence', cell: (error) => evidence(error, summary) },
  ],
  groups,
  '',
)}`;
}

function where({ via, journey, page, step, kind, name }: ErrorGroup): Html {
  const users = clientText(via, journey);
  const during = step !== undefined && !(kind === 'step' && step === name) && `step “${step}”`;
  const places = [journey, during, page].filter(Boolean);
  return html`${places.length > 0 ? places.join(' · ') : 'outside of journeys'} <small>${users}</small>`;
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
