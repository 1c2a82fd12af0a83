import { readFile } from 'node:fs/promises';
import type { Locator, Page, Request, Response } from '@playwright/test';
import type { PageObserver } from '../browser/page-observer.ts';
import { answeredError, ClassifiedError, factsOf } from '../errors/classified-error.ts';
import { firstLine, kindOfNoAnswer, withoutEvent } from '../errors/foreign-texts.ts';
import type { Steps } from './steps.ts';

/** Which answer a step waits for: a method and a path below the API's base, with `*` for one part. */
export interface Awaited {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Statuses that are the expected end of the step. Default: any below 400. One of 400 or more is a refusal that must come. */
  status?: readonly number[];
  /** Statuses by which a known defect answers: they end the step too, and config/known-defects.yml excuses them. */
  defect?: readonly number[];
}

/** What a screen tells and asks of those who watch its page. */
export type Watching = Pick<PageObserver, 'concludeViews' | 'navigationStarted' | 'expect' | 'hiddenStatus'>;

/** What the user sees and waits for. Page objects use these in place of Playwright's own waits: they time exactly. */
export class Screen {
  readonly page: Page;
  readonly #steps: Pick<Steps, 'noteAppeared'>;
  readonly #observer: Watching;

  constructor(page: Page, steps: Pick<Steps, 'noteAppeared'>, observer: Watching) {
    this.page = page;
    this.#steps = steps;
    this.#observer = observer;
  }

  /** Loads a path as a new document, as typing an address does. */
  async goto(path: string): Promise<void> {
    await this.#observer.concludeViews();
    await this.page.goto(path, { waitUntil: 'commit' }).catch(sayWhat(`the page at ${path}`));
    await this.#observer.navigationStarted();
  }

  /** Waits until the application has sent its user to this path. */
  async arrive(path: string): Promise<void> {
    try {
      await this.page.waitForURL((url) => url.pathname === path, { waitUntil: 'commit' });
    } catch (error) {
      // The application navigates twice, by its router and by address: the second cuts the first off.
      if (factsOf(error).errorKind === 'aborted') return this.arrive(path);
      sayWhat(`the page at ${path}`)(error);
    }
  }

  /**
   * Waits until something is seen and notes the moment it came into the page. That moment is read from the page
   * after the wait: Playwright's wait itself returns up to 500 ms late (docs/measuring.md).
   * `withParts`: what was waited for is what its parts say, such as the cells of a row.
   */
  async see(locator: Locator, withParts = false): Promise<Locator> {
    this.#steps.noteAppeared((await stampOnSight(locator, withParts)) ?? (await stampOf(locator, withParts)));
    return locator;
  }

  /** Waits until a dialog has closed, and notes that moment. */
  async seeClosed(dialog: Locator): Promise<void> {
    await dialog.waitFor({ state: 'hidden' });
    this.#steps.noteAppeared(await this.page.evaluate(() => window.__loadSuitePage?.dialogGoneAt() ?? 0));
  }

  /** Waits until an earlier word of success has gone: before what is told by the same word again. */
  async gone(word: Locator): Promise<void> {
    await word.first().waitFor({ state: 'hidden' });
  }

  /** Waits until one of several things is seen; tells which. For pages with more than one good end. */
  async seeOneOf<K extends string>(choices: Record<K, Locator>): Promise<K> {
    const entries = Object.entries(choices) as Array<[K, Locator]>;
    const [[, first] = [], ...others] = entries;
    if (!first) throw new Error('seeOneOf: nothing to wait for');
    const any = others.reduce((joined, [, locator]) => joined.or(locator), first);
    await any.first().waitFor({ state: 'visible' });
    for (const [key, locator] of entries) {
      if (await locator.first().isVisible()) {
        await this.see(locator.first());
        return key;
      }
    }
    return this.seeOneOf(choices); // it went away again between the two looks
  }

  /** Reads that will be refused like this until the next step are as they should be: the door is closed. */
  expectRefused(...status: number[]): void {
    this.#observer.expect({ method: 'GET', path: /./, status });
  }

  /** Values that a select offers, the empty one left out. Waits for the first: choices may come after their form. */
  async choices(select: Locator): Promise<string[]> {
    const options = select.locator('option:not([value=""])');
    await options.first().waitFor({ state: 'attached' });
    const values = await options.evaluateAll((all) =>
      all.map((option) => (option as HTMLOptionElement).value),
    );
    return values.filter((value) => value !== '');
  }

  /**
   * Does something that makes the browser save a file, and gives its bytes once all are there. No page tells that
   * moment: the step ends on the driver's clock, and its sample says so.
   */
  async download(action: () => Promise<unknown>): Promise<Buffer> {
    const begun = this.page.waitForEvent('download').catch(sayWhat('a file to be saved'));
    begun.catch(() => undefined); // when the action fails first, its own error is the telling one
    await action();
    const content = await readFile(await (await begun).path());
    this.#steps.noteAppeared(0);
    if (content.length === 0) throw new ClassifiedError('check', 'the saved file is empty');
    return content;
  }

