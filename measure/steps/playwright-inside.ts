import type { Locator } from '@playwright/test';
import type { Looking, Queried, Seen } from './look-in-page.ts';

/**
 * The parts of Playwright 1.62.1 that it does not offer: the engine that finds the elements of a locator, inside of the page.
 * Playwright's own waits and `expect` use these. Where a part is missing the step is coarse, and tests/browser/step-time.spec.ts fails.
 */
export interface ServerFrame {
  selectors: {
    /** Null: the locator's own frame is not there. */
    callOnSelector(
      selector: string,
      options: { strict: boolean; callWithoutMatches: true },
      inPage: (queried: Queried, looking: Looking) => Seen | Promise<Seen | undefined>,
      looking: Looking,
    ): Promise<{ result: Seen | undefined } | null>;
  };
  isNonRetriableError(error: unknown): boolean;
}

interface InsideLocator {
  _selector: string;
  _frame: {
    _timeout(options: object): { timeout: number };
    _connection: { toImpl?(client: object): ServerFrame | undefined };
  };
}

/** `timeout`: how long its waits wait, ms; 0 for ever. `frame`: absent where Playwright runs in another process. */
export function insideOf(
  locator: Locator,
): { selector: string; timeout: number; frame?: ServerFrame } | undefined {
  const { _selector, _frame } = locator as unknown as Partial<InsideLocator>;
  if (!_selector || !_frame?._connection || !_frame._timeout) return;
  const frame = _frame._connection.toImpl?.(_frame);
  const isKnown = frame?.selectors?.callOnSelector && frame.isNonRetriableError;
  return { selector: _selector, timeout: _frame._timeout({}).timeout, frame: isKnown ? frame : undefined };
}
