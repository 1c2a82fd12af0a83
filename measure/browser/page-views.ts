import type { EventSample, VitalName, VitalSample } from '../run/samples.ts';
import { rateVital } from '../run/vital-limits.ts';
import type { PageMessage } from './in-page.ts';
import { routePattern } from './route-pattern.ts';

type VitalMessage = Extract<PageMessage, { kind: 'vital' }>;

/** What a soft navigation of the browser reported for one view: the latest value of each metric. */
interface Report {
  began: number;
  page: string;
  vitals: Map<VitalName, VitalMessage>;
}

export interface PageView {
  id: string;
  page: string;
  nav: 'hard' | 'soft';
  /** When the driver saw it, ms since the epoch. */
  t: number;
  /** A click or key press happened in it: only then can it yield an INP. */
  interacted: boolean;
  /**
   * Can the browser measure it? A soft navigation counts as one for the browser only after an interaction
   * (https://developer.chrome.com/docs/web-platform/soft-navigations-experiment): a redirect by script does not.
   */
  measurable: boolean;
  cold: boolean;
  /** performance.timeOrigin of the document it lives in, once the page has told it. */
  origin?: number;
}

/** A click leads to the change of route within this time, or the route did not change because of it. */
const INTERACTION_LEADS_TO_ROUTE_MS = 5000;

/** Page and driver read one host's clock at different moments. */
const CLOCK_TOLERANCE_MS = 3;

type Write = (sample: EventSample | VitalSample) => void;

/**
 * Counts page views as the driver sees them and gives each the Web Vitals that belong to it, one value a metric:
 * the latest. The driver's count is the denominator of completeness; web-vitals' reports never add a view.
 */
export class PageViews {
  readonly #write: Write;
  readonly #prefix: string;
  #views: PageView[] = [];
  /** Reports by document, in the order of their beginnings. `hard` is the document's own. */
  #hard = new Map<number, Report>();
  #soft = new Map<number, Map<number, Report>>();
  /** A document that told of itself before the driver saw it: the next hard view's. */
  #unclaimed: number | undefined;
  #seenPages = new Set<string>();
  #lastInteraction = Number.NEGATIVE_INFINITY;
  #count = 0;
  #awaitingPaint: Array<() => void> = [];

  constructor(prefix: string, write: Write) {
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
    this.#begin('hard', routePattern(url), t, true);
    (this.current as PageView).origin = this.#unclaimed;
    this.#unclaimed = undefined;
  }

  /** The driver saw the URL change within the document. Only a change of route is a view. */
  routed(url: string, t: number): void {
    const page = routePattern(url);
    const current = this.current;
    if (!current || current.page === page) return;
    this.#begin('soft', page, t, t - this.#lastInteraction < INTERACTION_LEADS_TO_ROUTE_MS);
    const begun = this.current as PageView;
    begun.origin = current.origin;
  }

