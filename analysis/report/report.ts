/** `index.html`: the whole report of a run. */

import { moment } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { VERDICT_WORDS } from '../text/verdict-words.ts';
import { auditsSection } from './audits-section.ts';
import { benchmarksSection } from './benchmarks-section.ts';
import { budgetsSection } from './budgets-section.ts';
import { countersSection } from './counters-section.ts';
import { dataSection } from './data-section.ts';
import { driftSection } from './drift-section.ts';
import { errorsSection } from './errors-section.ts';
import { gatesSection } from './gates-section.ts';
import { generatorSection } from './generator-section.ts';
import { goalsSection } from './goals-section.ts';
import { type Html, html } from './html.ts';
import { leftoversSection } from './leftovers-section.ts';
import { levelsSection } from './levels-section.ts';
import { page } from './page.ts';
import { arrivalsSection, cutShortSection, journeysSection } from './plan-section.ts';
import { requestsSection } from './requests-section.ts';
import { definitionsSection, measuredSection } from './run-section.ts';
import { stepsSection } from './steps-section.ts';
import { sumsSection } from './sums-section.ts';
import { targetSection } from './target-section.ts';
import { timelineSection } from './timeline-section.ts';
import { primarySection, verdictSection } from './verdict-section.ts';
import { viewFiguresSection } from './view-figures-section.ts';
import { vitalsSection } from './vitals-section.ts';

interface Section {
  /** Empty: it has nothing to say of this run. */
  draw(summary: Summary): Html | '';
  /** Its headings that the contents link to, by their id. */
  contents?: ReadonlyArray<[id: string, title: string]>;
}

/** In the order of the page. */
const SECTIONS: readonly Section[] = [
  { draw: gatesSection, contents: [['gates', 'Gates']] },
  { draw: goalsSection, contents: [['goals', 'Goals']] },
  { draw: budgetsSection, contents: [['budgets', 'Budgets']] },
  { draw: levelsSection, contents: [['levels', 'Levels']] },
  { draw: benchmarksSection, contents: [['benchmarks', 'Benchmarks']] },
  { draw: auditsSection, contents: [['audits', 'Audits']] },
  { draw: stepsSection, contents: [['steps', 'Steps']] },
  {
    draw: vitalsSection,
    contents: [
      ['vitals', 'Web Vitals'],
      ['completeness', 'Completeness'],
    ],
  },
  { draw: viewFiguresSection, contents: [['sizes', 'Sizes']] },
  { draw: requestsSection, contents: [['requests', 'Requests']] },
  { draw: countersSection },
  {
    draw: errorsSection,
    contents: [
      ['errors', 'Errors'],
      ['defects', 'Known defects'],
    ],
  },
  { draw: leftoversSection, contents: [['leftovers', 'Changes']] },
  { draw: dataSection, contents: [['data', 'Data']] },
  { draw: arrivalsSection, contents: [['arrivals', 'Users']] },
  { draw: journeysSection, contents: [['journeys', 'Journeys']] },
  { draw: sumsSection, contents: [['sums', 'Counts']] },
  { draw: cutShortSection },
  { draw: timelineSection, contents: [['timeline', 'Timeline']] },
  { draw: driftSection },
  { draw: targetSection, contents: [['target', 'Target']] },
  { draw: generatorSection, contents: [['generator', 'Generator']] },
  { draw: measuredSection, contents: [['measured', 'How measured']] },
  { draw: definitionsSection, contents: [['definitions', 'Definitions']] },
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
 * @param added comes first of the sections
 */
export function report(summary: Summary, added?: AddedSection): string {
  const { run, id, verdict } = summary;
  const own = SECTIONS.flatMap(({ draw, contents = [] }) => {
    const drawn = draw(summary);
    return drawn === '' ? [] : [{ drawn, contents }];
  });
  const sections = added
    ? [{ drawn: added.drawn, contents: [[added.id, added.title] as const] }, ...own]
    : own;
  return page({
    title: `${VERDICT_WORDS[verdict]} · ${run.profiles.join(' + ')}${run.label ? ` · ${run.label}` : ''} · ${moment(run.start)}`,
    head: `Residency Scheduler load and browser performance · ${id}`,
    main: html`${verdictSection(summary)}
${primarySection(summary)}
<nav aria-label="Sections"><ul>${sections.flatMap(({ contents }) => contents.map(([to, name]) => html`<li><a href="#${to}">${name}</a></li>`))}</ul></nav>
${sections.map(({ drawn }) => html`${drawn}\n`)}`,
    foot: html`Every figure here is in <a href="summary.json">summary.json</a>, made from the samples beside it. Also: <a href="summary.md">summary.md</a>, <a href="junit.xml">junit.xml</a>, <a href="run.json">run.json</a>.`,
    styleFile: STYLE_FILE,
  });
}
