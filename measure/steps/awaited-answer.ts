import { setImmediate as immediate } from 'node:timers/promises';
import type { Page, Request, Response } from '@playwright/test';
import { literally } from '../../config/literally.ts';
import {
  between,
  driverNow,
  type Moment,
  type Noted,
  nearest,
  PAGE_ROUNDING_MS,
} from '../browser/page-clock.ts';
import { firstOf } from '../browser/request-sample.ts';
import type { Came } from '../browser/step-clock.ts';
import { kindOfNoAnswer } from '../errors/foreign-texts.ts';

const API_BASE = '/api/v1';

/** Paths of the API, wherever it is: a stock deployment calls another port, others a path of their own. `*`: one part. */
export function pathExpression(path: string): RegExp {
  const parts = path.split('*').map(literally);
  return new RegExp(`^(?:/[^/]+)*?${API_BASE}${parts.join('[^/]+')}/?$`);
}

/** The request that got the last answer, or none; redirects are followed to their end. */
export interface Answered {
  request: Request;
  response?: Response;
  /** It broke off in the middle. */
  failed: Error | null;
  came: Came;
}

interface Clocks {
  /** First input of the step since a moment of the driver's clock. */
  firstInput(since: number): Moment | undefined;
  /** What the page noted of requests of an address. */
  answersOf(url: string): Promise<Noted[]>;
  /** Whether a request that was aborted had its answer; `begun` is when it was heard of. */
  isAnswered(request: Request, begun: number): Promise<boolean>;
}

/**
 * Does something and waits for the answer to a request that it caused. One that was under way before the user's input, such
 * as a page's own regular look, is not its own; nor is one that the page took back, and may send again.
 */
export async function answerTo(
  page: Page,
  isAwaited: (request: Request) => boolean,
  action: () => Promise<unknown>,
  clocks: Clocks,
  failing: (error: unknown) => never,
): Promise<Answered> {
  const began = driverNow();
  /** When each was heard of, on the driver's clock. */
  const heard = new Map<Request, number>();
  const hear = (request: Request) => {
    if (!request.redirectedFrom() && isAwaited(request)) heard.set(request, driverNow());
  };
  const { promise: done, resolve: sayDone } = Promise.withResolvers<void>();
  const isOwn = (begin: Moment) =>
    between(clocks.firstInput(began) ?? { at: began }, begin)[1] >= -PAGE_ROUNDING_MS;
  const ending = new AbortController();
  page.on('request', hear);
  let answer: Answered | undefined;
  const answered = Promise.race([
    page.waitForResponse(async (response) => {
      const request = response.request();
      const first = firstOf(request);
      const at = heard.get(first);
      if (answer || at === undefined) return false;
      const broken = await endOf(page, response);
      await immediate(); // the next request of a redirect is heard of right after
      if (request.redirectedTo()) return false;
      const isAnswered = broken && isAborted(request) && (await clocks.isAnswered(request, at));
      const failed = isAnswered ? null : broken;
      if (failed && isAborted(request)) return false;
      await done;
      const noted = nearest(await clocks.answersOf(first.url()), at);
      if (!isOwn(noted?.begin ?? { at })) return false;
      const came = noted ? { from: noted.end, by: noted.end } : { by: { at: driverNow() }, coarse: true };
      answer ??= { request, response, failed, came };
      return true;
    }),
    failedRequest(
      page,
      async (request) => {
        await done;
        const at = heard.get(firstOf(request));
        return at !== undefined && isOwn({ at });
      },
      ending.signal,
    ),
  ]).finally(() => {
    ending.abort();
    page.off('request', hear);
  });
  answered.catch(() => undefined); // when the action fails first, its own error says more
  await action();
  sayDone();
  const ended = await answered.catch(failing);
  return (
    answer ?? { request: ended as Request, failed: null, came: { by: { at: driverNow() }, coarse: true } }
  );
}

/** What it broke off of, or null: its last byte came. Playwright's `finished` never comes of one that was aborted. */
async function endOf(page: Page, response: Response): Promise<Error | null> {
  const request = response.request();
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  const hear = (ended: Request) => {
    const failure = ended === request && ended.failure();
    if (failure) resolve(new Error(failure.errorText));
  };
  hear(request);
  page.on('requestfailed', hear);
  return Promise.race([response.finished(), failed]).finally(() => page.off('requestfailed', hear));
}

/** The awaited request, when it fails before its answer has come. Until `signal`. */
function failedRequest(
  page: Page,
  isOwn: (request: Request) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Request> {
  return new Promise((failed) => {
    const hear = async (request: Request) => {
      // The application took it back, and may ask again.
      if (isAborted(request) || !(await isOwn(request))) return;
      // One whose answer came is the other's to tell: it broke off in the middle.
      if (!(await request.response().catch(() => null))) failed(request);
    };
    page.on('requestfailed', hear);
    signal.addEventListener('abort', () => page.off('requestfailed', hear), { once: true });
  });
}

function isAborted(request: Request): boolean {
  const failure = request.failure();
  return failure !== null && kindOfNoAnswer(failure.errorText) === 'aborted';
}
