/** Views of each page, and their Web Vitals. */
import type { VitalName } from '../../measure/run/samples.ts';
import { rateVital } from '../../measure/run/vital-limits.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './figures.ts';
import { type LatestVital, UNKNOWN_PAGE, type View } from './page-view.ts';
import type { Summary } from './summary.ts';

interface PageTally {
  hard: number;
  soft: number;
  interacted: number;
  vitals: Map<VitalName, Series>;
}

/** @param vitals outside of warm-up */
export function pagesOf(views: Iterable<View>, vitals: readonly LatestVital[]): Summary['pages'] {
  const pages = new Map<string, PageTally>();
  const tallyOf = (page: string): PageTally => {
    const tally = pages.get(page) ?? { hard: 0, soft: 0, interacted: 0, vitals: new Map() };
    pages.set(page, tally);
    return tally;
  };
  for (const { page, nav, interacted } of views) {
    const tally = tallyOf(page);
    tally[nav] += 1;
    if (interacted) tally.interacted += 1;
  }
  for (const vital of vitals) addVital(tallyOf(vital.sample.page ?? UNKNOWN_PAGE).vitals, vital);
  return [...pages].map(([page, tally]) => rowOf(page, tally)).sort((a, b) => a.page.localeCompare(b.page));
}

function addVital(vitals: Map<VitalName, Series>, { sample, drained }: LatestVital): void {
  const { name, value, cold } = sample;
  const series = vitals.get(name) ?? newSeries();
  vitals.set(name, series);
  addObservation(series, { value, ok: true, cold, drained });
}

function rowOf(page: string, { hard, soft, interacted, vitals }: PageTally): Summary['pages'][number] {
  return {
    page,
    views: hard + soft,
    hard,
    soft,
    interacted,
    vitals: Object.fromEntries(
      [...vitals].map(([name, series]) => {
        const figures = figuresOf(series);
        const { n: cold, p75: coldP75 } = coldFiguresOf(series);
        return [name, { ...figures, rating: rateVital(name, figures.p75 ?? coldP75), cold, coldP75 }];
      }),
    ),
  };
}
