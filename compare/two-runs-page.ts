/** Two runs side by side on a page. */
import { type Html, html, relativeLink } from '../analysis/report/html.ts';
import { page } from '../analysis/report/page.ts';
import { table } from '../analysis/report/table.ts';
import type { TwoRuns, TwoValues } from './two-runs.ts';
import { COLUMNS, facts, headline, parts, row } from './two-runs-text.ts';

/** @param json name of the result's file beside it */
export function twoRunsPage(runs: TwoRuns, { json }: { json: string }): string {
  const { a, b, profile } = runs;
  const { shown } = parts(runs, false);
  const others = runs.metrics.filter((one) => !shown.includes(one));
  return page({
    title: `Two runs side by side · ${profile}`,
    head: 'Residency Scheduler load and browser performance · two runs',
    main: html`<h1>Two runs side by side: ${a} and ${b}</h1>
<section aria-labelledby="runs"><h2 id="runs">What differs</h2>
<div class="verdict"><p><strong>${headline(runs)}</strong></p></div>
<ul>${facts(runs).map((fact) => html`<li>${fact}</li>`)}</ul>
${metrics('Metrics that differ, and the primary ones', shown)}
${others.length > 0 && html`<details><summary>The metrics that do not differ</summary>${metrics('Metrics that do not differ', others)}</details>`}
</section>
`,
    foot: html`Every figure here is in <a href="${relativeLink(json) ?? ''}">${json}</a>.`,
  });
}

function metrics(caption: string, rows: readonly TwoValues[]): Html {
  // The name comes first where a table scrolls sideways.
  const order = [1, 0, ...COLUMNS.map((_, at) => at).slice(2)];
  const columns = order.map((at) => ({
    heading: COLUMNS[at]?.[0] ?? '',
    isName: at === 1,
    numeric: COLUMNS[at]?.[1] === 'right',
    cell: (values: TwoValues) => row(values)[at],
  }));
  return table(caption, columns, rows, 'There is none.');
}
