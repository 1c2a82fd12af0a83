import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page, Request } from '@playwright/test';
import { HIDDEN_ANSWER } from '../errors/foreign-texts.ts';
import type { OperationClass, Sample } from '../run/samples.ts';
import { HiddenAnswers } from './hidden-answers.ts';
import { requestSample } from './request-sample.ts';
import { driverNow } from './step-clock.ts';

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

interface Sent extends GoingOn {
  /** ms since the epoch: of a failed one the browser does not say. */
  begun: number;
}

export interface PageRequestsParts {
  write(sample: Sample): void;
  nameRequest: NameRequest;
  goingOn(): GoingOn;
  /** Name of the view that is shown. */
  view(): string | undefined;
}

const ANSWERED_WITHIN_MS = 2000;

/** The API calls of one page: a sample each, whatever became of it. */
export class PageRequests {
  readonly #page: Page;
  readonly #parts: PageRequestsParts;
  readonly #pending = new Set<Promise<void>>();
  #expected: ExpectedRefusal[] = [];
  #hidden: HiddenAnswers | undefined;
  /** Those that have no sample yet. */
  readonly #underWay = new Map<Request, Sent>();
  #finished = false;
  /** Statuses of answers that the page could not read, 0 for none. */
  readonly #hiddenStatus = new WeakMap<Request, Promise<number>>();

  constructor(page: Page, parts: PageRequestsParts) {
    this.#page = page;
    this.#parts = parts;
  }

  listen(devtools: CDPSession): void {
    this.#hidden = new HiddenAnswers(devtools);
    this.#page.on('request', this.#began);
    this.#page.on('requestfinished', this.#ended);
    this.#page.on('requestfailed', this.#failed);
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
   * Writes everything still under way; requests without an answer are told as interrupted. A page goes on until it is
   * closed, and would ask the target for what no session knows of: it is taken off the network.
   */
  async finish(): Promise<void> {
    const written = Promise.allSettled(this.#pending);
    // A page that has crashed may never answer.
    await Promise.race([written, wait(ANSWERED_WITHIN_MS, undefined, { ref: false })]);
    this.#finished = true;
    for (const request of this.#underWay.keys()) this.#interrupted(request);
    this.#underWay.clear();
    await this.#page
      .context()
      .setOffline(true)
      .catch(() => undefined); // it is closed already
    this.#page.off('request', this.#began);
    this.#page.off('requestfinished', this.#ended);
    this.#page.off('requestfailed', this.#failed);
  }

  readonly #began = (request: Request): void => {
    if (!this.#parts.nameRequest(request.method(), request.url())) return;
    if (this.#finished) {
      this.#interrupted(request);
      return;
    }
    this.#underWay.set(request, { begun: driverNow(), ...this.#parts.goingOn() });
    const page = this.#page.url();
    if (page.startsWith('http') && new URL(page).origin !== new URL(request.url()).origin)
      this.#hidden?.watch();
  };

  readonly #ended = (request: Request): void => this.#write(request, false);
  readonly #failed = (request: Request): void => this.#write(request, true);

  #write(request: Request, failed: boolean): void {
    const operation = this.#parts.nameRequest(request.method(), request.url());
    // What ends after the session's end was told as interrupted.
    if (!operation || this.#finished) return;
    const { begun, step, journey } = this.#underWay.get(request) ?? { begun: driverNow() };
    const page = this.#parts.view();
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
        const as = isExpected && { ok: true, expected: true as const, error: undefined };
        this.#parts.write({ ...sample, ...as, step, page, journey });
      })
      .finally(() => this.#pending.delete(written));
    this.#pending.add(written);
  }

  /** The session ended before its answer came. */
  #interrupted(request: Request): void {
    const operation = this.#parts.nameRequest(request.method(), request.url())?.name;
    const page = this.#parts.view();
    this.#parts.write({
      t: Date.now(),
      kind: 'event',
      name: 'request-interrupted',
      page,
      data: { operation },
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
