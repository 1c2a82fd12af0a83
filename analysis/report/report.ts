/** `index.html`: the whole report of a run, as four views of one page. */
import { moment } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { VERDICT_WORDS } from '../text/verdict-words.ts';
import { adviceSection } from './advice-section.ts';
import { auditsSection } from './audits-section.ts';
import { availabilitySection } from './availability-section.ts';
import { verdictBadge } from './badge.ts';
import { benchmarksSection } from './benchmarks-section.ts';
import { budgetsSection } from './budgets-section.ts';
import { callsSection } from './calls-section.ts';
import { countersSection } from './counters-section.ts';
import { dataSection } from './data-section.ts';
import { doesNotWorkSection } from './does-not-work-section.ts';
import { driftSection } from './drift-section.ts';
import { errorsSection } from './errors-section.ts';
import { failedGatesSection } from './failed-gates-section.ts';
import { gatesSection } from './gates-section.ts';
import { generatorSection } from './generator-section.ts';
import { glanceSection } from './glance-section.ts';
import { goalsSection } from './goals-section.ts';
import { headroomSection } from './headroom-section.ts';
import { heatMapSection } from './heat-map-section.ts';
import { type Html, html } from './html.ts';
import { knownDefectsSection } from './known-defects-section.ts';
import { leftoversSection } from './leftovers-section.ts';
import { levelsSection } from './levels-section.ts';
import { elsewhereSection } from './links.ts';
import { lookFirstSection } from './look-first-section.ts';
import { nextStepsSection } from './next-steps-section.ts';
import { notShownSection } from './not-shown-section.ts';
import { page } from './page.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { foldedPart, openPart, type Part } from './part.ts';
import { passesSection } from './passes-section.ts';
import { arrivalsSection, cutShortSection, journeysSection } from './plan-section.ts';
import { primarySection } from './primary-section.ts';
import { requestsSection } from './requests-section.ts';
import { rolesSection } from './roles-section.ts';
import { definitionsSection, measuredSection } from './run-section.ts';
import { spreadSection } from './spread-section.ts';
import { stepsSection } from './steps-section.ts';
import { sumsSection } from './sums-section.ts';
import { targetSection } from './target-section.ts';
import { timeOfCallsSection, timeOfStepsSection } from './time-parts-section.ts';
import { timelineSection } from './timeline-section.ts';
import { TOOLS_STYLE } from './tools-style.ts';
import { verdictSection } from './verdict-section.ts';
import { type View, viewLinks, viewSection } from './view.ts';
import { viewFiguresSection } from './view-figures-section.ts';
import { vitalsSection } from './vitals-section.ts';

/** Each gives '' where it has nothing to say of a run. In the order of the page. */
type Draw = (summary: Summary) => Part | '';

const OVERVIEW: readonly Draw[] = [
  lookFirstSection,
  failedGatesSection,
  availabilitySection,
  primarySection,
  headroomSection,
  glanceSection,
  rolesSection,
  doesNotWorkSection,
  adviceSection,
];
const LOAD: readonly Draw[] = [
  levelsSection,
  benchmarksSection,
  timelineSection,
  callsSection,
  heatMapSection,
  spreadSection,
  timeOfCallsSection,
  driftSection,
  targetSection,
  generatorSection,
  elsewhereSection,
];
const BROWSER: readonly Draw[] = [
  vitalsSection,
  timeOfStepsSection,
  passesSection,
  errorsSection,
  auditsSection,
  budgetsSection,
  viewFiguresSection,
];
const FIGURES: readonly Draw[] = [
  gatesSection,
  goalsSection,
  stepsSection,
  requestsSection,
  countersSection,
  knownDefectsSection,
  leftoversSection,
  dataSection,
  arrivalsSection,
  journeysSection,
  sumsSection,
  cutShortSection,
  measuredSection,
  definitionsSection,
];

/** Beside the page: servers of CI (Jenkins) drop what styles a page in itself, and serve its own files. */
export const STYLE_FILE = 'report.css';

/** A section that is made elsewhere: what it says is not of this run alone. */
export interface AddedSection {
  /** Of its heading, which the contents link to. */
  id: string;
  title: string;
  drawn: Html;
}

/**
 * All text of the run is escaped.
 * @param added comes last but one in the overview
 */
export function report(summary: Summary, added?: AddedSection): string {
  const { run, id, verdict } = summary;
  const name = `${run.profiles.join(' + ')}${run.label ? ` · ${run.label}` : ''}`;
  const parts = (draws: readonly Draw[]) => draws.map((draw) => draw(summary)).filter((one) => one !== '');
  const drawn = (all: readonly Part[], draw = openPart) => all.map((one) => ({ ...one, drawn: draw(one) }));
  const views: View[] = [
    {
      id: 'overview',
      title: 'Overview',
      before: verdictSection(summary),
      parts: [
        ...drawn(parts(OVERVIEW)),
        ...(added ? [added] : []),
        ...drawn(parts([(one) => notShownSection(one, added !== undefined), nextStepsSection])),
      ],
    },
    { id: 'load', title: 'Load', parts: drawn(parts(LOAD)) },
    { id: 'browser', title: 'Browser', parts: drawn(parts(BROWSER)) },
    { id: 'figures', title: 'All figures', parts: drawn(parts(FIGURES), foldedPart) },
  ];
  return page({
    title: `${VERDICT_WORDS[verdict]} · ${name} · ${moment(run.start)}`,
    head: 'Residency Scheduler load and browser performance',
    main: html`<h1>${name} <small>${run.target.environment} · ${moment(run.start)} · ${id}</small></h1>
${viewLinks(views, verdictBadge(verdict))}
${views.map(viewSection)}`,
    foot: html`Every figure here is in <a href="summary.json">summary.json</a>, made from the samples beside it. Also: <a href="summary.md">summary.md</a>, <a href="junit.xml">junit.xml</a>, <a href="run.json">run.json</a>.`,
    styleFile: STYLE_FILE,
    style: TOOLS_STYLE,
    script: PAGE_SCRIPT,
  });
}
