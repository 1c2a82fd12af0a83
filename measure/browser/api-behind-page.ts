import { setTimeout as wait } from 'node:timers/promises';
import type { APIResponse, Page, Request } from '@playwright/test';
import { describeAnswer } from '../errors/answer-text.ts';
import { answeredError, ClassifiedError, factsOf } from '../errors/classified-error.ts';
import type { ErrorKind } from '../run/error-kind.ts';
import type { Sample } from '../run/samples.ts';
import { driverNow } from './page-clock.ts';
import type { NameRequest } from './page-requests.ts';

const API_PART = '/api/v1';
const LOOK_AGAIN_MS = 1000;

/**
 * The API that a page talks to, with the page's own token: for preparations and clean-up that the pages do not
 * offer. The token stays in memory. Each call is a `request` sample of the step `outside of steps`, so that what
 * the target was asked is what the samples say.
 *
 * These calls leave from this process, where the browser's switches (config/browser.ts) hold nobody back. So they go
 * only where the browser got an answer from, and follow no redirect: a page built for another API than the one named
 * must not have its clean-up sent there.
 */
export class ApiBehindPage {
  readonly #page: Page;
  readonly #write: (sample: Sample) => void;
  readonly #nameRequest: NameRequest;
  readonly #hide: (token: string) => void;
  #base: string | undefined;
  #authorization: string | undefined;

  /** @param hide takes each token that the page uses, which must be in no sample */
  constructor(
    page: Page,
    write: (sample: Sample) => void,
    nameRequest: NameRequest,
    hide: (token: string) => void = () => undefined,
  ) {
    this.#hide = hide;
    this.#page = page;
    this.#write = write;
    this.#nameRequest = nameRequest;
    page.on('response', (response) => {
      const base = apiOf(response.url());
      if (base === undefined || base === this.#base) return;
      this.#base = base;
      this.#authorize(response.request());
    });
    // The newest token is that of the newest request, answered or not.
    page.on('request', (request) => {
      if (this.#base === undefined || apiOf(request.url()) !== this.#base) return;
      this.#authorize(request);
    });
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.#call('GET', path);
    if (!response.ok()) throw await answered(response, `GET ${path.split('?')[0]}`);
    return (await response.json()) as T;
  }

  /** Sends something that restores the target. */
  async send(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    const response = await this.#call(method, path, body);
    if (!response.ok()) throw await answered(response, `clean-up: ${method} ${path.split('?')[0]}`);
  }

  /** Removes something; that it is gone already is as good. */
  async remove(path: string): Promise<void> {
    const response = await this.#call('DELETE', path);
    if (!response.ok() && response.status() !== 404)
      throw await answered(response, `clean-up: DELETE ${path.split('?')[0]}`);
  }

  /** Looks again and again, for `ms` at most, until it is found: what the target makes after it has answered. */
  async lookUntilFound(look: () => Promise<boolean>, ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!(await look())) {
      if (performance.now() >= until) return false;
      await wait(LOOK_AGAIN_MS);
    }
    return true;
  }

  #authorize(request: Request): void {
    const { authorization } = request.headers();
    if (authorization === undefined || authorization === this.#authorization) return;
    this.#authorization = authorization;
    this.#hide(authorization.replace(/^\w+\s+/, ''));
  }

  async #call(method: 'GET' | 'DELETE' | 'POST' | 'PUT', path: string, data?: object): Promise<APIResponse> {
    if (!this.#base) throw new Error('the page has not talked to the API yet');
    const url = `${this.#base}${path}`;
    const headers = this.#authorization ? { authorization: this.#authorization } : undefined;
    const begun = driverNow();
    const operation = this.#nameRequest(method, url);
    const sample = (
      status: number,
      more: { error?: string; errorKind?: ErrorKind; requestId?: string; bytes?: number; gone?: boolean },
    ) => {
      if (!operation) return;
      const { gone, ...rest } = more;
      const ok = (status >= 200 && status < 400) || gone === true;
      this.#write({
        t: Date.now(),
        kind: 'request',
        ...operation,
        method,
        status,
        value: Math.round((driverNow() - begun) * 10) / 10,
        unit: 'ms',
        ok,
        errorKind: ok || status === 0 ? undefined : 'http-status',
        step: 'outside of steps',
        ...rest,
      });
    };
    try {
      const options = { method, headers, data, timeout: 30_000, maxRedirects: 0 };
      const response = await this.#page.request.fetch(url, options);
      const body = await response.body();
      const gone = method === 'DELETE' && response.status() === 404;
      sample(response.status(), {
        bytes: body.length,
        requestId: response.headers()['x-request-id'],
        gone,
        error: response.status() < 400 || gone ? undefined : await whatOf(response),
      });
      return response;
    } catch (error) {
      const message = (error as Error).message.split('\n')[0] ?? 'no answer';
      const { errorKind } = factsOf(error);
      const kind = errorKind === 'other' ? 'no-answer' : errorKind;
      sample(0, { error: message, errorKind: kind });
      throw new ClassifiedError(kind, `${method} ${path.split('?')[0]}: no answer`);
    }
  }
}

/** Status and what the answer says, where it is JSON. */
async function whatOf(response: APIResponse): Promise<string> {
  return describeAnswer(response.status(), await response.json().catch(() => undefined));
}

async function answered(response: APIResponse, request: string): Promise<ClassifiedError> {
  return answeredError(response.status(), `${request} answered ${await whatOf(response)}`);
}

/** The API's base in the URL of one of its operations; undefined for any other URL. */
function apiOf(url: string): string | undefined {
  if (!/^https?:/.test(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const at = pathname.indexOf(`${API_PART}/`);
  return at < 0 ? undefined : `${origin}${pathname.slice(0, at + API_PART.length)}`;
}
