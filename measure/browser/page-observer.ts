import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, ConsoleMessage, Page, Request } from '@playwright/test';
import type { Throttle } from '../../config/throttle.ts';
import { addressBlockedByCors, isFailedLoad } from '../errors/foreign-texts.ts';
import type { ErrorKind } from '../run/error-kind.ts';
import type { Sample } from '../run/samples.ts';
import { BINDING, flushVitals, initScript, type PageMessage } from './in-page.ts';
import { onActs } from './page-acts.ts';
import { driverNow, type Noted, PageClock } from './page-clock.ts';
import { type ExpectedRefusal, type NameRequest, PageRequests } from './page-requests.ts';
import { PageViews } from './page-views.ts';
import { MARK, paintsReported } from './paints-reported.ts';
import type { StepClock } from './step-clock.ts';
import { slowDown } from './throttle.ts';

/** Fields that every sample of this page carries. */
export interface About {
  session: string;
  [field: string]: unknown;
}

export interface ObserverOptions {
  /** What the browser is slowed down by. Absent: nothing. */
  throttle?: Throttle;
  /** The API is on another origin than the pages. Absent: the first call tells, and an answer to it that pages may not read has no status. */
  isApiElsewhere?: boolean;
}

/** A view that was only just painted is not reported yet: asked again until then. */
const FLUSH_AGAIN_MS = 100;
const FLUSH_LIMIT_MS = 2000;
const PAINT_LIMIT_MS = 1000;
const DISCONNECTED_WITHIN_MS = 50;

/**
 * Listens to one page: page views, Web Vitals, user input, requests, page errors. Writes samples as they happen.
 * Attach it before the first navigation.
 */
export class PageObserver {
  readonly page: Page;
  readonly views: PageViews;
  readonly isWarmup: boolean;
  readonly #write: (sample: Sample) => void;
  readonly #requests: PageRequests;
  #clock: StepClock | undefined;
  #step: string | undefined;
  #journey: string | undefined;
  #devtools: CDPSession | undefined;
  #finished = false;
  #stopActs: (() => void) | undefined;
  #mainFrameId: string | undefined;
  #path: string | undefined;
  /** By the `timeOrigin` that their documents say. */
  readonly #clocks = new Map<number, PageClock>();
  /** Addresses that pages asked for as what they look and work by. */
  readonly #files = new Map<string, 'stylesheet' | 'script'>();
  /** Beginning of the first document since the views before were concluded. */
  #firstOrigin: number | undefined;

