import type { BrowserEntries, ViewLoads } from '../run/events.ts';
import type { EventSample, VitalName, VitalSample } from '../run/samples.ts';
import { rateVital, WEB_VITALS } from '../run/vital-limits.ts';
import { toAttribution } from './attribution.ts';
import { frameAttribution } from './blocking-time.ts';
import { LedByInput } from './led-by-input.ts';
import type { BusyMessage } from './main-thread.ts';
import { CLOCK_TOLERANCE_MS } from './page-clock.ts';
import type { LoadsMessage } from './page-loads.ts';
import { routePattern } from './route-pattern.ts';
import { DocumentLoads } from './view-loads.ts';
import { latestReport, type Report, ViewReports, type VitalMessage } from './view-reports.ts';

export interface PageView {
  id: string;
  /** The route that it arrived at. */
  page: string;
  /** All that it went through: a router may send on to another before the first one is shown. */
  routes: string[];
  nav: 'hard' | 'soft';
  /** When the driver saw it, ms since the epoch. */
  t: number;
  /** A click or key press happened in it: only then can it yield an INP. */
  interacted: boolean;
  /**
   * Can the browser measure it? A soft navigation counts as one for the browser only after an interaction
   * (https://developer.chrome.com/docs/web-platform/soft-navigations-experiment): a redirect by script does not.
   * One that the browser reports is measurable in any case, which is known when it is over.
   */
  measurable: boolean;
  /** Why not, where it is the browser that cannot. */
  unmeasured?: string;
  cold: boolean;
  /** An interaction may have led to it, or the user went back: the browser may yet report it. */
  mayBeReported: boolean;
  /** Of a soft view: the route before it. */
  from?: string;
  /** Of a soft view: the interaction that led to it, or the earliest that may have; ms since the epoch. */
  since: number;
  /** performance.timeOrigin of the document it lives in, once the page has reported it. */
  origin?: number;
}

/** The browser may report each change of route within this time after an interaction, later the first one since. */
const MAY_BE_REPORTED_MS = 5000;

/** In a soft view's data, where the browser is too old, or another, to measure any. */
export const NO_SOFT_NAVIGATION = 'no soft-navigation entries';

type Write = (sample: EventSample | VitalSample) => void;

/**
 * Counts page views as the driver sees them and gives each the Web Vitals that belong to it, one value a metric:
 * the latest. The driver's count is the denominator of completeness; web-vitals' reports never add a view.
 */
export class PageViews {
  readonly #write: Write;
  readonly #prefix: string;
  #views: PageView[] = [];
  readonly #reports = new ViewReports();
  readonly #loads: DocumentLoads;
  /** What the browser can tell at all, once a page has said. */
  #entries: BrowserEntries | undefined;
  /** A document that reported itself before the driver saw it: the next hard view's. */
  #unclaimed: number | undefined;
  #seenPages = new Set<string>();
  #lastInteraction = Number.NEGATIVE_INFINITY;
  readonly #led = new LedByInput<object>();
  /** The user goes back or forward: the next change of route is a view of its own. */
  #goesBack = false;
  #count = 0;
  #awaitingPaint: Array<() => void> = [];

  /** @param isApi whether an origin is that of the API */
  constructor(prefix: string, write: Write, isApi: (origin: string) => boolean = () => false) {
    this.#loads = new DocumentLoads(isApi);
    this.#prefix = prefix;
    this.#write = write;
  }

  get current(): PageView | undefined {
    return this.#views.at(-1);
  }

  /** The driver saw a new document. Views of the document before it are over. */
  loaded(url: string, t: number): void {
    this.conclude();
    this.#lastInteraction = Number.NEGATIVE_INFINITY; // of another document: this one knows nothing of it
    this.#led.forget();
    this.#goesBack = false;
    this.#begin('hard', routePattern(url), t, true, true);
    (this.current as PageView).origin = this.#unclaimed;
    this.#unclaimed = undefined;
  }

  /**
   * The driver saw the URL change within the document. Only a change of route is a view, and what one interaction leads
   * through is one view, of the last route: so the browser has it, which reports one soft navigation of an interaction.
   */
  routed(url: string, t: number): void {
    const page = routePattern(url);
    const current = this.current;
    const goesBack = this.#goesBack;
    this.#goesBack = false;
    if (!current || current.page === page) return;
    const isLed = this.#led.includes(t);
    if (isLed) this.#led.goesOn(t);
    if (isLed && !goesBack && current.nav === 'soft' && current.t >= this.#lastInteraction) {
      current.page = page;
      current.routes.push(page);
      current.cold ||= !this.#seenPages.has(page);
      this.#seenPages.add(page);
      return;
    }
    const recent = t - MAY_BE_REPORTED_MS;
    const mayBeReported = goesBack || this.#lastInteraction > Math.min(recent, current.t);
    this.#begin('soft', page, t, isLed, mayBeReported);
    const begun = this.current as PageView;
    begun.origin = current.origin;
  }

