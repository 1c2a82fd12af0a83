/** How the time divides between server, network, browser and generator, as far as it was measured. */
import { milliseconds, thousands } from '../format.ts';
import type { ServerTime, Summary, TimeOfCalls, TimeOfSteps } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { legend } from './legend.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

interface Share {
  name: string;
  /** A class of the style sheet, and the same colour for where that is dropped. */
  style: string;
  colour: string;
  ms: number;
}

/** Not “server”: where answers say that it worked for 3 ms of a second, the rest was spent before it took the call up. */
const FIRST_BYTE = 'first byte';
const SERVER = { style: 'area a', colour: '#0b66c3' };
const NETWORK = { style: 'area b', colour: '#0d7d74' };
const THIRD = { style: 'area c', colour: '#9a4b9e' };
const FOURTH = { style: 'area d', colour: '#8a6100' };

const ofSteps = ({ server, network, browser }: TimeOfSteps): Share[] => [
  { name: FIRST_BYTE, ...SERVER, ms: server },
  { name: 'network', ...NETWORK, ms: network },
  { name: 'files and browser', ...THIRD, ms: browser },
];

const ofCalls = ({ server, download, connect, generator }: TimeOfCalls): Share[] => [
  { name: FIRST_BYTE, ...SERVER, ms: server },
  { name: 'download', ...NETWORK, ms: download },
  { name: 'connecting', ...THIRD, ms: connect },
  { name: 'generator', ...FOURTH, ms: generator },
];

/** Of steps in browsers, by page. */
export function timeOfStepsSection({ timeParts }: Summary): Part | '' {
  const pages = timeParts?.pages ?? [];
  if (pages.length === 0) return '';
  const left = pages.reduce((sum, { n, of }) => sum + of - n, 0);
  return part(
    'time-of-pages',
    'Where the time of each page goes',
    html`<p>Steps that ended well, by the page that they were taken on, the page with most time first. First byte: until the first byte of the page’s document or of a call of the API: the way there and back, queues before the server, and its work. Network: from the first byte of a call to the last. Files and browser: all else: the rest of the document, scripts, styles and other files, whose times were not recorded one by one, and the browser’s own work (running scripts, layout, painting) and delays. What goes on side by side counts once.${left > 0 && ` Left out are ${thousands(left)} steps with a call or document whose first byte is not known.`}</p>
${signs(ofSteps(pages[0] as TimeOfSteps))}
${table<TimeOfSteps>(
  'How the time of steps divides, by page',
  columns('Page', ({ page }) => page, 'steps', ofSteps, pages),
  pages,
  '',
)}`,
  );
}

/** Of calls over HTTP, by journey. */
export function timeOfCallsSection({ timeParts }: Summary): Part | '' {
  const journeys = timeParts?.journeys ?? [];
  if (journeys.length === 0) return '';
  return part(
    'time-of-calls',
    'Where the time of calls over HTTP goes',
    html`<p>Good answers, by journey, the journey with most time first; calls outside of journeys, such as signing in, by operation. First byte: from sending to the first byte: the way there and back, queues before the server, and its work. Download: from the first byte to the last. Connecting: name, TCP and TLS. Generator: its own work until a connection was free.</p>
${signs(ofCalls(journeys[0] as TimeOfCalls))}
${table<TimeOfCalls>(
  'How the time of calls over HTTP divides, by journey',
  columns('Journey', ({ journey }) => journey, 'calls', ofCalls, journeys),
  journeys,
  '',
)}`,
  );
}

type Row = { n: number; ms: number; own?: ServerTime };

function columns<One extends Row>(
  heading: string,
  name: (row: One) => string,
  counted: string,
  shares: (row: One) => Share[],
  rows: readonly One[],
): Array<Column<One>> {
  const own: Column<One> = {
    heading: 'server’s own time',
    title:
      'What the answers say of it (Server-Timing), of the time until their first byte. Waiting is the rest: connections that wait to be accepted, a busy event loop of the server, a full machine, the network',
    numeric: true,
    cell: ({ own: said }) => ownCell(said),
  };
  return [
    { heading, isName: true, cell: name },
    { heading: counted, numeric: true, cell: ({ n }) => thousands(n) },
    { heading: 'on average', numeric: true, cell: ({ n, ms }) => mean(ms, n) },
    { heading: 'divided', cell: (row) => bar(shares(row), row.ms) },
    ...shares(rows[0] as One).map(
      ({ name: part }, at): Column<One> => ({
        heading: part,
        numeric: true,
        cell: (row) => shareCell(shares(row)[at]?.ms ?? 0, row),
      }),
    ),
    ...(rows.some(({ own: said }) => said) ? [own] : []),
  ];
}

function shareCell(part: number, { n, ms }: Row): Html {
  const share = ms > 0 ? Math.round((part / ms) * 100) : 0;
  return html`${share} % <small>${mean(part, n)}</small>`;
}

function ownCell(own: ServerTime | undefined): Html | string {
  if (!own) return '–';
  return html`${mean(own.ms, own.n)} <small>of ${mean(own.ofMs, own.n)}, n ${thousands(own.n)}</small> <small>waiting ${mean(Math.max(0, own.ofMs - own.ms), own.n)}</small>`;
}

function mean(ms: number, n: number): string {
  return milliseconds(Math.round(ms / Math.max(1, n)));
}

function bar(shares: readonly Share[], ms: number): Html {
  const width = (part: number) => (ms > 0 ? (part / ms) * 100 : 0);
  let from = 0;
  const rects = shares.map(({ style, colour, ms: part }) => {
    const x = from;
    from += width(part);
    return html`<rect class="${style} solid" fill="${colour}" x="${x.toFixed(1)}" width="${width(part).toFixed(1)}" height="8"/>`;
  });
  return html`<span class="used"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rects}</svg></span>`;
}

function signs(shares: readonly Share[]): Html {
  return legend(
    '',
    shares.map(({ name, style, colour }) => ({ style: `${style} solid`, colour, text: name })),
  );
}
