import type { CHANGE_NAMES, ChangesSaid } from '../browser/page-changes.ts';

/** What the look is for. */
export interface Looking {
  /** More selectors: the first of all whose first element is so ends the look. */
  others: readonly string[];
  state: 'visible' | 'hidden';
  /** How long to look, ms; 0: for ever. */
  ms: number;
  names: typeof CHANGE_NAMES;
}

/** What Playwright gives to a function that it calls in the page: its engine, and what it found. */
export interface Queried {
  injected: {
    parseSelector(selector: string): object;
    querySelectorAll(parsed: object, root: Node): Element[];
    strictModeViolationError(parsed: object, found: Element[]): Error;
    utils: { isElementVisible(element: Element): boolean };
  };
  elements: Element[];
  info: { parsed: object; strict: boolean };
}

/** What was seen. Times are ms since the page's document began; of a frame from elsewhere, since its own did. */
export interface Seen {
  which: number;
  /** It was not so before; absent: it was so at the first look, and nothing is known of the time before. */
  from?: number;
  /** It was so by then. */
  by: number;
  entered: number;
  now: number;
  /** `timeOrigin` of the document as its own scripts see it. */
  origin?: number;
  /** A frame of another origin, whose clock is its own. */
  isApart: boolean;
}

/**
 * Runs in the page, in Playwright's own world; turned into source text: uses nothing from outside itself.
 *
 * Looks at once; then in the first frame after something changed, which is where the user could see it. Between two
 * looks the moment is that of the change. What no event tells of (a rule put into a style sheet) is found by looking
 * without a reason from time to time: as often as costs the page a fiftieth of its time.
 */
export function lookInPage(
  { injected, elements, info }: Queried,
  { others, state, ms, names }: Looking,
): Seen | Promise<Seen | undefined> {
  const entered = performance.now();
  const selectors = [info.parsed, ...others.map((selector) => injected.parseSelector(selector))];
  let top: (Window & typeof globalThis) | undefined;
  try {
    top = window.top as Window & typeof globalThis;
    void top.document;
  } catch {
    top = undefined; // of another origin
  }
  const shift = top && top !== window ? top.performance.now() - entered : 0;
  const look = (found?: Element[]): { which: number; element?: Element } | undefined => {
    for (const [which, parsed] of selectors.entries()) {
      const all: Element[] = which === 0 && found ? found : injected.querySelectorAll(parsed, document);
      if (info.strict && all.length > 1) throw injected.strictModeViolationError(parsed, all);
      const [element] = all;
      const isVisible = element !== undefined && injected.utils.isElementVisible(element);
      if (isVisible === (state === 'visible')) return { which, element };
    }
    return undefined;
  };
  const ask = (element?: Element): ChangesSaid | undefined => {
    if (!top) return undefined;
    let said: ChangesSaid | undefined;
    const hear = (event: Event) => {
      said = JSON.parse((event as CustomEvent<string>).detail) as ChangesSaid;
    };
    top.addEventListener(names.answer, hear);
    const asked = top === window && element?.isConnected ? element : top;
    asked.dispatchEvent(new CustomEvent(names.question, { bubbles: true, composed: true }));
    top.removeEventListener(names.answer, hear);
    return said;
  };
  const isOutOfView = (element: Element) => element.shadowRoot !== null || element.localName.includes('-');
  /** Whether all that can have brought it into sight, or out of it, is noted when it changes. */
  const isWatched = (element?: Element): boolean => {
    if (top !== window || (element && element.getRootNode() !== document)) return false;
    for (let node = element; node; node = node.parentElement ?? undefined)
      if (isOutOfView(node) || node.getAnimations().length > 0) return false;
    return ![...(element ?? document).querySelectorAll('*')].some(isOutOfView);
  };
  const seen = (which: number, by: number, from: number | undefined, said = ask()): Seen => ({
    which,
    by: by + shift,
    from: from === undefined ? undefined : from + shift,
    entered: entered + shift,
    now: performance.now() + shift,
    origin: said?.origin,
    isApart: !top,
  });

  const already = look(elements);
  if (already) {
    const said = ask(already.element);
    const changed = isWatched(already.element) ? said?.changed : undefined;
    const by = Math.min(entered, changed ?? entered);
    return seen(already.which, by, (state === 'visible' && said?.came) || undefined, said);
  }
  return new Promise((resolve, reject) => {
    let looked = entered;
    let cost = performance.now() - entered;
    let changes: { first: number; last: number } | undefined;
    let isComing = false;
    let idle: ReturnType<typeof setTimeout> | undefined;
    const end = ms > 0 ? setTimeout(() => finish(() => resolve(undefined)), ms) : undefined;
    const lookLater = () => {
      clearTimeout(idle);
      idle = setTimeout(lookAgain, Math.min(500, Math.max(10, 50 * cost)));
    };
    const lookAgain = () => {
      if (!observer) return;
      isComing = false;
      const at = performance.now();
      try {
        const found = look();
        if (found) {
          const { which } = found;
          finish(() => resolve(seen(which, changes?.last ?? at, changes?.first ?? looked)));
          return;
        }
      } catch (error) {
        finish(() => reject(error));
        return;
      }
      looked = at;
      changes = undefined;
      cost = performance.now() - at;
      lookLater();
    };
    const note = () => {
      const at = performance.now();
      changes = { first: changes?.first ?? at, last: at };
      if (isComing) return;
      isComing = true;
      // Not more than a fifth of the page's time, however often it changes.
      const rest = looked + 5 * cost - at;
      if (rest > 0) setTimeout(lookAgain, rest);
      else requestAnimationFrame(lookAgain);
    };
    let observer: MutationObserver | undefined = new MutationObserver(note);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const targets = [window, document];
    for (const target of targets)
      for (const type of names.events) target.addEventListener(type, note, { capture: true, passive: true });
    lookLater();
    const finish = (tell: () => void) => {
      observer?.disconnect();
      observer = undefined;
      for (const target of targets)
        for (const type of names.events) target.removeEventListener(type, note, { capture: true });
      clearTimeout(idle);
      clearTimeout(end);
      tell();
    };
  });
}
