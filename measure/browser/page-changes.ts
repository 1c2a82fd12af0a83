/**
 * The part of the init script that notes when something last changed in the page and when each node came. A look from
 * outside (measure/steps/look.ts) asks for it by an event: it runs in a world of its own and shares only the DOM with this.
 */

/** What can bring something into sight, or take it away, without a change of the DOM. */
const EVENTS_OF_CHANGE: readonly string[] = [
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
];

/** What both worlds know: the question's event, dispatched on the element that it is about, and the answer's, on the window. */
export const CHANGE_NAMES = {
  question: '__loadSuiteQuestion',
  answer: '__loadSuiteAnswer',
  events: EVENTS_OF_CHANGE,
};

/** ms since the document began, of its main world's clock. */
export interface ChangesSaid {
  /** `performance.timeOrigin`, as the page's other messages have it. */
  origin: number;
  /** The last change of anything; absent where style sheets were changed since, and nothing says when. */
  changed?: number;
  /** The element, or something that it is in, was put into the page; 0: with the document's own first parts, or nobody knows. */
  came: number;
}

/** Turned into source text: uses nothing from outside itself. */
export function observeChanges(names: typeof CHANGE_NAMES): void {
  if (window !== window.top || !location.protocol.startsWith('http')) return;
  /** What changes how things look without a change of the DOM, and without an event. */
  const hearSilentChanges = (noteSilent: () => void, unheard: () => void) => {
    const silent: Record<string, string> = {
      StyleSheet: 'disabled',
      CSSStyleSheet: 'insertRule deleteRule addRule removeRule replaceSync replace',
      CSSGroupingRule: 'insertRule deleteRule',
      CSSStyleRule: 'selectorText insertRule deleteRule',
      CSSKeyframesRule: 'appendRule deleteRule',
      MediaList: 'mediaText appendMedium deleteMedium',
      StylePropertyMap: 'set append delete clear',
      Document: 'adoptedStyleSheets',
      ShadowRoot: 'adoptedStyleSheets',
      Element: 'animate',
      Animation:
        'cancel finish play pause reverse updatePlaybackRate currentTime startTime playbackRate effect timeline',
      AnimationEffect: 'updateTiming',
      KeyframeEffect: 'setKeyframes target pseudoElement',
      CustomElementRegistry: 'define',
      CustomStateSet: 'add delete clear',
      ElementInternals: 'setValidity',
      HTMLElement: 'showPopover hidePopover togglePopover',
      HTMLFormElement: 'reset',
      HTMLInputElement:
        'value checked indeterminate valueAsNumber valueAsDate files stepUp stepDown setRangeText setCustomValidity',
      HTMLTextAreaElement: 'value setRangeText setCustomValidity',
      HTMLSelectElement: 'value selectedIndex setCustomValidity',
      HTMLOptionElement: 'selected',
      HTMLButtonElement: 'setCustomValidity',
      HTMLFieldSetElement: 'setCustomValidity',
      HTMLOutputElement: 'value setCustomValidity',
    };
    const heard = <F extends (...given: never[]) => unknown>(call: F, hear: () => void): F =>
      new Proxy(call, {
        apply(_call, on, given) {
          const result: unknown = Reflect.apply(call, on, given);
          hear();
          if (result instanceof Promise) result.then(hear, hear);
          return result;
        },
      });
    const all = globalThis as unknown as Record<string, { prototype: object } | undefined>;
    const listen = (of: object | undefined, name: string, hear: () => void, get = false) => {
      const property = of && Object.getOwnPropertyDescriptor(of, name);
      if (!property?.configurable) return;
      if (get && property.get) property.get = heard(property.get, hear);
      else if (property.set) property.set = heard(property.set, hear);
      else if (typeof property.value === 'function') property.value = heard(property.value, hear);
      Object.defineProperty(of, name, property);
    };
    for (const [type, names] of Object.entries(silent))
      for (const name of names.split(' ')) listen(all[type]?.prototype, name, noteSilent);
    listen(CSS, 'registerProperty', noteSilent);
    for (const type of ['CSSStyleRule', 'CSSKeyframeRule', 'CSSNestedDeclarations', 'CSSPageRule'])
      listen(all[type]?.prototype, 'style', unheard, true);
  };
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
  /** Rules were changed, and it was heard: to be counted when somebody asks. */
  let isRecounted = true;
  /** A script has got hold of a rule's style, whose every change is silent. */
  let isUnheard = false;
  const inserted = new WeakMap<Node, number>();
  /** What was taken out where the node was put in. */
  const replaced = new WeakMap<Node, Array<WeakRef<Node>>>();
  const note = () => {
    changed = performance.now();
    rules = countRules();
    isRecounted = true;
  };
  const noteSilent = () => {
    changed = performance.now();
    isRecounted = false;
  };
  const changes = new MutationObserver((records) => {
    note();
    const removed = new Set<Node>();
    const removedOf = new Map<Node, Array<WeakRef<Node>>>();
    for (const { target, removedNodes, addedNodes } of records) {
      for (const node of removedNodes) {
        removed.add(node);
        const others = removedOf.get(target);
        if (others) others.push(new WeakRef(node));
        else removedOf.set(target, [new WeakRef(node)]);
      }
      for (const node of addedNodes) {
        if (removed.has(node)) continue; // one that was only moved had come before
        inserted.set(node, changed);
        const others = removedOf.get(target);
        if (others) replaced.set(node, others);
      }
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
  hearSilentChanges(noteSilent, () => {
    isUnheard = true;
  });
  /** Whether the like of it may have been there before, in what it took the place of: drawn again and again. */
  const isRedrawn = (node: Node, element: Node): boolean => {
    const text = element.textContent?.trim();
    const like = (before: Node | undefined) => {
      if (!before) return true; // nobody knows any more
      if (text) return before.textContent?.includes(text) ?? false;
      const { localName } = element as Element;
      return (
        before instanceof Element &&
        (before.localName === localName || before.getElementsByTagName(localName).length > 0)
      );
    };
    return replaced.get(node)?.some((before) => like(before.deref())) ?? false;
  };
  // What is loaded only the document hears of, a new size only the window.
  for (const target of [window, document])
    for (const type of names.events) target.addEventListener(type, note, { capture: true, passive: true });
  addEventListener(
    names.question,
    (event) => {
      let came = 0;
      let isOld = false;
      const element = event.composedPath()[0] as Node | null | undefined;
      for (let node = element; element && node; ) {
        came = Math.max(came, inserted.get(node) ?? 0);
        isOld ||= isRedrawn(node, element);
        node = node.parentNode ?? (node as ShadowRoot).host;
      }
      if (!isRecounted) rules = countRules();
      isRecounted = true;
      const isKnown = !isUnheard && countRules() === rules;
      const said: ChangesSaid = {
        origin: performance.timeOrigin,
        changed: isKnown ? changed : undefined,
        came: isOld ? 0 : came,
      };
      dispatchEvent(new CustomEvent(names.answer, { detail: JSON.stringify(said) }));
    },
    { capture: true },
  );
}
