import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Frame, Page, Request, Worker } from '@playwright/test';
import { HIDDEN_ANSWER, isTakenBack } from '../errors/foreign-texts.ts';
import type { OperationClass, Sample } from '../run/samples.ts';
import { noteBegun, noteEnded, type UnderWay } from '../run/under-way.ts';
import { BrowserCache } from './browser-cache.ts';
import { GivenUp } from './given-up.ts';
import { HiddenAnswers } from './hidden-answers.ts';
import { driverNow, type Noted, nearest, onDriver } from './page-clock.ts';
import { type Call, type FailedRequest, firstOf, hasNoBody, requestSample } from './request-sample.ts';

/** Names a request by its operation; undefined: not a call of the API. */
export type NameRequest = (
  method: string,
  url: string,
) => { name: string; class: OperationClass } | undefined;

/** An answer of 400 or more that is right: the door must stay closed. */
export interface ExpectedRefusal {
  method: string;
  /** Matches the path of the URL. */
  path: RegExp;
  status: readonly number[];
}

/** What was going on when a request was sent. An answer may come a step or a journey later, and is theirs all the same. */
export interface GoingOn {
  step?: string;
  journey?: string;
}

interface Sent extends GoingOn, Omit<Call, 'request'> {
  mark: UnderWay;
  /** ms since the epoch: of a failed one the browser does not say. */
  begun: number;
  /** The same of the last redirect's. */
  redirected: number;
  mayBeCached: boolean;
  isCached?: boolean;
  /** Redirects on its way that the browser may have remembered. */
  mayBeRemembered: readonly Request[];
}

/** How things stood when a request ended. */
interface Ended {
  page?: string;
  expected: readonly ExpectedRefusal[];
}

export interface PageRequestsParts {
  write(sample: Sample): void;
  nameRequest: NameRequest;
  isWarmup: boolean;
  goingOn(): GoingOn;
  /** Name of the view that is shown. */
  view(): string | undefined;
  /** Requests of an address, as their document noted them. */
  answersOf(url: string): Promise<Noted[]>;
}

/** An event stream is closed by who needs no more of it, and a document that is not shown is saved, or nothing (204). */
const ANSWERED_BY_HEAD = ['eventsource', 'document'];
/** A page that aborts so soon after the head had in it what it needed: no time-out begins with the head. */
const WITH_HEAD_MS = 50;
/** A page notes a request a moment after the driver hears of its end. */
const NOTED_WITHIN_MS = 200;
const ANSWERED_WITHIN_MS = 2000;
/** A redirect that the page asked not to follow (`redirect: 'manual'`) is begun all the same, and ended at once. */
const NOT_FOLLOWED_WITHIN_MS = 20;

/**
 * The API calls of one page, of its pop-ups and of its service workers: a sample each, whatever became of it. A call that
 * is redirected is one, from its first sending to the last answer. What the browser's caches answer never reaches the target: an event and no sample.
 */
export class PageRequests {
  readonly #page: Page;
  readonly #parts: PageRequestsParts;
  readonly #pending = new Set<Promise<void>>();
  #expected: ExpectedRefusal[] = [];
  #hidden: HiddenAnswers | undefined;
  readonly #cache = new BrowserCache();
  /** Hears of what the user does, and when views begin. */
  readonly givenUp = new GivenUp();
  /** Those that have no sample yet. */
  readonly #underWay = new Map<Request, Sent>();
  #finished = false;
  /** Where calls of the API went to. */
  readonly apiOrigins = new Set<string>();
  /** Documents on their way, by address. */
  readonly #toShow = new Set<string>();
  /** Workers that have ended. */
  readonly #workers: Array<{ began: number; ended: number }> = [];
  /** Statuses of answers that the page could not read, 0 for none. */
  readonly #hiddenStatus = new WeakMap<Request, Promise<number>>();

  constructor(page: Page, parts: PageRequestsParts) {
    this.#page = page;
    this.#parts = parts;
  }

