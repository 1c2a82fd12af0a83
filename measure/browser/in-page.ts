/**
 * What runs inside each measured page: an init script, installed before the page's own scripts.
 *
 * It notes five things on the page's own clock and tells the driver through one binding:
 * - user input (when a step really began),
 * - when something last changed (when a step really ended), kept until asked for (page-changes.ts),
 * - Web Vitals, hard and soft, every change of them (the driver keeps the latest),
 * - what kept the main thread busy (main-thread.ts),
 * - what was loaded, when the document ends (page-loads.ts).
 *
 * The functions below are turned into source text: they may use nothing from outside themselves.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserEntries } from '../run/events.ts';
import { type BusyMessage, observeMainThread } from './main-thread.ts';
import { CHANGE_NAMES, observeChanges } from './page-changes.ts';
import { type LoadsMessage, NO_SIZE, observeLoads } from './page-loads.ts';
import { MARK } from './paints-reported.ts';
import { observerAfterTyping } from './typed-text.ts';

export const BINDING = '__loadSuite';

export type PageMessage =
  | { kind: 'document'; origin: number; now: number; entries: BrowserEntries }
  | { kind: 'input'; origin: number; now: number; t: number; interaction: boolean }
  | BusyMessage
  | LoadsMessage
  | {
      kind: 'vital';
      origin: number;
      name: 'LCP' | 'CLS' | 'INP' | 'FCP' | 'TTFB';
      value: number;
      soft: boolean;
      /** web-vitals' id of the navigation; a soft one's begin, ms since the epoch; its URL. */
      navigation: number;
      began: number;
      url: string;
      attribution: Record<string, unknown>;
    };

interface InPage {
  /** A selector of what the user pressed last by then, ms since the page's begin; also when it is gone by now. */
  pressedBy(t: number): string | undefined;
  /** Of the latest requests of this address: begin and last byte, ms since the page's begin, and status; 0: aborted. */
  answers(url: string): Array<[begin: number, end: number, status: number]>;
}

declare global {
  interface Window {
    __loadSuitePage?: InPage;
  }
}

/** Notes input. Times are ms since the epoch on the page's clock; `now` is that of sending, ms since the document began. */
function observePage(binding: string): void {
  // about:blank and the browser's own error pages are no views of the target.
  if (!location.protocol.startsWith('http')) return;
  if (window !== window.top || window.__loadSuitePage) return;
  const origin = performance.timeOrigin;
  const send = (message: unknown) => {
    const call = (window as unknown as Record<string, ((text: string) => void) | undefined>)[binding];
    call?.(JSON.stringify(message));
  };
  const types = PerformanceObserver.supportedEntryTypes;
  const softNavigation = (globalThis as unknown as Record<string, { prototype: object } | undefined>)
    .PerformanceSoftNavigation;
  send({
    kind: 'document',
    origin,
    now: performance.now(),
    entries: {
      // As web-vitals asks (lib/softNavs.ts): an earlier form of these entries is of no use to it.
      softNavigation:
        types.includes('soft-navigation') &&
        softNavigation !== undefined &&
        'getLargestInteractionContentfulPaint' in softNavigation.prototype,
      longTask: types.includes('longtask'),
      longAnimationFrame: types.includes('long-animation-frame'),
    },
  });

  // pointerdown and keydown are interactions (they count for INP); `input` and `change` are how Playwright's
  // fill() and selectOption() reach the page, at times from a script too: of its own world, whose functions are its own.
  let dispatching = 0;
  EventTarget.prototype.dispatchEvent = new Proxy(EventTarget.prototype.dispatchEvent, {
    apply(dispatch, target, given) {
      dispatching += 1;
      try {
        return Reflect.apply(dispatch, target, given);
      } finally {
        dispatching -= 1;
      }
    },
  });
  // Named when pressed: the browser does not name what an answer to the press has taken away, and in an application
  // with client-side navigation that is the rule (a dialog's button, a form's, a menu's).
  const pressed: Array<{ t: number; name: string }> = [];
  const MOST_PRESSED = 200;
  const nameOf = (target: EventTarget | null): string => {
    let name = '';
    for (let node = target as Element | null; node instanceof Element; node = node.parentElement) {
      const classes = [...node.classList].sort().map((part) => `.${part}`);
      const part = node.id ? `#${node.id}` : `${node.localName}${classes.join('')}`;
      if (`${part}>${name}`.length > 100) break;
      name = name ? `${part}>${name}` : part;
      if (node.id) break;
    }
    return name;
  };
  const onInput = (event: Event) => {
    if (dispatching > 0) return; // the page's own doing
    const interaction = event.isTrusted && (event.type === 'pointerdown' || event.type === 'keydown');
    if (interaction) {
      if (pressed.length === MOST_PRESSED) pressed.shift();
      pressed.push({ t: event.timeStamp, name: nameOf(event.target) });
    }
    send({ kind: 'input', origin, now: performance.now(), t: origin + event.timeStamp, interaction });
  };
  for (const type of ['pointerdown', 'keydown', 'input', 'change']) {
    addEventListener(type, onInput, { capture: true, passive: true });
  }

  // The browser's own list of them is full after 250.
  const answers: PerformanceResourceTiming[] = [];
  const MOST_ANSWERS = 100;
  const noteAnswers = (entries: PerformanceEntryList) => {
    for (const entry of entries as PerformanceResourceTiming[]) {
      if (entry.initiatorType !== 'fetch' && entry.initiatorType !== 'xmlhttprequest') continue;
      if (answers.length === MOST_ANSWERS) answers.shift();
      answers.push(entry);
    }
  };
  const timing = new PerformanceObserver((list) => noteAnswers(list.getEntries()));
  timing.observe({ type: 'resource', buffered: true });
  const page: InPage = {
    answers(url) {
      noteAnswers(timing.takeRecords());
      return answers
        .filter(({ name }) => name === url)
        .map(({ startTime, responseEnd, responseStatus }) => [startTime, responseEnd, responseStatus]);
    },
    pressedBy: (t) => pressed.findLast((press) => press.t <= t)?.name,
  };
  window.__loadSuitePage = page;
}

