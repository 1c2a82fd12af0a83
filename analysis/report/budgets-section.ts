import { plural, quantity, thousands } from '../format.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { OUTCOME_WORDS } from '../text/verdict-words.ts';
import { gateBadge } from './badge.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { type Column, table } from './table.ts';

type Feature = NonNullable<Summary['budgets']>[number];
/** A budget with its gate, or without one: the run has no such figure. */
type Row = Pick<GateResult, 'metric' | 'expected' | 'level'> & Partial<GateResult>;

const COLUMNS: Array<Column<Row>> = [
  { heading: 'Metric', isName: true, cell: ({ metric }) => metric },
  { heading: 'Used', cell: used },
  {
    heading: 'Observed',
    numeric: true,
    cell: ({ observed, unit }) => (unit === undefined ? '–' : quantity(observed, unit)),
  },
  { heading: 'Budget', numeric: true, cell: ({ expected }) => expected },
  { heading: 'n', numeric: true, cell: ({ n }) => (n === undefined ? '–' : thousands(n)) },
  {
    heading: 'Result',
    cell: ({ verdict, outcome }) =>
      verdict && outcome
        ? gateBadge({ verdict, outcome })
        : html`<span class="badge">${OUTCOME_WORDS.inconclusive}</span>`,
  },
  { heading: 'Level', cell: ({ level }) => level },
];

/** What of each feature's budget is used, and by whom it is answered for; then pages and journeys with budgets of their own. */
export function budgetsSection({ budgets = [], gates }: Summary): Part | '' {
  const judged = gates.filter(({ budget }) => budget);
  const others = judged.filter(({ budget }) => budget?.of !== 'feature');
  if (judged.length === 0) return '';
  return part(
    'budgets',
    'Budgets',
    html`<p>Set in <code>config/budgets.yml</code>. The bar is what is used of a budget; above 100 % it is broken. Each budget that this run has a figure for is also one of the <a href="#gates">gates</a>.</p>
${budgets.map((feature) => featurePart(feature, judged))}
${others.length > 0 ? html`<h3>Pages and journeys</h3>${rows('Budgets of pages and journeys', others)}` : ''}`,
  );
}

function featurePart({ name, owner, unmeasured }: Feature, judged: readonly GateResult[]): Html | '' {
  const own = judged.filter(({ budget }) => budget?.of === 'feature' && budget.name === name);
  if (own.length + unmeasured.length === 0) return '';
  const broken = own.filter(({ outcome }) => outcome === 'failed').length;
  const state = broken > 0 ? html` · <strong class="bad">${plural(broken, 'budget')} broken</strong>` : '';
  return html`<h3>${name}</h3><p>Owner: ${owner}${state}</p>
${rows(`Budget of ${name}`, [...own, ...unmeasured])}`;
}

function rows(caption: string, all: readonly Row[]): Html {
  return table<Row>(
    caption,
    COLUMNS,
    [...all].sort((one, other) => share(other) - share(one)),
    '',
  );
}

/**
 * Of the budget, 1 is all; of one of 0 anything is more than all. Of a score it is what may be missing of the whole. Without a
 * figure: less than none.
 */
function share({ observed, limit, side, unit }: Row): number {
  if (observed === null || observed === undefined || limit === undefined) return -1;
  const [part, all] =
    side !== 'at least' ? [observed, limit] : unit === '%' ? [1 - observed, 1 - limit] : [limit, observed];
  return all === 0 ? (part > 0 ? Number.POSITIVE_INFINITY : 0) : part / all;
}

function used(row: Row): Html {
  const part = share(row);
  if (part < 0) return html`<span class="none">–</span>`;
  const text = Number.isFinite(part) ? `${Math.round(part * 100)} %` : 'more than none';
  const width = Math.min(100, part * 100);
  return html`<span class="used"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="8"/><rect class="${part > 1 ? 'over' : 'part'}" width="${width.toFixed(1)}" height="8"/></svg>${text}</span>`;
}
