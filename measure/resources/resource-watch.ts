import { gzipSync } from 'node:zlib';
import type { Page, Request } from '@playwright/test';
import {
  type Coverage,
  type LoadedResource,
  type ResourceFinding,
  resourceFindings,
  type ShownImage,
} from './resource-findings.ts';

const BINDING = '__resourceImage';
const TEXT = /^(text\/|image\/svg)|javascript|json|xml/;

/**
 * Watches what a page loads and uses, for findings. It reads bodies and counts which code ran, which costs time: whatever is timed
 * meanwhile is worth nothing.
 */
export class ResourceWatch {
  readonly #page: Page;
  readonly #loaded: LoadedResource[] = [];
  /** By address: the largest that it was shown. */
  readonly #images = new Map<string, ShownImage>();
  readonly #pending = new Set<Promise<void>>();
  readonly #sent = new WeakMap<Request, { t: number; page: string }>();

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Before the page's first navigation. */
  static async start(page: Page): Promise<ResourceWatch> {
    const watch = new ResourceWatch(page);
    page.on('request', (request) => {
      const shown = request.isNavigationRequest() ? request.url() : page.url();
      watch.#sent.set(request, { t: Date.now(), page: pathOf(shown) });
    });
    page.on('requestfinished', (request) => {
      const taken = watch
        .#take(request)
        .catch(() => undefined) // gone with its page
        .finally(() => watch.#pending.delete(taken));
      watch.#pending.add(taken);
    });
    await page.exposeBinding(BINDING, (_, image: ShownImage) => watch.#shown(image));
    await page.addInitScript(reportImages, BINDING);
    await page.coverage.startJSCoverage({ resetOnNavigation: false });
    await page.coverage.startCSSCoverage({ resetOnNavigation: false });
    return watch;
  }

  async stop(): Promise<ResourceFinding[]> {
    const [scripts, sheets] = await Promise.all([
      this.#page.coverage.stopJSCoverage(),
      this.#page.coverage.stopCSSCoverage(),
    ]);
    await Promise.allSettled(this.#pending);
    const coverage: Coverage[] = [
      ...unusedOf(
        'JavaScript',
        scripts.map(({ url, source = '', functions }) => ({
          url,
          used: usedOfScript(source.length, functions),
        })),
      ),
      ...unusedOf(
        'CSS',
        sheets.map(({ url, text = '', ranges }) => ({ url, used: usedOfSheet(text.length, ranges) })),
      ),
    ];
    return resourceFindings(this.#loaded, [...this.#images.values()], coverage);
  }

  #shown(image: ShownImage): void {
    const before = this.#images.get(image.address);
    if (!before || image.shown > before.shown) this.#images.set(image.address, image);
  }

  async #take(request: Request): Promise<void> {
    const sent = this.#sent.get(request);
    const response = request.existingResponse();
    if (!sent || !response || response.fromServiceWorker() || !request.url().startsWith('http')) return;
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    // Of the browser's cache nothing came over the network (measure/browser/browser-cache.ts).
    if (request.timing().requestStart < 0 || responseBodySize < 0) return;
    const headers = await response.allHeaders();
    const isText = TEXT.test(headers['content-type'] ?? '') && !headers['content-encoding'];
    const body = isText ? await response.body() : undefined;
    const address = request.url();
    const { origin } = new URL(address);
    const isOther = origin !== new URL(this.#page.url(), address).origin;
    this.#loaded.push({
      ...{ address, url: `${isOther ? origin : ''}${pathOf(address)}`, page: sent.page },
      ...{ type: request.resourceType(), method: request.method(), status: response.status(), headers },
      sent: sent.t,
      bytes: responseBodySize + responseHeadersSize,
      ...(body && { gzipped: responseHeadersSize + Math.min(body.length, gzipSync(body).length) }),
    });
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

/** Says of each image how large it is and how large it is shown. Runs in the page. */
function reportImages(binding: string): void {
  const onLoad = ({ target }: Event) => {
    if (!(target instanceof HTMLImageElement)) return;
    requestAnimationFrame(() => {
      const { width, height } = target.getBoundingClientRect();
      const shown = width * height * devicePixelRatio ** 2;
      const natural = target.naturalWidth * target.naturalHeight;
      const call = (window as unknown as Record<string, (image: unknown) => void>)[binding];
      call?.({ address: target.currentSrc, natural, shown });
    });
  };
  // What loads a part of the page is not heard at the window.
  document.addEventListener('load', onLoad, { capture: true });
}

type Functions = ReadonlyArray<{
  ranges: ReadonlyArray<{ count: number; startOffset: number; endOffset: number }>;
}>;

/** Ranges of a function lie within each other, and functions within others, the outer first: the innermost says whether it ran. */
function usedOfScript(length: number, functions: Functions): Uint8Array {
  const used = new Uint8Array(length);
  for (const { ranges } of functions)
    for (const { count, startOffset, endOffset } of ranges)
      used.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return used;
}

function usedOfSheet(length: number, ranges: ReadonlyArray<{ start: number; end: number }>): Uint8Array {
  const used = new Uint8Array(length);
  for (const { start, end } of ranges) used.fill(1, start, end);
  return used;
}

/** What several documents had of one file was used where any of them used it. */
function unusedOf(
  kind: Coverage['kind'],
  files: ReadonlyArray<{ url: string; used: Uint8Array }>,
): Coverage[] {
  return [...Map.groupBy(files, ({ url }) => url)].map(([address, all]) => {
    const length = Math.max(...all.map(({ used }) => used.length));
    let unused = 0;
    for (let at = 0; at < length; at += 1) if (!all.some(({ used }) => used[at] === 1)) unused += 1;
    return { kind, address, length, unused };
  });
}