  private constructor(page: Page, about: About, write: (sample: Sample) => void, nameRequest: NameRequest) {
    this.page = page;
    this.isWarmup = about.warmup === true;
    this.#write = (sample) => write({ ...about, journey: this.#journey, ...sample } as Sample);
    const isApi = (origin: string) => this.#requests.apiOrigins.has(origin);
    this.views = new PageViews(about.session, this.#write, isApi);
    this.#requests = new PageRequests(page, {
      write: this.#write,
      nameRequest,
      isWarmup: this.isWarmup,
      goingOn: () => ({ step: this.#step, journey: this.#journey }),
      view: () => this.views.current?.page,
      answersOf: (url) => this.answersOf(url),
    });
  }

  static async attach(
    page: Page,
    about: About,
    write: (sample: Sample) => void,
    nameRequest: NameRequest,
    { throttle, isApiElsewhere }: ObserverOptions = {},
  ): Promise<PageObserver> {
    const observer = new PageObserver(page, about, write, nameRequest);
    await observer.#listen(isApiElsewhere);
    await page.addInitScript({ content: initScript() });
    if (throttle && observer.#devtools) await slowDown(observer.#devtools, throttle);
    return observer;
  }

  /** What is measured from now on belongs to this journey. */
  set journey(name: string | undefined) {
    this.#journey = name;
  }

  /** What the page tells from now on belongs to this step. */
  beginStep(name: string, clock: StepClock): void {
    this.#step = name;
    this.#clock = clock;
    if (!this.#stopActs) clock.missActs();
    this.#requests.expectNothing();
  }

  /** A refusal that the journey is there to meet: from now to the next step such answers are as they should be. */
  expect(refusal: ExpectedRefusal): void {
    this.#requests.expect(refusal);
  }

  endStep(): void {
    this.#step = undefined;
    this.#clock = undefined;
  }

  /** Notes when a new document was begun, for steps that start with a navigation. */
  async navigationStarted(): Promise<void> {
    // It says so by itself; a moment after the browser, so it may have to be asked.
    const origin = this.#firstOrigin ?? (await this.page.evaluate(() => performance.timeOrigin));
    this.#clock?.noteInput({ at: 0, clock: this.clockOf(origin) });
  }

  /** The clock of the document that says this `timeOrigin`. */
  clockOf(origin: number): PageClock {
    const known = this.#clocks.get(origin);
    if (known) return known;
    const clock = new PageClock();
    this.#clocks.set(origin, clock);
    return clock;
  }

  /**
   * Waits until a new view has been painted, and the browser has said so. Nobody acts on a page before seeing it; a driver does, on a busy
   * machine, and the browser then reports nothing of that view.
   */
  async painted(): Promise<void> {
    const painted = this.views.firstPaint().then(() => this.page.evaluate(paintsReported, MARK));
    const isOver = painted.catch(() => undefined); // the page may have gone on
    await Promise.race([isOver, wait(PAINT_LIMIT_MS, undefined, { ref: false })]);
  }

  /** Collects what the views so far still hold. Before a hard navigation, and at the end of a session. */
  async concludeViews(): Promise<void> {
    const limit = Date.now() + FLUSH_LIMIT_MS;
    // A page that is "hidden" before its first paint reports neither FCP nor LCP nor CLS, however long one waits.
    if (!this.page.isClosed())
      await Promise.race([this.views.firstPaint(), wait(FLUSH_LIMIT_MS, undefined, { ref: false })]);
    while (this.views.current && !this.page.isClosed()) {
      const flushed = this.page.evaluate(paintsReported, MARK).then(() => this.page.evaluate(flushVitals));
      const isOver = flushed.catch(() => undefined); // a page in mid-flight holds nothing
      await Promise.race([isOver, wait(Math.max(0, limit - Date.now()), undefined, { ref: false })]);
      if (this.views.currentIsReported || Date.now() >= limit) break;
      await wait(FLUSH_AGAIN_MS);
    }
    this.#requests.givenUp.wentElsewhere(); // what the page took back before has been heard of by now
    this.views.conclude();
    this.#firstOrigin = undefined;
  }

  /** Writes everything still under way; requests without an answer are reported as interrupted. The page may be closed afterwards. */
  async finish(): Promise<void> {
    await this.concludeViews();
    // A page goes on until it is closed, which may be after all is written: what it does then is no session's.
    this.#finished = true;
    this.#stopActs?.();
    await this.#requests.finish();
    await this.#devtools?.detach().catch(() => undefined); // the page may be gone already
  }

  async #listen(isApiElsewhere?: boolean): Promise<void> {
    const { page } = this;
    // DevTools tells a new document from a change of route within one; Playwright's `framenavigated` does not.
    this.#devtools = await page.context().newCDPSession(page);
    this.#devtools.on('Page.frameNavigated', ({ frame }) => {
      if (this.#finished) return;
      if (frame.parentId || !frame.url.startsWith('http')) return;
      this.views.loaded(frame.url, Date.now());
      this.#showed(frame.url);
    });
    // The browser's own buttons: a user who goes back or reloads leaves the view without a click in the page.
    this.#devtools.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
      if (frameId !== this.#mainFrameId || !/^(history|reload)/.test(navigationType)) return;
      this.#requests.givenUp.wentElsewhere();
      this.views.wentBack();
    });
    this.#devtools.on('Page.navigatedWithinDocument', ({ url, frameId }) => {
      if (frameId !== this.#mainFrameId || this.#finished) return;
      this.views.routed(url, Date.now());
      this.#showed(url);
    });
    // A binding of DevTools' own: Playwright's answers each message with a call into the page, which costs more than it.
    this.#devtools.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING && !this.#finished) this.#hear(JSON.parse(payload) as PageMessage);
    });
    this.#stopActs = onActs(page, (act) => this.#clock?.noteAct(act));
    await this.#devtools.send('Runtime.enable'); // without it there are no bindings
    await this.#devtools.send('Runtime.addBinding', { name: BINDING });
    const { frameTree } = await this.#devtools.send('Page.getFrameTree');
    this.#mainFrameId = frameTree.frame.id;
    await this.#devtools.send('Page.enable');
    this.#requests.listen(this.#devtools, isApiElsewhere);
    page.on('request', (request) => {
      // A stream is open for as long as the page is: nobody waits for its end.
      const type = request.resourceType();
      if (type !== 'eventsource') this.views.asked(request, Date.now());
      if (type === 'stylesheet' || type === 'script') this.#files.set(request.url(), type);
    });
    for (const ended of ['requestfinished', 'requestfailed'] as const)
      page.on(ended as 'requestfinished', (request) => this.views.answered(request, Date.now()));
    page.on('crash', () => {
      this.#requests.givenUp.wentElsewhere();
      this.#error('page crashed', 'page-crashed', 'the page crashed');
      this.views.conclude();
      this.#devtools = undefined; // a session with a crashed page cannot be detached: that never ends
    });
    page.on('close', () => {
      this.#stopActs?.();
      this.#requests.givenUp.wentElsewhere();
      this.views.conclude();
      if (!this.#finished) void this.#lostWithBrowser();
    });
    page.on('console', (message) => this.#console(message));
    page.on('pageerror', (error) =>
      this.#error('page error', 'page-error', error.message.split('\n')[0] ?? 'no message'),
    );
  }

  /** Requests of this address, as the newest document noted them. */
  async answersOf(url: string): Promise<Noted[]> {
    const { clock, said } = (await this.#ask<Array<[number, number, number]>>(
      `window.__loadSuitePage?.answers(${JSON.stringify(url)})`,
    )) ?? { said: undefined };
    return (said ?? []).map(([begin, end, status]) => ({
      begin: { at: begin, clock },
      end: { at: end, clock },
      status,
    }));
  }

  /** Asks the newest document, and for its time: so its clock is compared with the driver's. Undefined: it is gone. */
  async #ask<T>(expression: string): Promise<{ clock: PageClock; said: T | undefined } | undefined> {
    const asked = driverNow();
    const answer = await this.#devtools
      ?.send('Runtime.evaluate', {
        expression: `[performance.timeOrigin, performance.now(), ${expression}]`,
        returnByValue: true,
      })
      .catch(() => undefined); // it is gone, or about to be
    const [origin, now, said] = (answer?.result.value ?? []) as [number?, number?, T?];
    if (origin === undefined || now === undefined) return;
    const clock = this.clockOf(origin);
    clock.answered(now, asked);
    return { clock, said };
  }

  /** Pages are closed first when their browser ends. */
  async #lostWithBrowser(): Promise<void> {
    const lost = { step: this.#step, page: this.views.current?.page };
    await wait(DISCONNECTED_WITHIN_MS);
    if (this.page.context().browser()?.isConnected() !== false) return;
    this.#write({
      ...lost,
      t: Date.now(),
      kind: 'error',
      name: 'browser lost',
      errorKind: 'browser-lost',
      error: 'the browser ended',
    });
  }

  #hear(message: PageMessage): void {
    if ('now' in message) this.clockOf(message.origin).heard(message.now);
    if (message.kind === 'document') {
      void this.#ask('0');
      this.#firstOrigin ??= message.origin;
      this.views.documentBegan(message.origin, message.entries);
    } else if (message.kind === 'vital') this.views.vital(message);
    else if (message.kind === 'busy') this.views.busy(message);
    else if (message.kind === 'loads') this.views.loads(message);
    else {
      this.#requests.givenUp.acted();
      const input = { at: message.t - message.origin, clock: this.clockOf(message.origin) };
      this.#clock?.noteInput(input, { isTyped: !message.interaction });
      if (message.interaction) this.views.interacted(message.t);
    }
  }

  /** Another path is another view for the user, also where it is one of the same route. */
  #showed(url: string): void {
    const { pathname } = new URL(url);
    if (pathname !== this.#path) this.#requests.givenUp.viewBegan();
    this.#path = pathname;
  }

  /** As PageRequests says. */
  isAnswered(request: Request, begun: number): Promise<boolean> {
    return this.#requests.isAnswered(request, begun);
  }

  /** As PageRequests says. */
  hiddenStatus(request: Request): Promise<number> {
    return this.#requests.hiddenStatus(request);
  }

  /** What the browser itself says of an API call that failed is the request's sample already. */
  #console(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const isRequest = isFailedLoad(message.text());
    const blocked = addressBlockedByCors(message.text());
    if ((isRequest && this.#requests.isOperation(url)) || (blocked && this.#requests.isOperation(blocked)))
      return;
    const where = isRequest ? ` (${withoutQuery(url)})` : '';
    const text = `${message.text().split('\n')[0]}${where}`;
    const file = isRequest ? this.#files.get(url) : undefined;
    if (file) this.#error(`${file} not loaded`, 'file-not-loaded', text);
    else this.#error('console error', 'console-error', text);
  }

  #error(name: string, errorKind: ErrorKind, error: string): void {
    if (this.#finished) return;
    this.#write({
      t: Date.now(),
      kind: 'error',
      name,
      error: error.slice(0, 500),
      errorKind,
      step: this.#step,
      page: this.views.current?.page,
      view: this.views.current?.id,
    });
  }
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url.split('?')[0] || 'no address';
}
