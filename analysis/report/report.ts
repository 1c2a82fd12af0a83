/** `index.html`: the whole report in one file that asks nobody for anything. */

import { moment } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { benchmarksSection } from './benchmarks-section.ts';
import { countersSection } from './counters-section.ts';
import { driftSection } from './drift-section.ts';
import { errorsSection } from './errors-section.ts';
import { gatesSection } from './gates-section.ts';
import { generatorSection } from './generator-section.ts';
import { html, trusted } from './html.ts';
import { leftoversSection } from './leftovers-section.ts';
import { levelsSection } from './levels-section.ts';
import { requestsSection } from './requests-section.ts';
import { arrivalsSection, cutShortSection, definitionsSection, measuredSection } from './run-section.ts';
import { stepsSection } from './steps-section.ts';
import { STYLE } from './style.ts';
import { targetSection } from './target-section.ts';
import { timelineSection } from './timeline-section.ts';
import { primarySection, verdictSection, WORDS } from './verdict-section.ts';
import { vitalsSection } from './vitals-section.ts';

const CONTENTS: Array<[id: string, title: string]> = [
  ['gates', 'Gates'],
  ['levels', 'Levels'],
  ['benchmarks', 'Benchmarks'],
  ['steps', 'Steps'],
  ['vitals', 'Web Vitals'],
  ['completeness', 'Completeness'],
  ['requests', 'Requests'],
  ['errors', 'Errors'],
  ['defects', 'Known defects'],
  ['leftovers', 'Changes'],
  ['arrivals', 'Users'],
  ['timeline', 'Timeline'],
  ['target', 'Target'],
  ['generator', 'Generator'],
  ['measured', 'How measured'],
  ['definitions', 'Definitions'],
];

/** Only what is there. */
function contents({ targetMetrics, levels, benchmarks }: Summary): typeof CONTENTS {
  const there: Record<string, boolean> = {
    target: targetMetrics.length > 0,
    levels: levels.length > 0,
    benchmarks: benchmarks.length > 0,
  };
  return CONTENTS.filter(([anchor]) => there[anchor] ?? true);
}

/** All text of the run is escaped; the policy in the head forbids scripts and requests besides. */
export function report(summary: Summary): string {
  const { run, id, verdict } = summary;
  const title = `${WORDS[verdict]} · ${run.profiles.join(' + ')}${run.label ? ` · ${run.label}` : ''} · ${moment(run.start)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><p>Residency Scheduler load and browser performance · ${id}</p></header>
<main id="main">
${verdictSection(summary)}
${primarySection(summary)}
<nav aria-label="Sections"><ul>${contents(summary).map(([anchor, name]) => html`<li><a href="#${anchor}">${name}</a></li>`)}</ul></nav>
${gatesSection(summary)}
${levelsSection(summary)}
${benchmarksSection(summary)}
${stepsSection(summary)}
${vitalsSection(summary)}
${requestsSection(summary)}
${countersSection(summary)}
${errorsSection(summary)}
${leftoversSection(summary)}
${arrivalsSection(summary)}
${cutShortSection(summary)}
${timelineSection(summary)}
${driftSection(summary)}
${targetSection(summary)}
${generatorSection(summary)}
${measuredSection(summary)}
${definitionsSection()}
</main>
<footer><p>Every figure here is in <a href="summary.json">summary.json</a>, made from the samples beside it. Also: <a href="summary.md">summary.md</a>, <a href="junit.xml">junit.xml</a>, <a href="run.json">run.json</a>.</p></footer>
</body>
</html>
`.text;
}
