/** Each operation with all its calls, by browsers and by HTTP clients: how many failed, and how much time they took. */
import { figure, percent, plural, thousands } from '../format.ts';
import { inGravity } from '../judge/gravest.ts';
import type { Summary } from '../summary/summary.ts';
import { failureLinks } from './failures.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

type Operation = Summary['operations'][number];

const VIA = { browser: 'in browsers', http: 'over HTTP' } as const;

/** Nothing in a run without calls, as of audits. */
export function callsSection(summary: Summary): Part | '' {
  const operations = summary.operations.filter(({ statuses }) => Object.keys(statuses).length > 0);
  if (operations.length === 0) return '';
  const failed = operations.filter(({ errors }) => errors > 0).length;
  const linked = failureLinks(summary);
  const byTime = [...operations].sort(
    (a, b) => (b.spent?.ms ?? 0) - (a.spent?.ms ?? 0) || a.name.localeCompare(b.name),
  );
  const rows = inGravity(summary, byTime, ({ name }) => ({ kind: 'request', name }));
  return part(
    'calls',
    'Calls',
    html`<p>${failed === 0 ? 'No call failed.' : html`${plural(failed, 'operation')} of ${thousands(operations.length)} failed at least once: those that never worked come first, then those that failed most.`} Counted are the calls of browsers and of HTTP clients that ended, without warm-up. Known defects, answers of 429 and calls that their own page cancelled are not among the failed. A status in red is of a call that failed or was refused by a rate limit; others of 400 and more are refusals that their journey expects (such as 401 before a sign-in), and known defects. Total time is of all calls, failed ones too; <a href="#requests">percentiles</a> stand apart.</p>
${table<Operation>(
  'Calls by operation',
  [
    { heading: 'Call', isName: true, cell: (row) => html`${row.name} <small>${row.class}</small>` },
    { heading: 'calls', numeric: true, cell: (row) => html`${thousands(row.attempts)}${split(row, 'n')}` },
    {
      heading: 'failed',
      numeric: true,
      cell: (row) =>
        row.errors === 0
          ? '0'
          : html`${linked('request', row.name, html`<strong class="bad">${thousands(row.errors)}</strong>`)}${split(row, 'failed')}`,
    },
    {
      heading: 'share',
      numeric: true,
      title: 'Of its calls, those that failed',
      cell: (row) => (row.attempts === 0 ? '–' : percent(row.errors / row.attempts)),
    },
    { heading: 'known defect', numeric: true, cell: ({ excused = 0 }) => thousands(excused) },
    { heading: 'total time, s', numeric: true, cell: ({ spent }) => figure(spent && spent.ms / 1000) },
    { heading: 'statuses', cell: statuses },
  ],
  rows,
  '',
)}`,
  );
}

/** Where both kinds of users sent it: how many of each. */
function split({ spent }: Operation, what: 'n' | 'failed'): Html | '' {
  if (!spent?.browser || !spent.http) return '';
  const parts = (['browser', 'http'] as const).map(
    (via) => `${thousands(spent[via]?.[what] ?? 0)} ${VIA[via]}`,
  );
  return html`${parts.map((one) => html` <small>${one}</small>`)}`;
}

/** What a journey expects to be refused, and what a known defect answers, are no failures of the run. */
function statuses({ statuses: counts, failedStatuses = [] }: Operation): Html {
  return html`<span class="statuses">${Object.entries(counts).map(
    ([status, count]) =>
      html`<span class="${failedStatuses.includes(status) ? 'status odd' : 'status'}">${status} × ${thousands(count)}</span> `,
  )}</span>`;
}
