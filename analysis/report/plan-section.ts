/** What was planned, and what became of it: users of each scenario in each phase, and journeys. */
import { milliseconds, percent, plural, thousands } from '../format.ts';
import { MAX_CHANCE_OF_NONE } from '../summary/journeys.ts';
import type { Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

export function arrivalsSection({ arrivals, counts, lateness }: Summary): Part {
  const { started, ok, failed, interrupted } = counts.sessions;
  return part(
    'arrivals',
    'What was planned, and what became of it',
    html`<p>${plural(started, 'session')} started, warm-up included: ${thousands(ok)} ok, ${thousands(failed)} failed, ${thousands(interrupted)} interrupted. At most ${counts.peakUsers} at once (${counts.peakBrowserUsers} in browsers, ${counts.peakHttpUsers} over HTTP).${lateness.max === null ? '' : ` They started up to ${milliseconds(lateness.max)} late (p95 ${milliseconds(lateness.p95)}).`}</p>
${table<Summary['arrivals'][number]>(
  'Users by phase and scenario',
  [
    { heading: 'Scenario', isName: true, cell: (row) => row.scenario },
    { heading: 'Phase', cell: (row) => row.phase },
    {
      heading: 'planned',
      numeric: true,
      cell: (row) => (row.held === undefined ? thousands(row.planned) : `${thousands(row.held)} concurrent`),
    },
    {
      heading: 'started',
      numeric: true,
      cell: (row) => thousands(row.started),
    },
    { heading: 'ended', numeric: true, cell: (row) => thousands(row.ended) },
    { heading: 'Outcome', cell: becameOf },
  ],
  arrivals,
  'This runner does not plan arrivals.',
)}`,
  );
}

function becameOf({ planned, started, held, begun, outcome }: Summary['arrivals'][number]): Html | string {
  const came =
    held === undefined ? `${thousands(started)} of ${thousands(planned)}` : `${begun} of ${held} concurrent`;
  switch (outcome) {
    case 'as-planned':
      return 'as planned';
    case 'missing':
      return html`<strong class="bad">missing: ${came} came</strong>`;
    case 'too-many':
      return html`<strong class="bad">more than planned: ${came} came</strong>`;
    case 'ended-early':
      return `the run ended before: ${came} came`;
    default:
      return '–';
  }
}

const OUTCOMES: Record<Summary['journeys'][number]['outcome'], Html | string> = {
  exercised: 'exercised',
  'not-drawn': 'not tried',
  missing: html`<strong class="bad">never began, though due</strong>`,
  'never-ended': html`<strong class="bad">interrupted each time</strong>`,
  'always-cut-short': html`<strong class="bad">cut short each time</strong>`,
};

/** Journeys that were planned and did nothing, or little; nothing where all did what they were there for. */
export function journeysSection({ journeys }: Summary): Part | '' {
  if (journeys.length === 0) return '';
  const shown = journeys.filter(({ outcome, cutShort }) => outcome !== 'exercised' || cutShort > 0);
  const exercised = journeys.filter(({ outcome }) => outcome === 'exercised').length;
  return part(
    'journeys',
    'Journeys planned and exercised',
    html`<p>${thousands(exercised)} of ${plural(journeys.length, 'journey')} exercised, without warm-up. Users choose journeys at random. “Not tried”: no user chose the journey. If the chance of that was below ${percent(MAX_CHANCE_OF_NONE)}, the journey was due.</p>
${
  shown.length === 0
    ? ''
    : table<Summary['journeys'][number]>(
        'Journeys that were not exercised, or not always to their end',
        [
          { heading: 'Journey', isName: true, cell: (row) => row.name },
          { heading: 'Outcome', cell: (row) => OUTCOMES[row.outcome] },
          { heading: 'chance of none', numeric: true, cell: (row) => percent(row.chanceOfNone) },
          { heading: 'begun', numeric: true, cell: (row) => thousands(row.begun) },
          { heading: 'cut short', numeric: true, cell: (row) => thousands(row.cutShort) },
        ],
        shown,
        '',
      )
}`,
  );
}

/** Journeys that ended early; nothing where none did. */
export function cutShortSection({ cutShort }: Summary): Part | '' {
  if (cutShort.length === 0) return '';
  return part(
    'cut-short',
    'Journeys cut short',
    html`<p>The target had nothing for them to go on with. They count as ok; their times are in no figure.</p>
${table<Summary['cutShort'][number]>(
  'Journeys that ended before they had done all',
  [
    { heading: 'Journey', isName: true, cell: (row) => row.journey },
    { heading: 'Why', cell: (row) => html`<span class="message">${row.why}</span>` },
    { heading: 'times', numeric: true, cell: (row) => thousands(row.count) },
    { heading: 'of', numeric: true, cell: (row) => thousands(row.of) },
  ],
  cutShort,
  '',
)}`,
  );
}
