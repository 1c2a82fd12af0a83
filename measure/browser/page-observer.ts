import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, ConsoleMessage, Page, Request } from '@playwright/test';
import type { Throttle } from '../../config/throttle.ts';
import type { OperationClass, Sample } from '../run/samples.ts';
import { driverNow, type StepClock } from '../steps/step-clock.ts';
import { HiddenAnswers } from './hidden-answers.ts';
import { BINDING, flushVitals, initScript, type PageMessage, twoFrames } from './in-page.ts';
import { PageViews } from './page-views.ts';
import { requestSample } from './request-sample.ts';
import { slowDown } from './throttle.ts';

/** Names a request by its operation; undefined: not a call of the API. */
export type NameRequest = (
  method: string,
  url: string,
) => { name: string; class: OperationClass } | undefined;

/** Fields that every sample of this page carries. */
export interface About {
  session: string;
  [field: string]: unknown;
}

/** An answer of 400 or more that is right: the door must stay closed. */
export interface ExpectedRefusal {
  method: string;
  /** Matches the path of the URL. */
  path: RegExp;
  status: readonly number[];
}

/** What was going on when a request was sent. An answer may come a step or a journey later, and is theirs all the same. */
interface Sent {
  /** ms since the epoch: of a failed one the browser does not say. */
  begun: number;
  step?: string;
  journey?: string;
}

/** A view that was only just painted is not reported yet: asked again until then. */
const FLUSH_AGAIN_MS = 100;
const FLUSH_LIMIT_MS = 2000;
/** What the browser says of a request whose answer the page may not read, among others. */
const CORS_FAILURE = 'net::ERR_FAILED';
/** What the console says of it, with the address. */
const CORS_CONSOLE = /^Access to (?:fetch|XMLHttpRequest) at '([^']+)' .*blocked by CORS policy/;
const PAINT_LIMIT_MS = 1000;

/**
 * Listens to one page: page views, Web Vitals, user input, requests, page errors. Writes samples as they happen.
 * Attach it before the first navigation.
 */
export class PageObserver {
  readonly page: Page;
  readonly views: PageViews;
  readonly #write: (sample: Sample) => void;
  readonly #nameRequest: NameRequest;
  readonly #pending = new Set<Promise<void>>();
  #expected: ExpectedRefusal[] = [];
  #clock: StepClock | undefined;
  #step: string | undefined;
  #journey: string | undefined;
  #devtools: CDPSession | undefined;
  #hidden: HiddenAnswers | undefined;
  /** Requests of the API that have no sample yet. */
  readonly #underWay = new Map<Request, Sent>();
  #finished = false;
  /** Statuses of answers that the page could not read, 0 for none. */
  readonly #hiddenStatus = new WeakMap<Request, Promise<number>>();

