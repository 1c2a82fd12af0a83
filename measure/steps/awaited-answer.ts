import { setImmediate as immediate } from 'node:timers/promises';
import type { Page, Request, Response } from '@playwright/test';
import { CLOCK_TOLERANCE_MS, driverNow, type Moment, onDriver } from '../browser/page-clock.ts';
import type { Came } from '../browser/step-clock.ts';
import { kindOfNoAnswer } from '../errors/foreign-texts.ts';

const API_BASE = '/api/v1';

/** Paths of the API, wherever it is: a stock deployment calls another port, others a path of their own. `*`: one part. */
export function pathExpression(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:/[^/]+)*?${API_BASE}${parts.join('[^/]+')}/?$`);
}

/** The request that got the last answer, or none; redirects are followed to their end. */
export interface Answered {
  request: Request;
  response?: Response;
  /** It broke off in the middle. */
  failed: Error | null;
}

interface Clocks {
  /** First input of the step since a moment of the driver's clock. */
  firstInput(since: number): Moment | undefined;
  /** Makes sure that the page's clock and the driver's can be compared. */
  compareClocks(): Promise<void>;
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
  const isOwn = async (request: Request): Promise<boolean> => {
    await done;
    const first = firstOf(request);
    const at = heard.get(first);
    if (at === undefined) return false;
    const input = clocks.firstInput(began);
    const since = input ? onDriver(input)[0] : began;
    return (startOf(first) ?? at) >= since - CLOCK_TOLERANCE_MS;
  };
  const ending = new AbortController();
  page.on('request', hear);
  let answer: Answered | undefined;
  const answered = Promise.race([
    page.waitForResponse(async (response) => {
      const request = response.request();
      if (answer || !heard.has(firstOf(request)) || !(await isOwn(request))) return false;
      const failed = await response.finished();
      await immediate(); // the next request of a redirect is heard of right after
      if (request.redirectedTo() || (failed && isAborted(request))) return false;
      answer ??= { request, response, failed };
      return true;
    }),
    failedRequest(page, isOwn, ending.signal),
  ]).finally(() => {
    ending.abort();
    page.off('request', hear);
  });
  answered.catch(() => undefined); // when the action fails first, its own error says more
  await action();
  await clocks.compareClocks();
  sayDone();
  const came = await answered.catch(failing);
  return answer ?? { request: came as Request, failed: null };
}

/** When the last byte of an answer came. The browser says when its request began by the wall clock, the rest as durations. */
export function cameWith({ request, response }: Answered): Came {
  const begun = startOf(request);
  const { responseEnd } = request.timing();
  const now = driverNow();
  const at = begun === undefined ? Number.NaN : begun + responseEnd;
  if (!response || responseEnd < 0 || !(at <= now + CLOCK_TOLERANCE_MS))
    return { by: { at: now }, coarse: true };
  return { from: { at: at - WALL_CLOCK_STEP_MS }, by: { at: Math.min(at, now) } };
}

/** `Date.now()` gives whole ms. */
const WALL_CLOCK_STEP_MS = 1;

/** When it began, on the driver's clock: the wall clock may have been set since the process began. Undefined: unknown. */
function startOf(request: Request): number | undefined {
  const { startTime } = request.timing();
  return startTime > 0 ? startTime + driverNow() - Date.now() : undefined;
}

/** The first of its redirects. */
function firstOf(request: Request): Request {
  const before = request.redirectedFrom();
  return before ? firstOf(before) : request;
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
