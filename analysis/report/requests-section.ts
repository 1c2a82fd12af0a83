import { figure, percent, plural, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { availabilityText } from '../text/service-text.ts';
import { afterLastPhase } from './after-last-phase.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { carried, withInterval } from './steps-section.ts';
import { table } from './table.ts';

type Operation = Summary['operations'][number];

export function requestsSection({ operations, counts }: Summary): Part {
  const {
    n,
    failed,
    excused,
    rateLimited,
    cancelled,
    interrupted,
    refused = 0,
    resent = 0,
    redirects = 0,
    fromCache = 0,
  } = counts.requests;
  const availability = availabilityText({ counts });
  const { checks, shapes } = counts;
  return part(
    'requests',
    'Requests',
    html`<p>${plural(n, 'request')}, warm-up included: ${thousands(failed)} failed, ${thousands(excused)} excused as known defects, ${thousands(rateLimited)} rate limited (429), ${thousands(cancelled)} cancelled by their own page.${refused > 0 ? ` ${thousands(refused)} were refused as their journey expects; their times are in no figure.` : ''}${interrupted > 0 ? ` ${thousands(interrupted)} more ${interrupted === 1 ? 'was' : 'were'} under way when ${interrupted === 1 ? 'its' : 'their'} session ended.` : ''}${resent > 0 ? ` ${thousands(resent)} were sent again, because the target closed a reused connection.` : ''}${redirects > 0 ? ` Browsers followed ${thousands(redirects)} redirects on the way to these answers, so the target had ${thousands(n + redirects)} requests.` : ''}${fromCache > 0 ? ` ${thousands(fromCache)} more calls of pages (${percent(fromCache / (n + fromCache))}) were answered from the browser's cache: the target was not asked, and they are in no figure.` : ''}${availability && ` ${availability}.`} ${checks.n > 0 ? `${plural(checks.n, 'check')} of answers, warm-up included, ${thousands(checks.failed)} failed.` : 'No checks of answers were made.'}${shapes.n > 0 ? ` Of ${thousands(shapes.n)} answers whose shape is known, ${thousands(shapes.checked)} (${percent(shapes.checked / shapes.n)}) were checked against it.` : ''} “From due” is of HTTP clients alone, so it may be less than the p95 beside it, which browsers’ calls are in too. Failures and statuses of each operation: <a href="#calls">calls</a>.</p>
${table<Operation>(
  'Times of requests by operation in ms',
  [
    {
      heading: 'Operation',
      isName: true,
      cell: (row) =>
        html`${row.name} <small>${row.class} · ${row.via.map((via) => (via === 'http' ? 'HTTP client' : 'browser')).join(', ')}</small>${afterLastPhase(row)}`,
    },
    { heading: 'n', numeric: true, cell: (row) => thousands(row.n) },
    {
      heading: 'per s',
      numeric: true,
      title: 'Good answers per second',
      cell: (row) => figure(row.rate),
    },
    { heading: 'p50', numeric: true, cell: (row) => withInterval(carried(row.n, row.p50), row.p50ci) },
    { heading: 'p95', numeric: true, cell: (row) => withInterval(carried(row.n, row.p95), row.p95ci) },
    {
      heading: 'p95 from due, HTTP clients',
      numeric: true,
      title:
        'HTTP clients only: from the moment the request was due, so with what it waited in the generator',
      cell: (row) =>
        carried(row.n, row.dueP95) === null
          ? '–'
          : html`${figure(row.dueP95)} <small>${figure(row.httpP95)} from sending</small>`,
    },
    { heading: 'p99', numeric: true, cell: (row) => withInterval(carried(row.n, row.p99), row.p99ci) },
    { heading: 'max', numeric: true, cell: (row) => figure(row.max) },
  ],
  operations,
  'No request was sent.',
)}`,
  );
}
