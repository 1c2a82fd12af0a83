import { intoRun, plural, thousands } from '../format.ts';
import type { ErrorGroup, JourneyOfRole, Summary } from '../summary/summary.ts';
import { clientText } from '../text/client-text.ts';
import { pageErrorsText } from '../text/page-errors-text.ts';
import { kindWord } from '../text/plain-verdict.ts';
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
  const journeys = (summary.journeysByRole ?? []).filter(({ failed }) => failed > 0);
  const passes = journeys.reduce((sum, { failed }) => sum + failed, 0);
  return part(
    'errors',
    'Errors',
    html`${pageErrors ? html`<p>${pageErrorsText(pageErrors)}</p>` : ''}
<p${failures.length === 0 && html` class="empty"`}>${counted(failures, passes)}</p>
${errors.some(({ trace }) => trace) ? html`<p>To open a trace: <code>npx playwright show-trace &lt;file&gt;</code></p>` : ''}
${failures.slice(0, SHOWN_AT_ONCE).map((one) => ofOne(one, summary))}
${rest.length > 0 && html`<details class="more"><summary>… ${thousands(rest.length)} more</summary>${rest.map((one) => ofOne(one, summary))}</details>`}
${journeys.length > 0 && journeysTable(journeys, failures, summary.knownDefects.length > 0)}`,
  );
}

/** What the numbers are of. */
function counted(failures: readonly Failure[], journeys: number): string {
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
  const warmup = failures.reduce((sum, one) => sum + one.warmup, 0);
  return [
    `Counted is each failure that no known defect excuses, outside of warm-up: ${all.join(', ') || 'none'}${warmup > 0 ? `; in the warm-up ${thousands(warmup)} more` : ''}.`,
    'A call that failed may make its step and its journey fail: each of them is counted under its own name.',
    journeys > 0
      ? `${plural(journeys, 'pass', 'passes')} of journeys failed outside of warm-up, known defects included: the last table has them.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function ofOne({ id, kind, name, count, warmup, groups }: Failure, summary: Summary): Html {
  const title = kind === 'error' ? name : `${kindWord(kind)} ${name}`;
  // The name of an error says that something failed.
  const failed = kind === 'error' ? '' : 'failed ';
  const times = [
    count > 0 && plural(count, 'time'),
    warmup > 0 && `${plural(warmup, 'time')}${count > 0 ? ' more' : ''} in the warm-up`,
  ];
  return html`<h3 id="${id}">${title} <span class="count">${failed}${times.filter(Boolean).join(', ')}</span></h3>
${table<ErrorGroup>(
  `Failures: ${title}`,
  [
    {
      heading: 'count',
      numeric: true,
      cell: ({ count: all, warmup: early = 0 }) =>
        html`${thousands(all - early)}${early > 0 && html` <small>${all > early && 'and '}${thousands(early)} in the warm-up</small>`}`,
    },
    {
      heading: 'first, into the run',
      numeric: true,
      cell: ({ firstAt }) => (firstAt === undefined ? 'warm-up' : intoRun(firstAt)),
    },
    { heading: 'where', isName: true, cell: (error) => html`<span class="where">${where(error)}</span>` },
    { heading: 'message', cell: (error) => html`<span class="message">${error.message}</span>` },
    { heading: 'first evidence', cell: (error) => evidence(error, summary) },
  ],
  groups,
  '',
)}`;
}

/** Journeys fail by what failed in them: each leads there. */
function journeysTable(
  journeys: readonly JourneyOfRole[],
  failures: readonly Failure[],
  hasDefects: boolean,
): Html {
  const byGravity = failures.filter(({ count }) => count > 0);
  return html`<h3 id="failed-journeys">Journeys that failed</h3>
${table<JourneyOfRole>(
  'Journeys that failed, known defects included',
  [
    {
      heading: 'Journey',
      isName: true,
      cell: ({ journey, role }) => html`${journey} <small>${role}</small>`,
    },
    {
      heading: 'failed',
      numeric: true,
      cell: ({ failed, passes }) =>
        html`<span class="whole">${thousands(failed)} of ${thousands(passes)}</span>`,
    },
    { heading: 'client', cell: ({ via }) => clientText(via) },
    {
      heading: 'what failed in it',
      cell: ({ journey, because = [] }) => {
        const own = byGravity.filter(({ kind, name, groups }) =>
          because.length > 0
            ? because.some((one) => one.kind === kind && one.name === name)
            : groups.some((one) => one.journey === journey),
        );
        const links = own.map(
          ({ id, kind, name }) =>
            html`<a href="#${id}">${kind === 'error' ? '' : `${kindWord(kind)} `}${name}</a> `,
        );
        if (own.length > 0) return html`<span class="evidence">${links}</span>`;
        return hasDefects ? html`<a href="#defects">known defects</a>` : '–';
      },
    },
  ],
  [...journeys].sort((a, b) => b.failed - a.failed || a.journey.localeCompare(b.journey)),
  '',
)}`;
}

function where({ via, journey, page, step, kind, name }: ErrorGroup): Html {
  const users = clientText(via, journey);
  const during = step !== undefined && !(kind === 'step' && step === name) && `step “${step}”`;
  const places = [journey, during, page].filter(Boolean);
  return html`${places.length > 0 ? places.join(' · ') : 'outside of journeys'} <small>${users}</small>`;
}

/** Of the same step of the same journey in a browser: a picture that another row of the same failure has. */
function sameFailure({ via, journey, step }: ErrorGroup, { errors }: Summary): ErrorGroup | undefined {
  if (via !== 'browser' || journey === undefined || step === undefined) return undefined;
  return errors.find(
    (one) =>
      one.screenshot && one.journey === journey && (one.step ?? (one.kind === 'step' && one.name)) === step,
  );
}

function evidence(error: ErrorGroup, summary: Summary): Html {
  // The evidence of a browser is with the step that failed, and with the journey: that a call of it failed came first.
  const shown = error.screenshot ? undefined : sameFailure(error, summary);
  const links = [
    ['screenshot', relativeLink(error.screenshot)],
    [
      `screenshot of ${shown?.kind === 'step' ? `step “${shown.name}”` : 'its journey'}`,
      relativeLink(shown?.screenshot),
    ],
    ['page as text', relativeLink(error.aria)],
    ['console', relativeLink(error.consoleLog)],
    ['requests (HAR)', relativeLink(error.har)],
    ['trace', relativeLink(error.trace)],
  ].filter((link): link is [string, string] => link[1] !== undefined);
  const id = error.requestId ? html` <small>X-Request-ID ${error.requestId}</small>` : '';
  return html`<span class="evidence">${links.map(([name, href]) => html`<a href="${href}">${name}</a> `)}${linksOfError(error, summary)}${id}</span>`;
}
