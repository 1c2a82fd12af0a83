import type { Locator, Page } from '@playwright/test';
import { ApiBehindPage } from '../measure/browser/api-behind-page.ts';
import { PageClock } from '../measure/browser/page-clock.ts';
import type { NameRequest } from '../measure/browser/page-requests.ts';
import type { Recorder } from '../measure/run/recorder.ts';
import type { SessionOutcome } from '../measure/session/session.ts';
import { Screen, type Watching } from '../measure/steps/screen.ts';
import type { Step } from '../measure/steps/steps.ts';
import { type BrowserSession, doSession } from './session.ts';

const nothing = () => undefined;
const SILENT: Pick<Recorder, 'write' | 'masked'> = { write: nothing, masked: (text) => text };

/** Nobody watches: no script in the page, no binding, no DevTools session. */
const NOBODY: Watching = {
  concludeViews: async () => undefined,
  navigationStarted: async () => undefined,
  clockOf: () => new PageClock(),
  answersOf: async () => [],
  expect: nothing,
  isAnswered: async () => false,
  hiddenStatus: async () => 0,
};

/** Waits as Playwright does and asks the page for no moment. */
export class WaitingScreen extends Screen {
  constructor(page: Page) {
    super(page, { noteAppeared: nothing, firstInput: nothing }, NOBODY);
  }

  override async see(locator: Locator): Promise<Locator> {
    await locator.waitFor({ state: 'visible' });
    return locator;
  }

  override async seeClosed(dialog: Locator): Promise<void> {
    await dialog.waitFor({ state: 'hidden' });
  }

  override async seeOneOf<K extends string>(choices: Record<K, Locator>): Promise<K> {
    const entries = Object.entries(choices) as Array<[K, Locator]>;
    const [first, ...others] = entries.map(([, locator]) => locator);
    if (!first) throw new Error('seeOneOf: nothing to wait for');
    await others
      .reduce((joined, locator) => joined.or(locator), first)
      .first()
      .waitFor();
    for (const [key, locator] of entries) if (await locator.first().isVisible()) return key;
    return this.seeOneOf(choices); // it went away again between the two looks
  }
}

/** Who looks on from outside of the page. */
export interface Onlookers {
  nameRequest: NameRequest;
  /** Wraps each step. Default: it is done. */
  step?: Step;
  /** Called with each check. */
  check?(name: string, ok: boolean, error?: string): void;
  /** Takes the samples of the session and its journeys. */
  recorder?: Pick<Recorder, 'write' | 'masked'>;
}

/**
 * The journeys of a session as any Playwright script would do them. What the same session costs more when it is measured is
 * the price of measuring (tools/overhead); and an audit is of the page alone, without what the suite adds to it.
 */
export function runUnmeasuredSession(
  session: Omit<BrowserSession, 'recorder' | 'nameRequest'>,
  { nameRequest, step = (_name, work) => work(), check = nothing, recorder = SILENT }: Onlookers,
): Promise<SessionOutcome> {
  const { page } = session;
  return doSession(session, {
    screen: new WaitingScreen(page),
    // Journeys need it to tidy up behind themselves.
    api: new ApiBehindPage(page, nothing, nameRequest),
    steps: {
      journey: undefined,
      step,
      failed: async (cause) => cause,
      check,
      checked: async () => undefined,
    },
    write: nothing,
    recorder,
  });
}
