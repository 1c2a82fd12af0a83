/** Web Vitals per page, and how many of them were captured at all. */
import { COLD } from '../../config/metric-expression.ts';
import type { BrowserEntries } from '../../measure/run/events.ts';
import type { EventSample, VitalName, VitalSample } from '../../measure/run/samples.ts';
import { rateVital, VITAL_LIMITS, VITAL_NAMES, WEB_VITALS } from '../../measure/run/vital-limits.ts';
import { longFrames } from './long-frames.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './series.ts';
import type { Figures, Summary } from './summary.ts';
import { worstViews } from './worst-views.ts';

interface View {
  session?: string;
  page: string;
  nav: 'hard' | 'soft';
  interacted: boolean;
  measurable: boolean;
  /** Why not, where it is for the browser. */
  unmeasured?: string;
}

export function collectVitals() {
  const views = new Map<string, View>();
  /** By view and name: a value told again replaces the earlier one. */
  const latest = new Map<string, VitalSample>();
  const drained = new Set<VitalSample>();
  let entries: BrowserEntries | undefined;
  /** By view, in whichever order they were read. */
  const outsideWarmup = () =>
    [...latest]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, sample]) => sample)
      .filter(({ warmup }) => !warmup);

  return {
    addView(event: EventSample<'page-view'>): void {
      const { id, nav, interacted, measurable, unmeasured } = event.data;
      views.set(`${event.session ?? ''} ${id}`, {
        session: event.session,
        page: event.page ?? 'unknown page',
        nav,
        interacted,
        measurable,
        unmeasured,
      });
    },

    /** Which entries a session's browser has; browsers of one run may differ: what one lacks, the run lacks. */
    addEntries({ data }: EventSample<'browser-entries'>): void {
      const has = (name: keyof BrowserEntries) => data[name] && entries?.[name] !== false;
      entries = {
        softNavigation: has('softNavigation'),
        longTask: has('longTask'),
        longAnimationFrame: has('longAnimationFrame'),
      };
    },

    entries: (): BrowserEntries | undefined => entries,

    worstViews: () => worstViews(outsideWarmup()),
    longFrames: () => longFrames(outsideWarmup()),

    addVital(sample: VitalSample, isDrained: boolean): void {
      if (isDrained) drained.add(sample);
      if (!VITAL_LIMITS[sample.name]) return;
      const key = `${sample.session ?? ''} ${sample.view} ${sample.name}`;
      // Lines need not lie in the order of time: the later one counts, not the one further down.
      if (sample.t >= (latest.get(key)?.t ?? sample.t)) latest.set(key, sample);
    },

    pages(): Summary['pages'] {
      interface Page {
        hard: number;
        soft: number;
        interacted: number;
        vitals: Map<VitalName, Series>;
      }
      const byPage = new Map<string, Page>();
      const of = (page: string): Page => {
        const entry = byPage.get(page) ?? { hard: 0, soft: 0, interacted: 0, vitals: new Map() };
        byPage.set(page, entry);
        return entry;
      };
      for (const { page, nav, interacted } of views.values()) {
        of(page)[nav] += 1;
        if (interacted) of(page).interacted += 1;
      }
      for (const sample of latest.values()) {
        if (!sample.warmup) addTo(of(sample.page ?? 'unknown page').vitals, sample, drained.has(sample));
      }
      return [...byPage]
        .map(([page, { hard, soft, interacted, vitals }]) => ({
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
        }))
        .sort((a, b) => a.page.localeCompare(b.page));
    },

    /** By metric key: over all pages, and per page. First views apart, under ` cold`. */
    metrics(): Array<[string, Figures, 'ms' | '1']> {
      const all = new Map<string, { series: Series; unit: 'ms' | '1' }>();
      for (const sample of latest.values()) {
        if (sample.warmup) continue;
        for (const key of [`vital.${sample.name}`, `vital.${sample.name}.${sample.page ?? 'unknown page'}`]) {
          const entry = all.get(key) ?? { series: newSeries(), unit: sample.unit };
          all.set(key, entry);
          addObservation(entry.series, {
            value: sample.value,
            ok: true,
            cold: sample.cold,
            drained: drained.has(sample),
          });
        }
      }
      return [...all].flatMap(([key, { series, unit }]) => [
        [key, figuresOf(series), unit],
        ...(series.cold.length > 0
          ? [[`${key}${COLD}`, coldFiguresOf(series), unit] as [string, Figures, 'ms' | '1']]
          : []),
      ]);
    },

    /**
     * INP can be had only of a view that was interacted with, TTFB only of one that loaded a document, TBT only where
     * the browser tells of long tasks; the others of every measurable view.
     * @param wasCut sessions that were interrupted: what their views still held was lost with them
     */
    completeness(wasCut: (session: string) => boolean): Summary['completeness'] {
      const vitals: Summary['completeness']['vitals'] = {};
      let measurable = 0;
      let withoutInteraction = 0;
      for (const [id, view] of views) {
        if (!view.measurable || (view.session !== undefined && wasCut(view.session))) continue;
        measurable += 1;
        if (!view.interacted) withoutInteraction += 1;
        for (const name of VITAL_NAMES) {
          if (name === 'INP' && !view.interacted) continue;
          if (name === 'TTFB' && view.nav === 'soft') continue;
          if (name === 'TBT' && !entries?.longTask) continue;
          const entry = vitals[name] ?? { expected: 0, got: 0 };
          entry.expected += 1;
          if (latest.has(`${id} ${name}`)) entry.got += 1;
          vitals[name] = entry;
        }
      }
      const counted = WEB_VITALS.map((name) => vitals[name] ?? { expected: 0, got: 0 });
      const expected = sum(counted.map((entry) => entry.expected));
      const got = sum(counted.map((entry) => entry.got));
      const share = expected > 0 ? got / expected : null;
      const unmeasured = [...views.values()].filter((view) => view.unmeasured !== undefined).length;
      return { views: views.size, measurable, unmeasured, withoutInteraction, vitals, share };
    },
  };
}

function addTo(all: Map<VitalName, Series>, sample: VitalSample, isDrained: boolean): void {
  const series = all.get(sample.name) ?? newSeries();
  all.set(sample.name, series);
  addObservation(series, { value: sample.value, ok: true, cold: sample.cold, drained: isDrained });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
