/** Of the mark: named so that no figure is put down to it. */
export const MARK = '__loadSuiteMark';

/**
 * Resolves when the browser has reported the paint of all that is in the page now. It reports one when its frame has been shown,
 * which may be long after the frame was made, and frame after frame. So a mark is painted after all the rest, and the report of its own
 * paint (https://wicg.github.io/element-timing/) waited for, a second at most. Before the first paint, which the mark would be, and in
 * browsers without such reports: two frames on.
 *
 * Gives whether the mark's paint was reported.
 *
 * Runs in the page: it may use nothing from outside itself.
 */
export async function paintsReported(id: string): Promise<boolean> {
  const isPainted = performance.getEntriesByName('first-contentful-paint').length > 0;
  if (!isPainted || !PerformanceObserver.supportedEntryTypes.includes('element')) {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return false;
  }
  const mark = document.createElement('i');
  mark.id = id;
  mark.textContent = '.';
  mark.setAttribute('elementtiming', id);
  mark.setAttribute('aria-hidden', 'true');
  // What is wholly transparent is not painted.
  mark.style.cssText =
    'all: initial; position: fixed; top: 0; left: 0; font-size: 1px; color: rgb(0 0 0 / 1%); pointer-events: none';
  let observer: PerformanceObserver | undefined;
  const isReported = await new Promise<boolean>((resolve) => {
    observer = new PerformanceObserver((list) => {
      // An earlier mark may still be reported.
      if (list.getEntries().some((entry) => 'element' in entry && entry.element === mark)) resolve(true);
    });
    observer.observe({ type: 'element' });
    document.documentElement.append(mark);
    setTimeout(() => resolve(false), 1000);
  });
  observer?.disconnect();
  mark.remove();
  // Others who observe hear of it in the same task.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return isReported;
}