/** Reports every change of every Web Vital. Recipe and evidence: docs/measuring.md. */
function observeVitals(binding: string, mark: string): void {
  if (window !== window.top || !location.protocol.startsWith('http')) return;
  const origin = performance.timeOrigin;
  const page = globalThis as unknown as Record<string, unknown>;
  const vitals = page.webVitals as typeof import('web-vitals/attribution') | undefined;
  if (!vitals) return;
  const round = (value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value);
  type Attributed = import('web-vitals/attribution').MetricWithAttribution;
  const attributionOf = (metric: Attributed): Record<string, unknown> => {
    if (metric.name === 'LCP') {
      const a = metric.attribution;
      return {
        element: a.target,
        url: a.url,
        timeToFirstByte: round(a.timeToFirstByte),
        resourceLoadDelay: round(a.resourceLoadDelay),
        resourceLoadDuration: round(a.resourceLoadDuration),
        elementRenderDelay: round(a.elementRenderDelay),
      };
    }
    if (metric.name === 'CLS') {
      const a = metric.attribution;
      return { element: a.largestShiftTarget, shift: a.largestShiftValue, at: round(a.largestShiftTime) };
    }
    if (metric.name === 'INP') {
      const a = metric.attribution;
      const script = a.longestScript;
      return {
        // Without a time it was quicker than the browser tells (web-vitals then says 8 ms).
        element: a.interactionTarget ?? window.__loadSuitePage?.pressedBy(a.interactionTime ?? -1),
        at: round(a.interactionTime),
        type: a.interactionType,
        inputDelay: round(a.inputDelay),
        processingDuration: round(a.processingDuration),
        presentationDelay: round(a.presentationDelay),
        script: script?.entry.sourceURL,
        scriptDuration: round(script?.intersectingDuration),
        function: script?.entry.sourceFunctionName || undefined,
        invoker: script?.entry.invoker,
      };
    }
    return {};
  };
  const isOfMark = (entry?: object) => entry && 'id' in entry && entry.id === mark;
  const report = (metric: Attributed) => {
    // Of what was drawn on a canvas the browser has no largest paint.
    if (metric.name === 'LCP' && isOfMark(metric.entries.at(-1))) return;
    const call = page[binding] as ((text: string) => void) | undefined;
    call?.(
      JSON.stringify({
        kind: 'vital',
        origin,
        name: metric.name,
        value: metric.value,
        soft: metric.navigationType === 'soft-navigation',
        navigation: metric.navigationId,
        began: origin + (metric.navigationStartTime ?? 0),
        url: metric.navigationURL ?? location.href,
        attribution: attributionOf(metric),
      }),
    );
  };
  const options = { reportAllChanges: true, reportSoftNavs: true };
  vitals.onTTFB(report, options);
  vitals.onFCP(report, options);
  vitals.onLCP(report, options);
  vitals.onCLS(report, options);
  // 16 ms is the lowest threshold the browser takes; web-vitals' default of 40 loses quick interactions.
  vitals.onINP(report, { ...options, durationThreshold: 16 });
}

/**
 * Ends a page view for web-vitals without leaving the page: plays "hidden" for one event and takes it back. For when the
 * last paint has been reported.
 */
export function flushVitals(): void {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  Reflect.deleteProperty(document, 'visibilityState');
}

let script: string | undefined;

/** The whole init script. web-vitals' UMD build: the IIFE one leaves no global in an init script. */
export function initScript(): string {
  if (!script) {
    const require = createRequire(import.meta.url);
    const library = readFileSync(require.resolve('web-vitals/attribution'), 'utf8');
    script = [
      `(${observePage.toString()})(${JSON.stringify(BINDING)});`,
      `(${observeChanges.toString()})(${JSON.stringify(CHANGE_NAMES)});`,
      // In a function of its own, so that only the library gets another PerformanceObserver.
      `(function (PerformanceObserver) {${library}\n}).call(globalThis, (${observerAfterTyping.toString()})());`,
      `(${observeVitals.toString()})(${JSON.stringify(BINDING)}, ${JSON.stringify(MARK)});`,
      `(${observeMainThread.toString()})(${JSON.stringify(BINDING)});`,
      `(${observeLoads.toString()})(${JSON.stringify(BINDING)}, ${JSON.stringify(NO_SIZE)});`,
    ].join('\n');
  }
  return script;
}
