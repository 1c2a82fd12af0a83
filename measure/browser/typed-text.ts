/**
 * Text that Playwright's `fill` puts into a field, and a choice that `selectOption` makes, come without a key: the page hears
 * `input`, and the browser sees no interaction. A user's key would end the search for the largest paint, and what moves
 * within half a second of it would be no unexpected shift. So web-vitals is given what it would have got after a key.
 *
 * Turned into source text: it may use nothing from outside itself.
 */
export function observerAfterTyping(): typeof PerformanceObserver {
  /** As the browser has it: https://wicg.github.io/layout-instability/#dom-layoutshift-hadrecentinput */
  const RECENT_MS = 500;
  const MOST_TYPED = 500;
  const typed: number[] = [];
  // A user's is composed, and so is a driver's; a script that only tells its own page seldom makes it so.
  const onInput = ({ composed, timeStamp }: Event) => {
    if (!composed) return;
    if (typed.length === MOST_TYPED) typed.splice(1, 1); // the first one counts for the whole document
    typed.push(timeStamp);
  };
  addEventListener('input', onInput, { capture: true, passive: true });
  const isBetween = (from: number, until: number) => typed.some((t) => t >= from && t <= until);
  const isLikeAfterAKey = ({ entryType, startTime, duration }: PerformanceEntry) => {
    if (entryType === 'layout-shift') return !isBetween(startTime - RECENT_MS, startTime);
    if (entryType === 'largest-contentful-paint') return !isBetween(0, startTime);
    // From the interaction that led to the view to the paint.
    if (entryType === 'interaction-contentful-paint') return !isBetween(startTime, startTime + duration);
    return true;
  };
  return class extends PerformanceObserver {
    constructor(callback: PerformanceObserverCallback) {
      super((list, observer) => {
        const getEntries = () => list.getEntries().filter(isLikeAfterAKey);
        callback({ getEntries } as PerformanceObserverEntryList, observer);
      });
    }

    override takeRecords(): PerformanceEntryList {
      return super.takeRecords().filter(isLikeAfterAKey);
    }
  };
}