  listen(devtools: CDPSession, isApiElsewhere = false): void {
    this.#hidden = new HiddenAnswers(devtools);
    if (isApiElsewhere) this.#hidden.watch();
    // A session has a context to itself: what its pop-ups and service workers ask for is the session's too.
    const context = this.#page.context();
    context.on('request', this.#began);
    context.on('requestfinished', this.#ended);
    context.on('requestfailed', this.#failed);
    this.#page.on('request', this.#isToBeShown);
    this.#page.on('framenavigated', this.#navigated);
    this.#page.on('worker', this.#watchWorker);
    // Of a page that is gone nothing is under way: the age of what it had asked for would grow for ever.
    this.#page.on('close', () => {
      for (const { mark } of this.#underWay.values()) noteEnded(mark);
    });
  }

  /** From now to the next step such answers are as they should be. */
  expect(refusal: ExpectedRefusal): void {
    this.#expected.push(refusal);
  }

  expectNothing(): void {
    this.#expected = [];
  }

  /** Whether a call of the API goes to this address, by whatever method. */
  isOperation(url: string): boolean {
    return (
      URL.canParse(url) &&
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].some((method) => this.#parts.nameRequest(method, url))
    );
  }

  /**
   * Of a request that failed for the page: the status of its answer, where one came that the page may not read (an API
   * of another origin sends a 500 without CORS headers); 0 where none came.
   */
  hiddenStatus(request: Request): Promise<number> {
    const known = this.#hiddenStatus.get(request);
    if (known) return known;
    const isHidden = request.failure()?.errorText === HIDDEN_ANSWER;
    const status = isHidden ? (this.#hidden?.statusOf(request) ?? Promise.resolve(0)) : Promise.resolve(0);
    this.#hiddenStatus.set(request, status);
    return status;
  }

  /**
   * Whether a request that was aborted had its answer all the same: the browser says "aborted" too where the page reads no
   * body, since there is none or since it needs no more of it. `begun` is when it was sent, on the driver's clock.
   */
  async isAnswered(request: Request, begun: number): Promise<boolean> {
    if (!request.existingResponse()) return false;
    if (hasNoBody(request) || ANSWERED_BY_HEAD.includes(request.resourceType())) return true;
    if (request.resourceType() !== 'fetch') return false;
    const url = firstOf(request).url();
    const until = driverNow() + NOTED_WITHIN_MS;
    for (;;) {
      const noted = await this.#parts.answersOf(url);
      const own = nearest(
        noted.filter(({ end }) => onDriver(end)[1] >= begun),
        begun,
      );
      if (own || driverNow() >= until) return (own?.status ?? 0) > 0;
      await wait(NOTED_WITHIN_MS / 4);
    }
  }

  /**
   * Writes everything still under way; requests without an answer are reported as interrupted. A page goes on until it is
   * closed, and would ask the target for what no session knows of: it is taken off the network.
   */
  async finish(): Promise<void> {
    this.givenUp.end();
    const written = Promise.allSettled(this.#pending);
    // A page that has crashed may never answer.
    await Promise.race([written, wait(ANSWERED_WITHIN_MS, undefined, { ref: false })]);
    this.#finished = true;
    for (const { operation, begun, mark } of this.#underWay.values()) {
      noteEnded(mark);
      this.#interrupted(operation, this.#underWayUntil(begun) - begun);
    }
    this.#underWay.clear();
    const context = this.#page.context();
    await context.setOffline(true).catch(() => undefined); // it is closed already
    context.off('request', this.#began);
    context.off('requestfinished', this.#ended);
    context.off('requestfailed', this.#failed);
    this.#page.off('request', this.#isToBeShown);
    this.#page.off('framenavigated', this.#navigated);
    this.#page.off('worker', this.#watchWorker);
  }

  readonly #isToBeShown = (request: Request): void => {
    if (!request.isNavigationRequest()) return;
    const from = request.redirectedFrom();
    if (from) this.#toShow.delete(withoutFragment(from.url()));
    this.#toShow.add(withoutFragment(request.url()));
  };

  readonly #began = (request: Request): void => {
    const mayBeCached = this.#cache.mayHold(request, driverNow());
    const from = request.redirectedFrom();
    const redirected = from && this.#underWay.get(from);
    if (from && redirected) {
      this.#underWay.delete(from);
      this.#underWay.set(request, {
        ...redirected,
        redirects: redirected.redirects + 1,
        redirected: driverNow(),
        mayBeCached,
        mayBeRemembered: [...redirected.mayBeRemembered, ...(redirected.mayBeCached ? [from] : [])],
      });
    } else {
      const operation = this.#parts.nameRequest(request.method(), request.url());
      if (!operation) return;
      this.apiOrigins.add(new URL(request.url()).origin);
      if (this.#finished) {
        this.#interrupted(operation);
        return;
      }
      const begun = driverNow();
      this.givenUp.sent(request, begun);
      const mark = noteBegun({ kind: 'request', ...operation, begun, warmup: this.#parts.isWarmup });
      const call = { first: request, operation, redirects: 0, mark };
      this.#underWay.set(request, {
        ...call,
        begun,
        redirected: begun,
        mayBeCached,
        mayBeRemembered: [],
        ...this.#parts.goingOn(),
      });
    }
    const page = this.#page.url();
    if (page.startsWith('http') && new URL(page).origin !== new URL(request.url()).origin)
      this.#hidden?.watch();
  };

  // What ends after the session's end was reported as interrupted.
  readonly #ended = (request: Request): void => {
    const sent = this.#underWay.get(request);
    if (!sent || this.#finished) return;
    const { status = 0, location } = answerOf(request);
    const now = this.#asItIs();
    this.#later(async () => {
      if (status >= 300 && status < 400 && location !== undefined) {
        // The request that follows is reported after this one's end: once more is heard of it, it is known.
        await request.response().catch(() => undefined); // gone with its page
        if (this.#underWay.get(request) === sent) await this.#write(request, sent, now);
        return;
      }
      if (await this.#cache.isWorkers(request, sent.begun)) return this.#isNone(request, sent);
      const isCached = await this.#cache.gave(request, sent.mayBeCached);
      await this.#write(request, { ...sent, isCached }, now);
    });
  };

  readonly #failed = (request: Request): void => {
    if (request.isNavigationRequest()) this.#toShow.delete(withoutFragment(request.url()));
    const sent = this.#underWay.get(request);
    if (!sent || this.#finished) return;
    const ended = driverNow();
    const from = request.redirectedFrom();
    const isAborted = isTakenBack(request.failure()?.errorText ?? '');
    const isNotFollowed = from && isAborted && ended - sent.redirected < NOT_FOLLOWED_WITHIN_MS;
    const now = this.#asItIs();
    this.#later(async () => {
      if (isNotFollowed) {
        this.#underWay.delete(request);
        const mayBeRemembered = sent.mayBeRemembered.filter((one) => one !== from);
        const isCached = sent.mayBeRemembered.includes(from) && (await this.#cache.remembered([from])) > 0;
        return this.#write(from, { ...sent, redirects: sent.redirects - 1, mayBeRemembered, isCached }, now);
      }
      const { begun } = sent;
      if (!isAborted && (await this.#cache.isWorkers(request, begun, true)))
        return this.#isNone(request, sent);
      if (hasFailedStatus(request) || (isAborted && (await this.isAnswered(request, begun))))
        return this.#write(request, sent, now);
      const isGivenUp =
        isAborted && (await this.givenUp.isGivenUp(request, begun, ended)) && !isPartRemoved(request);
      if (isGivenUp && isClosedWithHead(request)) return this.#write(request, sent, now);
      const hiddenStatus = await this.hiddenStatus(request);
      return this.#write(request, sent, now, { begun, ended, hiddenStatus, isGivenUp });
    });
  };

  /** A frame shows another document: nobody says of what the one before had under way that it ended. */
  readonly #navigated = (frame: Frame): void => {
    const isWithinDocument =
      frame.url().startsWith('http') && !this.#toShow.delete(withoutFragment(frame.url()));
    if (isWithinDocument || this.#finished) return;
    const ended = driverNow();
    for (const [request, sent] of this.#underWay) {
      if (request.isNavigationRequest() || !isOf(frame, request)) continue;
      this.#underWay.delete(request);
      const { begun } = sent;
      const now = this.#asItIs();
      this.#later(() => this.#write(request, sent, now, { begun, ended, hiddenStatus: 0, isGivenUp: false }));
    }
  };

  readonly #watchWorker = (worker: Worker): void => {
    const began = driverNow();
    worker.on('close', () => void this.#workers.push({ began, ended: driverNow() }));
  };

  /** Whose requests are a worker's is not known: one that ended may have taken what it had under way with it. */
  #underWayUntil(begun: number): number {
    const ends = this.#workers.flatMap(({ began, ended }) => (began <= begun && begun <= ended ? ended : []));
    return Math.min(driverNow(), ...ends);
  }

  #asItIs(): Ended {
    return { page: this.#parts.view(), expected: this.#expected };
  }

  /** `finish` waits for it. */
  #later(work: () => Promise<void>): void {
    const written = work().finally(() => this.#pending.delete(written));
    this.#pending.add(written);
  }

  async #write(request: Request, sent: Sent, ended: Ended, failed?: FailedRequest): Promise<void> {
    // Each redirect went to the target, and so did the call, but for what the browser had.
    const remembered = await this.#cache.remembered(sent.mayBeRemembered);
    const redirects = sent.redirects - remembered - (sent.isCached ? 1 : 0);
    if (redirects < 0) return this.#fromCache(request, sent, ended);
    const { step, journey } = sent;
    const { page, expected } = ended;
    const { first, operation } = sent;
    const sample = await requestSample({ first, operation, redirects, request }, failed);
    if (this.#finished) return;
    noteEnded(sent.mark);
    this.#underWay.delete(request);
    const isExpected = expected.some((refusal) =>
      [request, sent.first].some((asked) => isRefusal(refusal, asked, sample.status)),
    );
    const as = isExpected && { ok: true, expected: true as const, error: undefined };
    this.#parts.write({ ...sample, ...as, step, page, journey });
  }

  /** What a service worker asked the target for has a sample of its own. */
  #isNone(request: Request, { mark }: Sent): void {
    noteEnded(mark);
    this.#underWay.delete(request);
  }

  #fromCache(request: Request, { operation, journey, mark }: Sent, { page }: Ended): void {
    if (this.#finished) return;
    noteEnded(mark);
    this.#underWay.delete(request);
    const data = { operation: operation.name };
    this.#parts.write({ t: Date.now(), kind: 'event', name: 'answered-from-cache', page, journey, data });
  }

  /** The session ended before its answer came. */
  #interrupted({ name, class: ofClass }: Call['operation'], ms?: number): void {
    const page = this.#parts.view();
    this.#parts.write({
      t: Date.now(),
      kind: 'event',
      name: 'request-interrupted',
      page,
      data: { operation: name, class: ofClass, ms: ms && Math.round(ms) },
    });
  }
}

