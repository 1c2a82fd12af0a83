import type { ViewLoads } from '../run/events.ts';
import { type LoadedFile, type LoadsMessage, NO_SIZE } from './page-loads.ts';
import { routePattern } from './route-pattern.ts';

/** A view of a document; times in ms since the epoch. */
export interface LoadingView {
  page: string;
  from: number;
  until: number;
}

/** What documents loaded, by document (performance.timeOrigin), and what of it belongs to which view. */
export class DocumentLoads {
  readonly #said = new Map<number, Omit<LoadsMessage, 'kind' | 'origin'>>();
  readonly #isOwn: (origin: string) => boolean;

  /** @param isOwn whether an origin other than the page's is the target's too: its API's */
  constructor(isOwn: (origin: string) => boolean) {
    this.#isOwn = isOwn;
  }

  heard({ origin, files, elements }: LoadsMessage): void {
    const before = this.#said.get(origin) ?? { files: [], elements: [] };
    this.#said.set(origin, {
      files: [...before.files, ...files],
      elements: [...before.elements, ...elements],
    });
  }

  /** What was begun in the view. undefined: its document said nothing, as one does that crashed. */
  of(origin: number | undefined, { page, from, until }: LoadingView): ViewLoads | undefined {
    const said = origin === undefined ? undefined : this.#said.get(origin);
    if (!said || origin === undefined) return undefined;
    const files = said.files.filter(([start]) => origin + start >= from && origin + start < until);
    const scripts = files.filter(([, , isScript]) => isScript === 1);
    const cached = withSize(files, NO_SIZE.cached);
    const elements = said.elements.findLast(([url]) => routePattern(url) === page)?.[1];
    return {
      requests: files.length - cached,
      cached,
      thirdParty: files.filter(
        ([, size, , other]) => size !== NO_SIZE.cached && other !== '' && !this.#isOwn(other),
      ).length,
      hidden: withSize(files, NO_SIZE.hidden),
      failed: withSize(files, NO_SIZE.failed),
      size: sizeOf(files),
      scriptSize: sizeOf(scripts),
      hiddenScripts: withSize(scripts, NO_SIZE.hidden),
      ...(elements !== undefined && { elements }),
    };
  }

  /** Drops all documents but one that is still to come. */
  forgetAllBut(origin: number | undefined): void {
    for (const known of this.#said.keys()) if (known !== origin) this.#said.delete(known);
  }
}

function withSize(files: readonly LoadedFile[], wanted: number): number {
  return files.filter(([, size]) => size === wanted).length;
}

/** Bytes of those that have a size. */
function sizeOf(files: readonly LoadedFile[]): number {
  return files.reduce((sum, [, size]) => sum + Math.max(0, size), 0);
}
