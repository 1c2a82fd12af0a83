import { readFile } from 'node:fs/promises';
import type { Locator, Page, Response } from '@playwright/test';
import { driverNow } from '../browser/page-clock.ts';
import type { PageObserver } from '../browser/page-observer.ts';
import { jsonOf } from '../browser/request-sample.ts';
import { describeAnswer } from '../errors/answer-text.ts';
import { answeredError, ClassifiedError, factsOf } from '../errors/classified-error.ts';
import { kindOfNoAnswer, sayWhat } from '../errors/foreign-texts.ts';
import { answerTo, pathExpression } from './awaited-answer.ts';
import { lookFor } from './look.ts';
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
export type Watching = Pick<
  PageObserver,
  'concludeViews' | 'navigationStarted' | 'clockOf' | 'answersOf' | 'isAnswered' | 'expect' | 'hiddenStatus'
>;

/** What a screen tells and asks of the step that is being done. */
export type Noting = Pick<Steps, 'noteAppeared' | 'firstInput'>;

/** An option that only asks to choose: "Select a week...", "-". */
const PROMPT = /^\s*((select|choose)\b.*|[^\p{L}\p{N}]*)$|(\.\.\.|…)\s*$/iu;

const optionsOf = (select: Locator) =>
  select.locator('option:not([disabled])').filter({ hasNotText: PROMPT });

const fits = (expression: RegExp) => (text: string) => expression.test(text);

/** What the user sees and waits for. Page objects use these instead of Playwright's own waits: they time exactly. */
export class Screen {
  readonly page: Page;
  readonly #steps: Noting;
  readonly #observer: Watching;

  constructor(page: Page, steps: Noting, observer: Watching) {
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
    this.#steps.noteAppeared({ by: { at: driverNow() }, coarse: true });
  }

  /** Waits until something is seen, as Playwright calls it visible, and notes the moment it came into sight. */
  async see(locator: Locator): Promise<Locator> {
    await this.#lookFor([locator], 'visible');
    return locator;
  }

  /** Waits until something, such as a dialog, is seen no more, and notes that moment. */
  async seeClosed(locator: Locator): Promise<void> {
    await this.#lookFor([locator], 'hidden');
  }

  /** Waits until an earlier word of success has gone: before what is known by the same word again. */
  async gone(word: Locator): Promise<void> {
    await this.seeClosed(word.first());
  }

  /** Waits until one of several things is seen; tells which. For pages with more than one good end. */
  async seeOneOf<K extends string>(choices: Record<K, Locator>): Promise<K> {
    const keys = Object.keys(choices) as K[];
    const [first, ...others] = keys.map((key) => choices[key].first());
    if (!first) throw new Error('seeOneOf: nothing to wait for');
    return keys[await this.#lookFor([first, ...others], 'visible')] as K;
  }

  async #lookFor(locators: [Locator, ...Locator[]], state: 'visible' | 'hidden'): Promise<number> {
    const { which, came } = await lookFor(locators, state, (origin) => this.#observer.clockOf(origin));
    this.#steps.noteAppeared(came);
    return which;
  }

  /** Reads that will be refused like this until the next step are as they should be: the door is closed. */
  expectRefused(...status: number[]): void {
    this.#observer.expect({ method: 'GET', path: /./, status });
  }

  /** What a select offers, as its user reads it. Waits for the first: choices may come after their form. */
  async choices(select: Locator): Promise<string[]> {
    await optionsOf(select).first().waitFor({ state: 'attached' });
    return this.offered(select);
  }

  /** As `choices`, at this moment: there may be none. */
  async offered(select: Locator): Promise<string[]> {
    return optionsOf(select).evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).label));
  }

  /**
   * Chooses by what the user reads, never by a value that only the markup has: the text, the first that fits, or whichever
   * `wanted` picks of all. Gives the text.
   */
  async choose(select: Locator, wanted: string | RegExp | ((texts: string[]) => string)): Promise<string> {
    let label = wanted;
    if (typeof label !== 'string') {
      const texts = await this.choices(select);
      label = typeof label === 'function' ? label(texts) : (texts.find(fits(label)) ?? `${label}`);
    }
    await select.selectOption({ label });
    return label;
  }

  /**
   * Does something that makes the browser save a file, and gives its bytes once all are there. No page tells that
   * moment: the step ends on the driver's clock, and its sample says so.
   */
  async download(action: () => Promise<unknown>): Promise<Buffer> {
    const begun = this.page.waitForEvent('download').catch(sayWhat('a file to be saved'));
    begun.catch(() => undefined); // when the action fails first, its own error is the telling one
    await action();
    const path = await (await begun).path();
    this.#steps.noteAppeared({ by: { at: driverNow() }, coarse: true });
    const content = await readFile(path);
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

  /** As `answer`; also where a known defect answered what is hidden from the page (CORS): then there is only its status. */
  async answerOrDefect(
    awaited: Awaited & Required<Pick<Awaited, 'defect'>>,
    action: () => Promise<unknown>,
  ): Promise<{ status: number; response?: Response }> {
    return this.#awaitAnswer(awaited, action);
  }

  async #awaitAnswer(
    awaited: Awaited,
    action: () => Promise<unknown>,
  ): Promise<{ status: number; response?: Response }> {
    const { method, path, defect } = awaited;
    const expression = pathExpression(path);
    const refusals = awaited.status?.filter((status) => status >= 400) ?? [];
    if (refusals.length > 0) this.#observer.expect({ method, path: expression, status: refusals });
    const answered = await answerTo(
      this.page,
      (request) => request.method() === method && expression.test(new URL(request.url()).pathname),
      action,
      {
        firstInput: (since) => this.#steps.firstInput(since),
        answersOf: (url) => this.#observer.answersOf(url),
        isAnswered: (request, begun) => this.#observer.isAnswered(request, begun),
      },
      sayWhat(`the answer to ${method} ${path}`),
    );
    const { request, response, failed, came } = answered;
    this.#steps.noteAppeared(came);
    const status = response ? response.status() : await this.#observer.hiddenStatus(request);
    const good = awaited.status ? awaited.status.includes(status) : status > 0 && status < 400;
    if ((!good && !defect?.includes(status)) || failed) {
      const said = (what: unknown) => `${method} ${path} answered ${what}`;
      if (failed) throw new ClassifiedError(factsOf(failed), said(failed.message), { cause: failed });
      if (status > 0) throw answeredError(status, said(describeAnswer(status, await jsonOf(response))));
      const { errorText = 'nothing' } = request.failure() ?? {};
      throw new ClassifiedError(kindOfNoAnswer(errorText), said(errorText));
    }
    return { status, response };
  }
}
