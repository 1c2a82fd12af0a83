import type { Page, Request } from '@playwright/test';
import { maskedRequest } from './masks.ts';

const API = '/api/v1';

/** Collects the requests that a page sends to the API, with the status of each answer. */
export class HardLoad {
  readonly seen = new Set<string>();
  private open = new Set<Request>();
  private quietSince = Date.now();

  constructor(page: Page) {
    const ofApi = (request: Request) => new URL(request.url()).pathname.startsWith(`${API}/`);
    page.on('request', (request) => {
      if (ofApi(request)) this.open.add(request);
    });
    page.on('requestfailed', (request) => this.done(request, 0));
    page.on('requestfinished', async (request) =>
      this.done(request, (await request.response())?.status() ?? 0),
    );
  }

  private done(request: Request, status: number) {
    if (!this.open.delete(request)) return;
    const { pathname, search } = new URL(request.url());
    this.seen.add(
      maskedRequest(
        `${request.method()} ${pathname.slice(API.length)}${decodeURIComponent(search)} ${status}`,
      ),
    );
    this.quietSince = Date.now();
  }

  /** Nothing under way and nothing new for that many ms. A repeated poll starts it again, so callers set a limit. */
  quietFor(ms: number): boolean {
    return this.open.size === 0 && Date.now() - this.quietSince >= ms;
  }
}