/** Status and `Location` of its answer. */
function answerOf(request: Request): { status?: number; location?: string } {
  const response = request.existingResponse();
  return response ? { status: response.status(), location: response.headers().location } : {};
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** Sent by this frame, or by one in it. */
function isOf(frame: Frame, request: Request): boolean {
  if (request.serviceWorker()) return false;
  if (!frame.parentFrame()) return request.frame().page() === frame.page();
  for (let one: Frame | null = request.frame(); one; one = one.parentFrame()) if (one === frame) return true;
  return false;
}

/** Nobody waits for a picture with a time-out, nor for what a frame asked that is gone: the page has taken it away. */
function isPartRemoved(request: Request): boolean {
  return request.resourceType() === 'image' || (!request.serviceWorker() && request.frame().isDetached());
}

/** It failed by its status, whatever became of its body. */
function hasFailedStatus(request: Request): boolean {
  return (request.existingResponse()?.status() ?? 0) >= 400;
}

function isClosedWithHead(request: Request): boolean {
  const { responseStart, responseEnd } = request.timing();
  return request.existingResponse() !== null && responseEnd - responseStart < WITH_HEAD_MS;
}

function isRefusal(expected: ExpectedRefusal, request: Request, status: number): boolean {
  return (
    status >= 400 &&
    expected.status.includes(status) &&
    expected.method === request.method() &&
    expected.path.test(new URL(request.url()).pathname)
  );
}
