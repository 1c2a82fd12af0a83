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
    const text = (figures: typeof first) => quantity(figures?.p50 ?? figures?.max, VIEW_FIGURES[name]);
    if (first?.n) {
      const apart = later?.n ? html` <small>later ${text(later)}, n ${thousands(later.n)}</small>` : '';
      return html`${text(first)} <small>n ${thousands(first.n)}</small>${apart}`;
    }
    if (!later?.n) return html`<span class="none">–</span>`;
    return html`${text(later)} <small>later, n ${thousands(later.n)}</small>`;
  };
  return part(
    'sizes',
    'Sizes and counts per page',
    html`<p>Medians of first views, which load a page’s parts; later ones below them, and marked so where there was no first one outside of warm-up. From Resource Timing: a size that another origin hides is not known, and what came from the cache is no request. A dash: no view has it.</p>
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
