/**
 * What a document loads, and of how many elements it is made, said by the page in one message when it ends (or is flushed):
 * https://www.w3.org/TR/resource-timing/.
 *
 * `observeLoads` is turned into source text: it may use nothing from outside itself.
 */

/**
 * One thing that was loaded. `start`: ms since the document began; `size`: bytes as in Resource Timing's `transferSize`, or one
 * of `NO_SIZE`; `other`: its origin where that is not the page's, else empty.
 */
export type LoadedFile = [start: number, size: number, isScript: 0 | 1, other: string];

/** Of what has no size on the wire: it came from a cache; another origin hides it; no whole answer came. */
export const NO_SIZE = { cached: -1, hidden: -2, failed: -3 } as const;

export interface LoadsMessage {
  kind: 'loads';
  origin: number;
  files: LoadedFile[];
  /** Elements of the document when it left an address, or was flushed. */
  elements: Array<[url: string, count: number]>;
}

/** https://www.w3.org/TR/resource-timing/#dom-performanceresourcetiming-deliverytype */
type Entry = PerformanceResourceTiming & { deliveryType?: string };

export function observeLoads(binding: string, noSize: typeof NO_SIZE): void {
  if (window !== window.top || !location.protocol.startsWith('http')) return;
  const origin = performance.timeOrigin;
  let files: unknown[] = [];
  let elements: unknown[] = [];
  let isDocumentNoted = false;

  const sizeOf = (entry: Entry, isOther: boolean): number => {
    const { transferSize, decodedBodySize, deliveryType, responseStatus } = entry;
    if (transferSize > 0) return transferSize;
    if (decodedBodySize > 0 || deliveryType === 'cache') return noSize.cached;
    if (isOther) return noSize.hidden;
    return responseStatus > 0 ? noSize.cached : noSize.failed;
  };
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries as Entry[]) {
      if (!entry.name.startsWith('http')) continue;
      const url = new URL(entry.name);
      const other = url.origin === location.origin ? '' : url.origin;
      const isScript = entry.initiatorType === 'script' || /\.m?js$/.test(url.pathname);
      files.push([Math.round(entry.startTime), sizeOf(entry, other !== ''), isScript ? 1 : 0, other]);
    }
  };
  const count = () => elements.push([location.href, document.getElementsByTagName('*').length]);
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  // Before the address changes: what there is by then is the view's that is left.
  const { navigation } = window as unknown as { navigation?: EventTarget };
  navigation?.addEventListener('navigate', count);
  const onHidden = () => {
    if (document.visibilityState !== 'hidden') return;
    note(observer.takeRecords());
    if (!isDocumentNoted) note(performance.getEntriesByType('navigation'));
    isDocumentNoted = true;
    count();
    const call = (window as unknown as Record<string, ((text: string) => void) | undefined>)[binding];
    call?.(JSON.stringify({ kind: 'loads', origin, files, elements }));
    files = [];
    elements = [];
  };
  addEventListener('visibilitychange', onHidden, { capture: true });
}
