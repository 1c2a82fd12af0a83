/**
 * The part of the init script that notes when something last changed in the page and when each node came. A look from
 * outside (measure/steps/look.ts) asks for it by an event: it runs in a world of its own and shares only the DOM with this.
 */

/** Names of the question, which is dispatched on the element that it is about, and of the answer, on the window. */
export const QUESTION = '__loadSuiteQuestion';
export const ANSWER = '__loadSuiteAnswer';

/** What can bring something into sight, or take it away, without a change of the DOM. */
export const EVENTS_OF_CHANGE = [
  'animationstart',
  'animationend',
  'animationcancel',
  'transitionrun',
  'transitionend',
  'transitioncancel',
  'load',
  'error',
  'toggle',
  'beforetoggle',
  'fullscreenchange',
  'hashchange',
  'popstate',
  'resize',
  'scroll',
  'focusin',
  'focusout',
  'pointerdown',
  'pointerup',
  'mouseover',
  'click',
  'keydown',
  'input',
  'change',
] as const;

/** ms since the document began, of its main world's clock. */
export interface ChangesSaid {
  /** `performance.timeOrigin`, as the page's other messages have it. */
  origin: number;
  /** The last change of anything; absent where style sheets were changed since, and nothing says when. */
  changed?: number;
  /** The element, or something that it is in, was put into the page; 0: with the document's own first parts. */
  came: number;
}

/** Turned into source text: uses nothing from outside itself. */
export function observeChanges(names: { question: string; answer: string; events: readonly string[] }): void {
  if (window !== window.top || !location.protocol.startsWith('http')) return;
  /** Rules can be put into style sheets and taken out without an event: what they were at the last change. */
  const countRules = () => {
    let count = 0;
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
      try {
        count += sheet.disabled ? 1 : 1000 * (sheet.cssRules.length + 1);
      } catch {
        count += 1; // of another origin: its rules are nobody's to change
      }
    }
    return count;
  };
  let changed = 0;
  let rules = countRules();
  const inserted = new WeakMap<Node, number>();
  const note = () => {
    changed = performance.now();
    rules = countRules();
  };
  const changes = new MutationObserver((records) => {
    note();
    const removed = new Set<Node>();
    for (const record of records) {
      for (const node of record.removedNodes) removed.add(node);
      // One that was only moved had come before.
      for (const node of record.addedNodes) if (!removed.has(node)) inserted.set(node, changed);
    }
  });
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  changes.observe(document, everything);
  // Nobody can look into a closed shadow root later, and no observer of the document hears of what is in one.
  Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
    apply(attach, host, given) {
      const root = Reflect.apply(attach, host, given) as ShadowRoot;
      changes.observe(root, everything);
      note();
      return root;
    },
  });
  // What is loaded only the document hears of, a new size only the window.
  for (const target of [window, document])
    for (const type of names.events) target.addEventListener(type, note, { capture: true, passive: true });
  addEventListener(
    names.question,
    (event) => {
      let came = 0;
      for (let node = event.composedPath()[0] as Node | null | undefined; node; ) {
        came = Math.max(came, inserted.get(node) ?? 0);
        node = node.parentNode ?? (node as ShadowRoot).host;
      }
      const isKnown = countRules() === rules;
      const said: ChangesSaid = {
        origin: performance.timeOrigin,
        changed: isKnown ? changed : undefined,
        came,
      };
      dispatchEvent(new CustomEvent(names.answer, { detail: JSON.stringify(said) }));
    },
    { capture: true },
  );
}
