import { printMetricKey } from '../../config/metric-key.ts';
import { VIEW_FIGURES, type ViewFigure } from '../../config/view-figures.ts';
import { quantity, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

type Page = Summary['pages'][number];

/** Nothing in a run of an older suite, or without browsers. */
export function viewFiguresSection({ pages, metrics }: Summary): Part | '' {
  const figuresOf = (page: string, name: ViewFigure, variant?: 'cold') =>
    metrics[printMetricKey({ kind: 'view', name, page, variant })];
  const seen = pages.filter(({ page }) => figuresOf(page, 'requests') || figuresOf(page, 'long tasks'));
  if (seen.length === 0) return '';
  const cell = (page: string, name: ViewFigure): Html => {
    const [first, later] = [figuresOf(page, name, 'cold'), figuresOf(page, name)];
    const text = (figures = first) => quantity(figures?.p50 ?? figures?.max, VIEW_FIGURES[name]);
    const of = first?.n ? first : later;
    if (!of?.n) return html`<span class="none">–</span>`;
    const apart = first?.n && later?.n ? html` <small>later ${text(later)}</small>` : '';
    return html`${text(of)} <small>n ${thousands(of.n)}</small>${apart}`;
  };
  return part(
    'sizes',
    'Sizes and counts per page',
    html`<p>Medians of first views, which load a page’s parts; later ones beside them. From Resource Timing: a size that another origin hides is not known, and what came from the cache is no request. A dash: no view has it.</p>
${table<Page>(
  'What a view of each page loads',
  [
    { heading: 'Page', isName: true, cell: ({ page }) => page },
    ...(Object.keys(VIEW_FIGURES) as ViewFigure[]).map((name) => ({
      heading: name,
      numeric: true,
      cell: ({ page }: Page) => cell(page, name),
    })),
  ],
  seen,
  '',
)}`,
  );
}
