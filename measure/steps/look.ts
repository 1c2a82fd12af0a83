import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { CHANGE_NAMES } from '../browser/page-changes.ts';
import { driverNow, PageClock } from '../browser/page-clock.ts';
import type { Came } from '../browser/step-clock.ts';
import { withTimeout } from '../errors/foreign-texts.ts';
import { type Looking, lookInPage } from './look-in-page.ts';
import { insideOf, type ServerFrame } from './playwright-inside.ts';

export interface Looked {
  /** Which of the locators it was. */
  which: number;
  came: Came;
}

/** Finds the clock of the document that said its `timeOrigin`. */
export type ClockOf = (origin: number) => PageClock;

/** Of the time to wait, what is left to Playwright's own wait at its end: it says what is missing. */
const LAST_PART = 0.2;
const LAST_PART_AT_MOST_MS = 1000;
const AGAIN_MS = 20;

/**
 * Waits until the first element of one of these locators is seen, or none is, and gives the moment: "visible" is
 * Playwright's word, by Playwright's own code. It is one wait inside the page (look-in-page.ts), which knows the moment when
 * it ends; Playwright's waits look again and again from outside, up to half a second late.
 */
export async function lookFor(
  locators: readonly [Locator, ...Locator[]],
  state: Looking['state'],
  clockOf: ClockOf,
): Promise<Looked> {
  const [first, ...others] = locators.map(insideOf);
  const page = locators[0].page();
  const ms = first?.timeout || Number.POSITIVE_INFINITY;
  const reserve = Math.min(ms * LAST_PART, LAST_PART_AT_MOST_MS);
  if (first?.frame) {
    const looking = {
      others: others.map((other) => other?.selector ?? ''),
      state,
      names: CHANGE_NAMES,
    };
    const asked = { frame: first.frame, selector: first.selector, looking, ms: ms - reserve };
    const looked = await insidePage(page, asked, clockOf);
    if (looked) return looked;
  }
  const either =
    others.length > 0
      ? locators
          .slice(1)
          .reduce((joined, one) => joined.or(one), locators[0])
          .first()
      : locators[0];
  await either
    .waitFor({ state, timeout: first?.frame && Number.isFinite(ms) ? reserve : undefined })
    .catch((error) => {
      throw withTimeout(error, ms);
    });
  const visible = await Promise.all(locators.map((one) => one.first().isVisible()));
  return {
    which: Math.max(0, visible.indexOf(state === 'visible')),
    came: { by: { at: driverNow() }, coarse: true },
  };
}

interface Asked {
  frame: ServerFrame;
  selector: string;
  looking: Omit<Looking, 'ms'>;
  ms: number;
}

/** Undefined: not within `ms`, or an error that Playwright's own wait names. */
async function insidePage(
  page: Page,
  { frame, selector, looking, ms }: Asked,
  clockOf: ClockOf,
): Promise<Looked | undefined> {
  const until = driverNow() + ms;
  const ending = new AbortController();
  const ended = endOf(page, ms, ending.signal);
  try {
    for (let left = ms; left > 0; left = until - driverNow()) {
      const asked = driverNow();
      const look = frame.selectors.callOnSelector(
        selector,
        { strict: looking.others.length === 0, callWithoutMatches: true },
        lookInPage,
        { ...looking, ms: Number.isFinite(left) ? left : 0 },
      );
      look.catch(() => undefined); // when the page ended nobody waits for it any more
      const found = await Promise.race([look, ended]).catch((error) => {
        // A new document came while it waited: it goes on there.
        if (frame.isNonRetriableError(error)) return 'ended' as const;
      });
      if (found === 'ended') return;
      const seen = found?.result;
      if (seen) {
        const clock = seen.origin === undefined ? new PageClock() : clockOf(seen.origin);
        clock.answered(seen.entered, asked, seen.now);
        const by = { at: seen.by, clock };
        const from = seen.from === undefined ? undefined : { at: seen.from, clock };
        return { which: seen.which, came: { from, by, coarse: seen.isApart } };
      }
      if (found === null && looking.state === 'hidden')
        return { which: 0, came: { by: { at: driverNow() }, coarse: true } };
      // The frame of the locator is not there, or the page is on its way to another document.
      await wait(AGAIN_MS, undefined, { signal: ending.signal });
    }
    return;
  } finally {
    ending.abort();
  }
}

/** Resolves when the page closes or crashes, or the time is over: a page that does not answer ends no wait by itself. */
function endOf(page: Page, ms: number, signal: AbortSignal): Promise<'ended'> {
  return new Promise((resolve) => {
    const end = () => resolve('ended');
    const timer = Number.isFinite(ms) ? setTimeout(end, ms) : undefined;
    page.once('close', end).once('crash', end);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      page.off('close', end).off('crash', end);
    });
  });
}
