/**
 * What kept the main thread of a page busy, reported by the page as it happens: long tasks
 * (https://www.w3.org/TR/longtasks-1/) and long animation frames
 * (https://developer.chrome.com/docs/web-platform/long-animation-frames). Both are over 50 ms by definition, so there
 * are at most 20 of each a second, and none in a page that is quick.
 *
 * `observeMainThread` is turned into source text: it may use nothing from outside itself.
 */

/** `start`: ms since the epoch on the page's clock; `duration`: ms. */
export interface LongTask {
  start: number;
  duration: number;
}

export interface LongFrame extends LongTask {
  /** The part of it in which input would have had to wait, ms. */
  blocking: number;
  /** The script that ran longest in it. Absent where none ran for 5 ms, e.g. in a frame full of layout. */
  script?: {
    duration: number;
    /** As the browser gives it: the page's own address for a script in its HTML. */
    url: string;
    function: string;
    /** What called it, e.g. `BUTTON#save.onclick` or `TimerHandler:setTimeout`. */
    invoker: string;
  };
}

export interface BusyMessage {
  kind: 'busy';
  origin: number;
  tasks: LongTask[];
  frames: LongFrame[];
}

interface FrameEntry extends PerformanceEntry {
  blockingDuration: number;
  scripts: Array<
    PerformanceEntry & { sourceURL: string; sourceFunctionName: string; invoker: string; duration: number }
  >;
}

export function observeMainThread(binding: string): void {
  if (window !== window.top || !location.protocol.startsWith('http')) return;
  const origin = performance.timeOrigin;
  const round = (ms: number) => Math.round(ms * 10) / 10;
  const tell = (entries: PerformanceEntryList) => {
    if (entries.length === 0) return;
    const tasks: unknown[] = [];
    const frames: unknown[] = [];
    for (const entry of entries) {
      const when = { start: origin + entry.startTime, duration: round(entry.duration) };
      if (entry.entryType === 'longtask') {
        tasks.push(when);
        continue;
      }
      const { blockingDuration, scripts } = entry as FrameEntry;
      let longest: FrameEntry['scripts'][number] | undefined;
      for (const script of scripts) if (!longest || script.duration > longest.duration) longest = script;
      frames.push({
        ...when,
        blocking: round(blockingDuration),
        script: longest && {
          duration: round(longest.duration),
          url: longest.sourceURL,
          function: longest.sourceFunctionName,
          invoker: longest.invoker,
        },
      });
    }
    const call = (window as unknown as Record<string, ((text: string) => void) | undefined>)[binding];
    call?.(JSON.stringify({ kind: 'busy', origin, tasks, frames }));
  };
  const observer = new PerformanceObserver((list) => tell(list.getEntries()));
  for (const type of ['longtask', 'long-animation-frame']) {
    if (PerformanceObserver.supportedEntryTypes.includes(type)) observer.observe({ type, buffered: true });
  }
  // What the browser has noted and not handed over yet is taken when the view ends (`flushVitals`), or the page.
  const onHidden = () => {
    if (document.visibilityState === 'hidden') tell(observer.takeRecords());
  };
  addEventListener('visibilitychange', onHidden, { capture: true });
}
