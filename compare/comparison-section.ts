/** A comparison as HTML: one section, in the report of a run and on a page of its own. */
import { thousands } from '../analysis/format.ts';
import { type Html, html, relativeLink } from '../analysis/report/html.ts';
import { page } from '../analysis/report/page.ts';
import { table } from '../analysis/report/table.ts';
import type { Verdict } from '../measure/run/run.ts';
import type { ComparedMetric, Comparison, MetricVerdict } from './comparison.ts';
import { columnsOf, facts, parts, row } from './comparison-parts.ts';
import { forestPlot } from './forest-plot.ts';
import { whatToDo } from './what-to-do.ts';

/** How the box looks in which the sentence stands. */
const LOOKS: Readonly<Record<MetricVerdict, Verdict>> = {
  worse: 'fail',
  missing: 'fail',
  unclear: 'warn',
  better: 'pass',
  same: 'pass',
};
export const SECTION_ID = 'change';

/** @param jsonAt where a reader finds the metrics that are not shown */
export function comparisonSection(
  comparison: Comparison,
  { title, jsonAt }: { title: string; jsonAt: Html },
): Html {
  const { headline, verdict, canDecide, threshold } = comparison;
  const { deciding, shown, rest } = parts(comparison);
  const advice = whatToDo(comparison);
  return html`<section aria-labelledby="${SECTION_ID}"><h2 id="${SECTION_ID}">${title}</h2>
<div class="verdict ${LOOKS[canDecide ? verdict : 'unclear']}"><p><strong>${headline}</strong></p>${advice !== undefined && html`<p>${advice}</p>`}</div>
${deciding.length > 0 && html`<h3>What decides</h3>${forestPlot(deciding, threshold)}`}
<h3>What informs</h3>
${table('Metrics that inform', htmlColumns(comparison), shown, 'No other metric became worse by more than the threshold, and none is missing.')}
<p class="note">${shown.length > 0 && 'p: false-discovery rate; these decide nothing. '}${thousands(rest)} other metrics inform: ${jsonAt}.</p>
<h3>What was compared</h3>
<ul>${facts(comparison).map((fact) => html`<li>${fact}</li>`)}</ul>
</section>`;
}

function htmlColumns(comparison: Comparison) {
  // The name comes first where a table scrolls sideways.
  return [1, 0, 2, 3, 4, 5, 6].map((at) => {
    const [heading, side] = columnsOf(comparison)[at] ?? ['', 'left'];
    return {
      heading: at < 6 ? `${heading.charAt(0).toUpperCase()}${heading.slice(1)}` : heading,
      isName: at === 1,
      numeric: side === 'right',
      cell: (metric: ComparedMetric) => row(metric)[at],
    };
  });
}

/**
 * The page of a comparison.
 * @param files beside it: the JSON of the result, and the folder with the runs of its rounds
 */
export function comparisonPage(comparison: Comparison, files: { json: string; runs?: string }): string {
  const { profile, environment, sides } = comparison;
  const what = sides ? `${profile}, A and B` : `${profile} on ${environment}`;
  const json = html`<a href="${relativeLink(files.json) ?? ''}">${files.json}</a>`;
  return page({
    title: `Is it slower? · ${what}`,
    head: 'Residency Scheduler load and browser performance · comparison',
    main: html`<h1>Is it slower? ${what}</h1>
${comparisonSection(comparison, { title: 'Change', jsonAt: json })}
${files.runs !== undefined && roundsSection(comparison, files.runs)}
`,
    foot: html`Every figure here is in ${json}.`,
  });
}

function roundsSection({ baseline, current }: Comparison, folder: string): Html {
  const link = (id = '') => html`<a href="${relativeLink(`${folder}/${id}/index.html`) ?? ''}">${id}</a>`;
  return html`<section aria-labelledby="rounds"><h2 id="rounds">Rounds</h2>
${table(
  'Reports of the rounds',
  [
    { heading: 'Round', isName: true, cell: ({ round }) => round },
    { heading: 'A', cell: ({ a }) => link(a) },
    { heading: 'B', cell: ({ b }) => link(b) },
  ],
  baseline.map(({ id }, at) => ({ round: at + 1, a: id, b: current[at]?.id })),
  '',
)}</section>`;
}