  /**
   * Does something and waits for the answer that it causes; the step ends with the answer's last byte.
   * Throws when the answer is not a good one, naming method, path and status.
   */
  async answer(awaited: Awaited, action: () => Promise<unknown>): Promise<Response> {
    const { status, response } = await this.#awaitAnswer(awaited, action);
    if (response) return response;
    throw answeredError(
      status,
      `${awaited.method} ${awaited.path} answered ${status}, which the page may not read`,
    );
  }

  /** As `answer`; undefined when a known defect answered, be it hidden from the page (CORS) or not. */
  async answerOrDefect(
    awaited: Awaited & Required<Pick<Awaited, 'defect'>>,
    action: () => Promise<unknown>,
  ): Promise<Response | undefined> {
    const { status, response } = await this.#awaitAnswer(awaited, action);
    return awaited.defect.includes(status) ? undefined : response;
  }

  async #awaitAnswer(
    awaited: Awaited,
    action: () => Promise<unknown>,
  ): Promise<{ status: number; response?: Response }> {
    const expression = pathExpression(awaited.path);
    const isAwaited = (request: Request) =>
      request.method() === awaited.method && expression.test(new URL(request.url()).pathname);
    const ending = new AbortController();
    const answered = Promise.race([
      this.page.waitForResponse((response) => isAwaited(response.request())),
      this.#failed(isAwaited, ending.signal),
    ])
      .finally(() => ending.abort())
      .catch(sayWhat(`the answer to ${awaited.method} ${awaited.path}`));
    const refusals = awaited.status?.filter((status) => status >= 400) ?? [];
    if (refusals.length > 0)
      this.#observer.expect({ method: awaited.method, path: expression, status: refusals });
    answered.catch(() => undefined); // when the action fails first, its own error is the telling one
    await action();
    const came = await answered;
    const request = 'failure' in came ? came : came.request();
    const response = 'failure' in came ? undefined : came;
    const failed = response ? await response.finished() : undefined;
    const status = response ? response.status() : await this.#observer.hiddenStatus(request);
    const { startTime, responseEnd } = request.timing();
    this.#steps.noteAppeared(response && responseEnd >= 0 ? startTime + responseEnd : 0);
    const good = awaited.status ? awaited.status.includes(status) : status > 0 && status < 400;
    if ((!good && !awaited.defect?.includes(status)) || failed) {
      const answered = (what: unknown) => `${awaited.method} ${awaited.path} answered ${what}`;
      if (failed) throw new ClassifiedError(factsOf(failed), answered(failed.message), { cause: failed });
      if (status > 0) throw answeredError(status, answered(status));
      const { errorText = 'nothing' } = request.failure() ?? {};
      throw new ClassifiedError(kindOfNoAnswer(errorText), answered(errorText));
    }
    return { status, response };
  }

  /** The awaited request, when it fails before its answer has come. Until `signal`. */
  #failed(isAwaited: (request: Request) => boolean, signal: AbortSignal): Promise<Request> {
    return new Promise((failed) => {
      const hear = async (request: Request) => {
        // The application took it back, and may ask again.
        if (!isAwaited(request) || isAborted(request)) return;
        // One whose answer came is the other's to tell: it broke off in the middle.
        if (!(await request.response().catch(() => null))) failed(request);
      };
      this.page.on('requestfailed', hear);
      signal.addEventListener('abort', () => this.page.off('requestfailed', hear), { once: true });
    });
  }
}

/**
 * The stamp of an element that is visible as soon as it is there: found once. To find one by role and name is the dearest
 * of all that a session does, so that a second time, for the stamp alone, was much of the price of measuring.
 * Undefined when it was there and not to be seen, or went away again.
 */
async function stampOnSight(locator: Locator, withParts: boolean): Promise<number | undefined> {
  const element = await locator.elementHandle();
  if (!element) return undefined;
  try {
    // One question for both: Playwright's own look at the visible would bring the element from world to world and back.
    const stamp = await element.evaluate(
      (found, parts) => (window.__loadSuitePage ? window.__loadSuitePage.stampOnSight(found, parts) : 0),
      withParts,
    );
    return stamp ?? undefined;
  } catch {
    return undefined; // it went with its document: the locator may find another, or say what is missing
  } finally {
    element.dispose().catch(() => undefined); // gone with its document
  }
}

async function stampOf(locator: Locator, withParts: boolean): Promise<number> {
  await locator.waitFor({ state: 'visible' });
  return locator.evaluateAll(
    ([found], parts) => (found && window.__loadSuitePage?.stampOf(found, parts)) ?? 0,
    withParts,
  );
}

/** Playwright names the locators that it waits for, but no event or address: said here in the words of its call log. */
function sayWhat(what: string): (error: unknown) => never {
  return (error) => {
    const line = withoutEvent(firstLine(error));
    throw new Error(`${line} (waiting for ${what})`, { cause: error });
  };
}

function pathExpression(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${parts.join('[^/]+')}/?$`);
}

function isAborted(request: Request): boolean {
  const failure = request.failure();
  return failure !== null && kindOfNoAnswer(failure.errorText) === 'aborted';
}
