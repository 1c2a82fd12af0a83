/** Web Vitals per page, and how many of them were captured at all. */
import { type MetricKey, printMetricKey } from '../../config/metric-key.ts';
import type { BrowserEntries } from '../../measure/run/events.ts';
import type { EventSample, VitalName, VitalSample } from '../../measure/run/samples.ts';
import { VITAL_LIMITS, WEB_VITALS } from '../../measure/run/vital-limits.ts';
import type { About, Draft } from './collector.ts';
import { completenessOf, isExpected } from './completeness.ts';
import { addObservation, coldFiguresOf, figuresOf, newSeries, type Series } from './figures.ts';
import { longFrames } from './long-frames.ts';
import { type LatestVital, UNKNOWN_PAGE, type View } from './page-view.ts';
import { pagesOf } from './pages.ts';
import type { Summary } from './summary.ts';
import { worstViews } from './worst-views.ts';

/** @param wasCut sessions that were interrupted: what their views had not yet reported was lost with them */
export function collectVitals(wasCut: (session: string) => boolean) {
  const views = new Map<string, View>();
  /** By view and name: a value reported again replaces the earlier one. */
  const latest = new Map<string, LatestVital>();
  let entries: BrowserEntries | undefined;
  let unpainted = 0;
  const completeness = () => ({
    ...completenessOf(views, { got: (view, name) => latest.has(`${view} ${name}`), entries, wasCut }),
    ...(unpainted > 0 && { unpainted }),
  });

  return {
    samples: {
      vital(sample: VitalSample, { drained }: About): void {
        if (!VITAL_LIMITS[sample.name]) return;
        const key = `${sample.session ?? ''} ${sample.view} ${sample.name}`;
        // Lines need not lie in the order of time: the later one counts, not the one further down.
        if (sample.t >= (latest.get(key)?.sample.t ?? sample.t)) latest.set(key, { sample, drained });
      },
    },
    events: {
      'page-view': (event: EventSample<'page-view'>): void => {
        if (event.data.painted === false) unpainted += 1;
        else views.set(`${event.session ?? ''} ${event.data.id}`, viewOf(event));
      },
      'browser-entries': ({ data }: EventSample<'browser-entries'>): void => {
        entries = commonEntries(entries, data);
      },
    },
    completeness,
    into(summary: Draft): void {
      const counted = [...latest.values()].filter(({ sample }) => !sample.warmup);
      const explained = inOrderOfViews(latest);
      summary.run.host.browserEntries = entries;
      summary.pages = pagesOf(views.values(), counted);
      summary.worstViews = worstViews(explained);
      summary.longFrames = longFrames(explained);
      putCompleteness(summary, {
        ...completeness(),
        counted: countedVitals(latest, summary.pages, (view, name) =>
          isExpected(views.get(view), name, { entries, wasCut }),
        ),
      });
      putMetrics(summary.metrics, counted);
    },
  };
}

/** So that the n of pages and the completeness of a report can be compared: where each captured value stands. */
function countedVitals(
  latest: ReadonlyMap<string, LatestVital>,
  pages: Summary['pages'],
  isExpectedOf: (view: string, name: VitalName) => boolean,
): NonNullable<Summary['completeness']['counted']> {
  const counted: NonNullable<Summary['completeness']['counted']> = {};
  for (const [key, { sample }] of latest) {
    const { name, warmup } = sample;
    const own = counted[name] ?? { ofPages: 0, warmup: 0, drain: 0, uncounted: 0 };
    counted[name] = own;
    if (warmup) own.warmup += 1;
    else own.drain += 1;
    if (!isExpectedOf(key.slice(0, -name.length - 1), name)) own.uncounted += 1;
  }
  for (const [name, own] of Object.entries(counted)) {
    const shown = pages.map(({ vitals }) => vitals[name as VitalName]);
    own.ofPages = shown.reduce((sum, vital) => sum + (vital ? vital.n + vital.cold : 0), 0);
    // What is neither of the warm-up nor behind a figure was begun in the drain.
    own.drain -= own.ofPages;
  }
  return counted;
}

function viewOf({ session, page = UNKNOWN_PAGE, data }: EventSample<'page-view'>): View {
  const { nav, interacted, measurable, unmeasured } = data;
  return { session, page, nav, interacted, measurable, unmeasured };
}

/** Which entries a session's browser has; browsers of one run may differ: what one lacks, the run lacks. */
function commonEntries(before: BrowserEntries | undefined, own: BrowserEntries): BrowserEntries {
  const has = (name: keyof BrowserEntries) => own[name] && before?.[name] !== false;
  return {
    softNavigation: has('softNavigation'),
    longTask: has('longTask'),
    longAnimationFrame: has('longAnimationFrame'),
  };
}

/** Outside of warm-up, by view, in whichever order they were read. */
function inOrderOfViews(latest: ReadonlyMap<string, LatestVital>): VitalSample[] {
  return [...latest]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { sample }]) => sample)
    .filter(({ warmup }) => !warmup);
}

function putCompleteness(summary: Draft, completeness: Summary['completeness']): void {
  const { share, vitals } = completeness;
  const expected = WEB_VITALS.reduce((sum, name) => sum + (vitals[name]?.expected ?? 0), 0);
  summary.completeness = completeness;
  summary.shares.completeness = { value: share, n: expected };
}

/** Over all pages, and per page. First views separately. */
function putMetrics(metrics: Summary['metrics'], vitals: readonly LatestVital[]): void {
  const all = new Map<string, { key: MetricKey; series: Series; unit: 'ms' | '1' }>();
  for (const { sample, drained } of vitals) {
    const { name, page = UNKNOWN_PAGE, value, unit, cold } = sample;
    const keys: MetricKey[] = [
      { kind: 'vital', name },
      { kind: 'vital', name, page },
    ];
    for (const key of keys) {
      const text = printMetricKey(key);
      const entry = all.get(text) ?? { key, series: newSeries(), unit };
      all.set(text, entry);
      addObservation(entry.series, { value, ok: true, cold, drained });
    }
  }
  for (const [text, { key, series, unit }] of all) {
    metrics[text] = { ...figuresOf(series), unit };
    if (series.cold.length > 0)
      metrics[printMetricKey({ ...key, variant: 'cold' })] = { ...coldFiguresOf(series), unit };
  }
}