  private constructor(page: Page, about: About, write: (sample: Sample) => void, nameRequest: NameRequest) {
    this.page = page;
    this.#nameRequest = nameRequest;
    this.#write = (sample) => write({ ...about, journey: this.#journey, ...sample } as Sample);
    this.views = new PageViews(about.session, this.#write);
  }

  static async attach(
    page: Page,
    about: About,
    write: (sample: Sample) => void,
    nameRequest: NameRequest,
    throttle?: Throttle,
  ): Promise<PageObserver> {
    const observer = new PageObserver(page, about, write, nameRequest);
    await observer.#listen();
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
    this.#expected = [];
  }

  /** A refusal that the journey is there to meet: from now to the next step such answers are as they should be. */
  expect(refusal: ExpectedRefusal): void {
    this.#expected.push(refusal);
  }

  endStep(): void {
    this.#step = undefined;
    this.#clock = undefined;
  }

  /** Notes when a new document was begun, for steps that start with a navigation. */
  async navigationStarted(): Promise<void> {
    const asked = this.page.evaluate(() => performance.timeOrigin);
    // One that sends its user on at once is gone before it is asked; it has told by itself.
    const origin = await asked.catch((error) => this.#firstOrigin ?? Promise.reject(error));
    this.#clock?.startedAt(origin);
  }

  /**
   * Waits until a new view has been painted. Nobody acts on a page before seeing it; a driver does, on a busy
   * machine, and the browser then reports nothing of that view.
   */
  async painted(): Promise<void> {
    const frames = this.page.evaluate(twoFrames).catch(() => undefined); // the page may have gone on
    const painted = Promise.all([frames, this.views.firstPaint()]);
    await Promise.race([painted, wait(PAINT_LIMIT_MS, undefined, { ref: false })]);
  }

  /** Collects what the views so far still hold. Before a hard navigation, and at the end of a session. */
  async concludeViews(): Promise<void> {
    const limit = Date.now() + FLUSH_LIMIT_MS;
    // A page that is "hidden" before its first paint reports neither FCP nor LCP nor CLS, however long one waits.
    if (!this.page.isClosed())
      await Promise.race([this.views.firstPaint(), wait(FLUSH_LIMIT_MS, undefined, { ref: false })]);
    while (this.views.current && !this.page.isClosed()) {
      const flushed = this.page.evaluate(flushVitals).catch(() => undefined); // a page in mid-flight holds nothing
      await Promise.race([flushed, wait(Math.max(0, limit - Date.now()), undefined, { ref: false })]);
      if (this.views.currentIsReported || Date.now() >= limit) break;
      await wait(FLUSH_AGAIN_MS);
    }
    this.views.conclude();
    this.#firstOrigin = undefined;
  }

  /** Writes everything still under way; requests without an answer are told as interrupted. The page may be closed afterwards. */
  async finish(): Promise<void> {
    await this.concludeViews();
    const written = Promise.allSettled(this.#pending);
    // A page that has crashed may never answer.
    await Promise.race([written, wait(FLUSH_LIMIT_MS, undefined, { ref: false })]);
    this.#finished = true;
    for (const request of this.#underWay.keys()) this.#interrupted(request);
    this.#underWay.clear();
    await this.#devtools?.detach().catch(() => undefined); // the page may be gone already
  }

  async #listen(): Promise<void> {
    const { page } = this;
    // DevTools tells a new document from a change of route within one; Playwright's `framenavigated` does not.
    this.#devtools = await page.context().newCDPSession(page);
    this.#devtools.on('Page.frameNavigated', ({ frame }) => {
      if (!frame.parentId && frame.url.startsWith('http')) this.views.loaded(frame.url, Date.now());
    });
    this.#devtools.on('Page.navigatedWithinDocument', ({ url, frameId }) => {
      if (frameId === this.#mainFrameId) this.views.routed(url, Date.now());
    });
    // A binding of DevTools' own: Playwright's answers each message with a call into the page, which costs more than it.
    this.#devtools.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING) this.#hear(JSON.parse(payload) as PageMessage);
    });
    await this.#devtools.send('Runtime.enable'); // without it there are no bindings
    await this.#devtools.send('Runtime.addBinding', { name: BINDING });
    const { frameTree } = await this.#devtools.send('Page.getFrameTree');
    this.#mainFrameId = frameTree.frame.id;
    await this.#devtools.send('Page.enable');
    this.#hidden = new HiddenAnswers(this.#devtools);
    page.on('request', (request) => this.#requestBegan(request));
    page.on('requestfinished', (request) => this.#request(request));
    page.on('requestfailed', (request) => this.#request(request, true));
    page.on('crash', () => {
      this.#error('page crashed', 'the page crashed');
      this.views.conclude();
      this.#devtools = undefined; // a session with a crashed page cannot be detached: that never ends
    });
    page.on('close', () => this.views.conclude());
    page.on('console', (message) => this.#console(message));
    page.on('pageerror', (error) => this.#error('page error', error.message.split('\n')[0] ?? 'no message'));
  }

  #mainFrameId: string | undefined;
  /** Beginning of the first document since the views before were concluded. */
  #firstOrigin: number | undefined;

  #hear(message: PageMessage): void {
    if (message.kind === 'document') {
      this.#firstOrigin ??= message.origin;
      this.views.documentBegan(message.origin, message.entries);
    } else if (message.kind === 'vital') this.views.vital(message);
    else if (message.kind === 'busy') this.views.busy(message);
    else {
      this.#clock?.startedAt(message.t);
      if (message.interaction) this.views.interacted(message.t);
    }
  }

  #requestBegan(request: Request): void {
    if (!this.#nameRequest(request.method(), request.url())) return;
    this.#underWay.set(request, { begun: driverNow(), step: this.#step, journey: this.#journey });
    const page = this.page.url();
    if (page.startsWith('http') && new URL(page).origin !== new URL(request.url()).origin)
      this.#hidden?.watch();
  }

  /**
   * Of a request that failed for the page: the status of its answer, where one came that the page may not read (an API
   * of another origin sends a 500 without CORS headers); 0 where none came.
   */
  hiddenStatus(request: Request): Promise<number> {
    const known = this.#hiddenStatus.get(request);
    if (known) return known;
    const isHidden = request.failure()?.errorText === CORS_FAILURE;
    const status = isHidden ? (this.#hidden?.statusOf(request) ?? Promise.resolve(0)) : Promise.resolve(0);
    this.#hiddenStatus.set(request, status);
    return status;
  }

  #request(request: Request, failed = false): void {
    const operation = this.#nameRequest(request.method(), request.url());
    // What ends after the session's end was told as interrupted.
    if (!operation || this.#finished) return;
    const { begun, step, journey } = this.#underWay.get(request) ?? { begun: driverNow() };
    const page = this.views.current?.page;
    const expected = this.#expected;
    const sampled = failed
      ? this.hiddenStatus(request).then((hiddenStatus) =>
          requestSample(request, operation, { begun, hiddenStatus }),
        )
      : requestSample(request, operation);
    const written = sampled
      .then((sample) => {
        if (this.#finished) return;
        this.#underWay.delete(request);
        const isExpected = expected.some((refusal) => isRefusal(refusal, request, sample.status));
        const as = isExpected && { ok: true, expected: true as const };
        this.#write({ ...sample, ...as, step, page, journey });
      })
      .finally(() => this.#pending.delete(written));
    this.#pending.add(written);
  }

  /** The session ended before its answer came. */
  #interrupted(request: Request): void {
    const operation = this.#nameRequest(request.method(), request.url())?.name;
    const page = this.views.current?.page;
    this.#write({ t: Date.now(), kind: 'event', name: 'request interrupted', page, data: { operation } });
  }

  /** What the browser itself says of an API call that failed is the request's sample already. */
  #console(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const isRequest = message.text().startsWith('Failed to load resource');
    const blocked = CORS_CONSOLE.exec(message.text())?.[1];
    if ((isRequest && this.#isOperation(url)) || (blocked && this.#isOperation(blocked))) return;
    const where = isRequest ? ` (${withoutQuery(url)})` : '';
    this.#error('console error', `${message.text().split('\n')[0]}${where}`);
  }

  #isOperation(url: string): boolean {
    return (
      URL.canParse(url) &&
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].some((method) => this.#nameRequest(method, url))
    );
  }

  #error(name: string, error: string): void {
    this.#write({
      t: Date.now(),
      kind: 'error',
      name,
      error: error.slice(0, 500),
      step: this.#step,
      page: this.views.current?.page,
    });
  }
}

function isRefusal(expected: ExpectedRefusal, request: Request, status: number): boolean {
  return (
    status >= 400 &&
    expected.status.includes(status) &&
    expected.method === request.method() &&
    expected.path.test(new URL(request.url()).pathname)
  );
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url.split('?')[0] || 'no address';
}