  /** A new document reported its clock's origin: it belongs to the hard view that has none yet, or to the next. */
  documentBegan(origin: number, entries?: BrowserEntries): void {
    if (entries && !this.#entries) {
      this.#entries = entries;
      this.#write({ t: Math.round(origin), kind: 'event', name: 'browser-entries', data: { ...entries } });
    }
    const view = this.#views.find((candidate) => candidate.nav === 'hard' && candidate.origin === undefined);
    if (!view) this.#unclaimed = origin;
    else for (const later of this.#views.slice(this.#views.indexOf(view))) later.origin ??= origin;
  }

  interacted(t: number): void {
    this.#lastInteraction = t;
    this.#led.goesOn(t);
    if (this.current) this.current.interacted = true;
  }

  /** The user went back or forward, by the browser's own buttons. */
  wentBack(): void {
    this.#goesBack = true;
  }

  /** The page sent a request: what an interaction led to may wait for its answer. */
  asked(request: object, t: number): void {
    this.#led.asked(request, t);
  }

  /** It ended, in whatever way. */
  answered(request: object, t: number): void {
    this.#led.answered(request, t);
  }

  vital(message: VitalMessage): void {
    this.#reports.vital(message);
    if (message.name === 'FCP' && !message.soft) this.#painted();
  }

  busy(message: BusyMessage): void {
    this.#reports.busy(message);
  }

  loads(message: LoadsMessage): void {
    this.#loads.heard(message);
  }

  /**
   * Resolves when the browser has reported the newest document's first paint, or when its view is over. At once for
   * a view within a document: that one was painted before.
   */
  firstPaint(): Promise<void> {
    const { current } = this;
    if (current?.nav !== 'hard') return Promise.resolve();
    const report = this.#reports.hard(current.origin);
    if (report && latestReport(report, 'FCP')) return Promise.resolve();
    return new Promise((resolve) => this.#awaitingPaint.push(resolve));
  }

  /** Has the browser begun to report on the newest view? It does so a little after the view was painted. */
  get currentIsReported(): boolean {
    const { current } = this;
    if (!current?.mayBeReported || current.unmeasured) return true;
    if (current.nav === 'hard') return !this.#reports.isEmpty;
    return this.#reports
      .soft(current.origin ?? Number.NaN)
      .some(({ page, began }) => current.routes.includes(page) && began > current.since);
  }

  /** Writes all views seen so far, with what they yielded. Call it when the last of them is over. */
  conclude(): void {
    const views = this.#views;
    this.#views = [];
    this.#painted();
    const takenSoft = new Map<PageView, Report[]>();
    this.#matchSoft(views, takenSoft);
    // Back where it began by way of other routes, with nothing new on the screen: nobody has seen another view.
    const isUnpainted = (view: PageView) => view.from === view.page && !takenSoft.has(view);
    for (const [index, view] of views.entries()) {
      const own = view.nav === 'hard' ? this.#reports.hard(view.origin) : undefined;
      const soft = takenSoft.get(view) ?? [];
      const next = views.slice(index + 1).find((later) => later.measurable && !isUnpainted(later));
      this.#writeView(view, own ? [own, ...soft] : soft, {
        isUnpainted: isUnpainted(view),
        until: next?.t,
        loads: this.#loads.of(view.origin, {
          page: view.page,
          from: beginOf(view, takenSoft),
          until: beginOf(views[index + 1], takenSoft),
        }),
      });
    }
    this.#reports.forgetAllBut(this.#unclaimed);
    this.#loads.forgetAllBut(this.#unclaimed);
  }

  #begin(nav: 'hard' | 'soft', page: string, t: number, isLed: boolean, mayBeReported: boolean): void {
    this.#count += 1;
    const cold = !this.#seenPages.has(page);
    this.#seenPages.add(page);
    const id = `${this.#prefix}.${this.#count}`;
    const unmeasured =
      nav === 'soft' && isLed && this.#entries?.softNavigation === false ? NO_SOFT_NAVIGATION : undefined;
    const measurable = isLed && unmeasured === undefined;
    const since = Math.min(t - MAY_BE_REPORTED_MS, this.#lastInteraction) - CLOCK_TOLERANCE_MS;
    const about = {
      from: nav === 'soft' ? this.current?.page : undefined,
      measurable,
      mayBeReported,
      unmeasured,
      cold,
      since,
    };
    this.#views.push({ id, page, routes: [page], nav, t, interacted: false, ...about });
  }

  #painted(): void {
    const waiting = this.#awaitingPaint;
    this.#awaitingPaint = [];
    for (const resolve of waiting) resolve();
  }

  /**
   * Gives each soft report to the view that its interaction led to: the first one after its beginning, if that has
   * the report's route, and is measurable then. Else it began no view (the browser also calls a change of query a soft navigation) and
   * belongs to the one it happened in.
   */
  #matchSoft(views: readonly PageView[], taken: Map<PageView, Report[]>): void {
    for (const report of this.#reports.soft()) {
      const next = views.find((view) => view.t >= report.began - CLOCK_TOLERANCE_MS);
      const isBeginning = next?.nav === 'soft' && next.routes.includes(report.page) && !taken.has(next);
      const begun = isBeginning ? next : undefined;
      if (begun) begun.measurable = true;
      const view = begun ?? views.filter((earlier) => earlier.t <= report.began).at(-1);
      if (!view?.routes.includes(report.page)) continue;
      taken.set(view, [...(taken.get(view) ?? []), report]);
    }
  }

  /** @param until when the next one began that the browser can measure, ms since the epoch */
  #writeView(
    view: PageView,
    reports: readonly Report[],
    {
      isUnpainted,
      loads,
      until = Number.POSITIVE_INFINITY,
    }: { isUnpainted: boolean; loads?: ViewLoads; until?: number },
  ): void {
    const { id, nav, interacted, measurable, unmeasured, cold, page } = view;
    const t = Math.round(view.t);
    const busy = this.#entries?.longTask ? this.#reports.busyOf(reports) : undefined;
    const data = {
      ...{ id, nav, interacted, measurable, cold },
      ...(unmeasured && { unmeasured }),
      ...(isUnpainted && { painted: false as const }),
      ...(loads && { loads }),
      ...(busy && { longTasks: busy.longTasks }),
    };
    this.#write({ t, kind: 'event', name: 'page-view', page, data });
    const about = { t, kind: 'vital' as const, nav, view: id, page, cold: cold || undefined };
    for (const name of WEB_VITALS) {
      // A soft navigation has no first byte of its own.
      if (name === 'TTFB' && nav === 'soft') continue;
      const message = latest(name, reports, until);
      if (!message) continue;
      this.#write({
        ...about,
        name,
        value: name === 'CLS' ? Math.round(message.value * 1e5) / 1e5 : Math.round(message.value * 10) / 10,
        unit: name === 'CLS' ? '1' : 'ms',
        rating: rateVital(name, message.value),
        attribution: toAttribution(message.attribution),
      });
    }
    if (!busy) return;
    const { blocking, tasks, frames } = busy;
    this.#write({
      ...about,
      name: 'TBT',
      value: Math.round(blocking * 10) / 10,
      unit: 'ms',
      rating: rateVital('TBT', blocking),
      attribution: { tasks, ...(this.#entries?.longAnimationFrame && frameAttribution(frames)) },
    });
  }
}

/** A document's first view began with it, a later one with the input that led to it, as far as the browser reported that. */
function beginOf(view: PageView | undefined, soft: ReadonlyMap<PageView, Report[]>): number {
  if (!view) return Number.POSITIVE_INFINITY;
  if (view.nav === 'hard') return view.origin ?? view.t;
  return Math.min(view.t, soft.get(view)?.[0]?.began ?? view.t);
}

/**
 * CLS and INP are the worst of a view, so the worst of its parts; the others belong to its beginning. Where the browser
 * did not see that another view began (a click amid what the page before was still changing), it goes on with this one:
 * what happened in the other is not this one's.
 */
function latest(name: VitalName, reports: readonly Report[], until: number): VitalMessage | undefined {
  const isWorst = name === 'CLS' || name === 'INP';
  const all = isWorst ? reports : reports.slice(0, 1);
  return all
    .map((report) => latestReport(report, name, until))
    .reduce((worst, message) => (worst && worst.value >= (message?.value ?? 0) ? worst : message), undefined);
}
