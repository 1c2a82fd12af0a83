import type { BrowserContext, Page } from '@playwright/test';
import { driverNow } from './page-clock.ts';

/** One thing that Playwright does to a page as a user would. Times are the driver's clock, ms since the epoch. */
export interface Act {
  begin: number;
  /** Absent: it is still being done. */
  end?: number;
}

/** Calls that act on a page, and of which Playwright does not say when they are about to: they begin when they are made. */
const ACTS_AT_ONCE = new Set(
  'dispatchEvent focus blur selectText goto reload goBack goForward setContent'.split(' '),
);

interface Call {
  id: string;
  method: string;
}

/** Playwright 1.62.1 says this to its own tracing, in the same process. */
interface Instrumentation {
  addListener(listener: object, context: unknown): void;
  removeListener(listener: object): void;
}

interface Inside {
  _connection?: { toImpl?(client: object): { instrumentation?: Instrumentation } | undefined };
}

/**
 * Hears of each act in any page and frame of this page's session, when all that Playwright waits for before it is there.
 * A wheel, a pointer that hovers, a click in a frame reach no listener of the page. Undefined: Playwright does not say.
 */
export function onActs(page: Page, hear: (act: Act) => void): (() => void) | undefined {
  const context: BrowserContext = page.context();
  const inside = (context as unknown as Inside)._connection?.toImpl?.(context);
  const instrumentation = inside?.instrumentation;
  if (!instrumentation?.addListener) return;
  const acts = new Map<string, Act>();
  const begin = ({ id }: Call) => {
    if (acts.has(id)) return; // it tries again: something was in its way
    const act: Act = { begin: driverNow() };
    acts.set(id, act);
    hear(act);
  };
  const listener = {
    onBeforeCall: (_about: unknown, call: Call) => void (ACTS_AT_ONCE.has(call.method) && begin(call)),
    onBeforeInputAction: (_about: unknown, call: Call) => begin(call),
    onAfterCall(_about: unknown, { id }: Call) {
      const act = acts.get(id);
      if (act) act.end = driverNow();
      acts.delete(id);
    },
  };
  instrumentation.addListener(listener, inside);
  return () => instrumentation.removeListener(listener);
}