  /** A new document told its clock's origin: it belongs to the hard view that has none yet, or to the next. */
  documentBegan(origin: number): void {
    const view = this.#views.find((candidate) => candidate.nav === 'hard' && candidate.origin === undefined);
    if (!view) this.#unclaimed = origin;
    else for (const later of this.#views.slice(this.#views.indexOf(view))) later.origin ??= origin;
  }

  interacted(t: number): void {
    this.#lastInteraction = t;
    if (this.current) this.current.interacted = true;
  }

  vital(message: VitalMessage): void {
    const report = message.soft ? this.#softReport(message) : this.#hardReport(message);
    report.vitals.set(message.name, message);
    if (message.name === 'FCP' && !message.soft) this.#painted();
  }

  /**
   * Resolves when the browser has told of the newest document's first paint, or when its view is over. At once for
   * a view within a document: that one was painted before.
   */
  firstPaint(): Promise<void> {
    const { current } = this;
    const isKnown =
      current?.nav !== 'hard' ||
      (current.origin !== undefined && this.#hard.get(current.origin)?.vitals.has('FCP'));
    if (isKnown) return Promise.resolve();
    return new Promise((resolve) => this.#awaitingPaint.push(resolve));
  }

  /** Has the browser begun to report on the newest view? It does so a little after the view was painted. */
  get currentIsReported(): boolean {
    const { current } = this;
    if (!current?.measurable) return true;
    if (current.nav === 'hard') return this.#hard.size > 0;
    const soft = this.#soft.get(current.origin ?? Number.NaN)?.values() ?? [];
    return [...soft].some(
      ({ page, began }) => page === current.page && began > current.t - INTERACTION_LEADS_TO_ROUTE_MS,
    );
  }

  /** Writes all views seen so far, with what they yielded. Call it when the last of them is over. */
  conclude(): void {
    const views = this.#views;
    this.#views = [];
    this.#painted();
    const takenSoft = new Map<PageView, Report[]>();
    this.#matchSoft(views, takenSoft);
    for (const view of views) {
      const own = view.nav === 'hard' && view.origin !== undefined ? this.#hard.get(view.origin) : undefined;
      this.#writeView(view, own, takenSoft.get(view) ?? []);
    }
    for (const reports of [this.#hard, this.#soft]) {
      for (const origin of reports.keys()) if (origin !== this.#unclaimed) reports.delete(origin);
    }
  }

  #begin(nav: 'hard' | 'soft', page: string, t: number, measurable: boolean): void {
    this.#count += 1;
    const cold = !this.#seenPages.has(page);
    this.#seenPages.add(page);
    const id = `${this.#prefix}.${this.#count}`;
    this.#views.push({ id, page, nav, t, measurable, cold, interacted: false });
  }

  #painted(): void {
    const waiting = this.#awaitingPaint;
    this.#awaitingPaint = [];
    for (const resolve of waiting) resolve();
  }

  #hardReport(message: VitalMessage): Report {
    const found = this.#hard.get(message.origin);
    if (found) return found;
    const made: Report = { began: message.origin, page: routePattern(message.url), vitals: new Map() };
    this.#hard.set(message.origin, made);
    return made;
  }

  #softReport(message: VitalMessage): Report {
    const ofDocument = this.#soft.get(message.origin) ?? new Map<number, Report>();
    this.#soft.set(message.origin, ofDocument);
    const found = ofDocument.get(message.navigation);
    if (found) return found;
    const made: Report = { began: message.began, page: routePattern(message.url), vitals: new Map() };
    ofDocument.set(message.navigation, made);
    return made;
  }

  /**
   * Gives each soft report to the view that its interaction led to: the first one after its beginning, if that has
   * the report's route. Else it began no view (the browser also calls a change of query a soft navigation) and
   * belongs to the one it happened in.
   */
  #matchSoft(views: readonly PageView[], taken: Map<PageView, Report[]>): void {
    const reports = [...this.#soft.values()].flatMap((ofDocument) => [...ofDocument.values()]);
    reports.sort((a, b) => a.began - b.began);
    for (const report of reports) {
      const next = views.find((view) => view.t >= report.began - CLOCK_TOLERANCE_MS);
      const begun = next?.nav === 'soft' && next.page === report.page && !taken.has(next) ? next : undefined;
      const view = begun ?? views.filter((earlier) => earlier.t <= report.began).at(-1);
      if (view?.page !== report.page) continue;
      taken.set(view, [...(taken.get(view) ?? []), report]);
    }
  }

  #writeView(view: PageView, own: Report | undefined, soft: readonly Report[]): void {
    this.#write({
      t: Math.round(view.t),
      kind: 'event',
      name: 'page view',
      page: view.page,
      data: {
        id: view.id,
        nav: view.nav,
        interacted: view.interacted,
        measurable: view.measurable,
        cold: view.cold,
      },
    });
    const [first, ...later] = own ? [own, ...soft] : soft;
    if (!first) return;
    for (const name of ['LCP', 'CLS', 'INP', 'FCP', 'TTFB'] as const) {
      // A soft navigation has no first byte of its own.
      if (name === 'TTFB' && view.nav === 'soft') continue;
      const message = latest(name, first, later);
      if (!message) continue;
      this.#write({
        t: Math.round(view.t),
        kind: 'vital',
        name,
        value: name === 'CLS' ? Math.round(message.value * 1e5) / 1e5 : Math.round(message.value * 10) / 10,
        unit: name === 'CLS' ? '1' : 'ms',
        nav: view.nav,
        rating: rateVital(name, message.value),
        view: view.id,
        page: view.page,
        cold: view.cold || undefined,
        attribution: message.attribution,
      });
    }
  }
}

/** CLS and INP are the worst of a view, so the worst of its parts; the others belong to its beginning. */
function latest(name: VitalName, first: Report, later: readonly Report[]): VitalMessage | undefined {
  const begin = first.vitals.get(name);
  if (name !== 'CLS' && name !== 'INP') return begin;
  const all = [begin, ...later.map((report) => report.vitals.get(name))].filter(
    (message) => message !== undefined,
  );
  return all.reduce<VitalMessage | undefined>(
    (worst, message) => (worst && worst.value >= message.value ? worst : message),
    undefined,
  );
}
