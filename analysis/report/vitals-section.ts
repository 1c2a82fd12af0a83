import { VITAL_NAMES } from '../../config/vitals.ts';
import type { VitalName } from '../../measure/run/samples.ts';
import { rateVital, VITAL_LIMITS } from '../../measure/run/vital-limits.ts';
import { percent, plural, thousands } from '../format.ts';
import { browserLacks } from '../judge/browser-lacks.ts';
import type { CountedVitals, Summary } from '../summary/summary.ts';
import { reasonText } from '../text/reason-text.ts';
import { ledBackText } from '../text/sums-table.ts';
import { afterLastPhase } from './after-last-phase.ts';
import { longFramesTable, worstViewsTable } from './attribution.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { rated } from './rating.ts';
import { type Column, table } from './table.ts';

type Page = Summary['pages'][number];
type Complete = { name: VitalName; expected: number; got: number; counted?: CountedVitals };

const TITLE = 'Web Vitals per page';

/** Nothing in a run of audits, which load pages in their own way. */
export function vitalsSection(summary: Summary): Part | '' {
  const { pages, completeness, audits = [] } = summary;
  if (pages.length === 0 && completeness.share === null)
    return audits.length > 0
      ? ''
      : part('vitals', TITLE, html`<p class="empty">No page was viewed in a browser.</p>`);
  const captured: Complete[] = VITAL_NAMES.flatMap((name) => {
    const entry = completeness.vitals[name];
    return entry ? [{ name, ...entry, counted: completeness.counted?.[name] }] : [];
  });
  return part(
    'vitals',
    TITLE,
    html`<p>p75, as the limits are defined: ${VITAL_NAMES.map((name) => `${name} good to ${VITAL_LIMITS[name][0]}, poor above ${VITAL_LIMITS[name][1]}`).join('; ')} (ms; CLS has no unit). A session’s first views of a page, which load its parts, stand below the later ones, with a rating of their own. The column views counts every view; n counts those that a figure is made of: without the warm-up, and, where a page was viewed before, without those begun after the last phase (<a href="#completeness">completeness</a> has how many). A view begins when its page is there, and a step that loads it earlier: the step may count where its view was begun after the last phase. TBT is not a Web Vital; it is shown for reference: from the first paint, or the click that led to a page, to the end of the view; its limits are those of a page load.</p>
${table<Page>(
  'Web Vitals of each page at p75',
  [
    { heading: 'Page', isName: true, cell: ({ page }) => page },
    {
      heading: 'views',
      numeric: true,
      title: 'All of them: those of the warm-up, and those begun after the last phase, too',
      cell: ({ views, hard, soft }) => html`${thousands(views)} <small>${hard} hard, ${soft} soft</small>`,
    },
    ...VITAL_NAMES.map((name) => ({
      heading: name,
      numeric: true,
      cell: (page: Page) => vitalCell(page, name),
    })),
  ],
  pages,
  'No page was viewed in a browser.',
)}
${worstViewsTable(summary)}
${longFramesTable(summary)}
<h3 id="completeness">Completeness</h3>
${
  completeness.share === null
    ? html`<p class="empty">No page view could yield a Web Vital.</p>`
    : html`<p>${percent(completeness.share)} captured. ${thousands(completeness.views)} page views seen by the driver, ${thousands(completeness.measurable)} of them measurable by the browser.${withoutInp(completeness)}${ledBack(completeness)}</p>
${browserLacks(summary).map((reason) => html`<p>Note: ${reasonText(reason)}.</p>`)}
${table<Complete>(
  'Web Vitals captured, of those the page views could yield',
  [
    { heading: 'Vital', isName: true, cell: ({ name }) => name },
    { heading: 'captured', numeric: true, cell: ({ got }) => thousands(got) },
    { heading: 'possible', numeric: true, cell: ({ expected }) => thousands(expected) },
    { heading: 'share', numeric: true, cell: ({ got, expected }) => percent(got / expected) },
    ...whereCounted(captured),
  ],
  captured,
  '',
)}`
}`,
  );
}

const COUNTED: Array<[heading: string, title: string, of: keyof CountedVitals]> = [
  ['behind n above', 'Of all pages together, first views included', 'ofPages'],
  ['warm-up', 'Captured in the warm-up: in no figure of a page', 'warmup'],
  [
    'after the last phase',
    'Begun then, on pages that were viewed before too: in no figure of a page',
    'drain',
  ],
  [
    'of no completeness',
    'Of sessions that were cut off, or of views that could not be expected to have one',
    'uncounted',
  ],
];

/** How those that were captured lead to the n of pages: captured + of no completeness = behind n + warm-up + after the last phase. */
function whereCounted(captured: readonly Complete[]): Array<Column<Complete>> {
  return COUNTED.filter(([, , of]) => captured.some(({ counted }) => (counted?.[of] ?? 0) > 0)).map(
    ([heading, title, of]) => ({
      heading,
      title,
      numeric: true,
      cell: ({ counted }) => thousands(counted?.[of] ?? 0),
    }),
  );
}

function ledBack({ unpainted = 0 }: Summary['completeness']): string {
  return unpainted === 0 ? '' : ` ${ledBackText(unpainted)}`;
}

function withoutInp({ withoutInteraction, measurable }: Summary['completeness']): string {
  if (withoutInteraction === 0) return '';
  return ` ${plural(withoutInteraction, 'view')} of ${thousands(measurable)} had no click or key press, and so no INP.`;
}

/** Colour and word, of first views too: they have limits of their own, and a good later view must not hide a poor first one. */
function vitalCell(page: Page, name: VitalName): Html {
  const vital = page.vitals[name];
  if (!vital?.rating) {
    const noInput = name === 'INP' && page.interacted === 0 ? html` <small>no input</small>` : '';
    return html`<span class="none">–</span>${noInput}`;
  }
  const onlyCold = vital.p75 === null;
  const coldRating = rateVital(name, vital.coldP75);
  const later =
    !onlyCold &&
    html`${rated(vital.p75, vital.rating)}
<small>n ${thousands(vital.n)}</small>${afterLastPhase(vital)}`;
  const first =
    coldRating &&
    html`${rated(vital.coldP75, coldRating)}
<small>first views, n ${thousands(vital.cold)}</small>`;
  return html`${later}${first}`;
}
