/** Views of pages that shift, block and paint late, and what the pages themselves and the suite say of them. */
import type { VitalName } from '../../measure/run/samples.ts';
import { accountOf, type Hand, ofKind, type Stage } from './stage.ts';

/** After the load, so that the page's own first shifts are in another session window of CLS, or over before. */
const SHIFT_AFTER_MS = 600;
/** A context serves this many views. */
const VIEWS_A_SESSION = 15;
/** The button that blocks: there on every page, and it only opens a menu. */
const BUTTON = 'More';

export type Nav = 'hard' | 'soft';

/** None shifts much by itself while it loads, as others do. */
export const PAGES = [
  { path: '/rotations', open: ({ app }: Hand) => app.rotations.open() },
  { path: '/compliance', open: ({ app }: Hand) => app.compliance.open() },
  { path: '/my-schedule', open: ({ app }: Hand) => app.mySchedule.open() },
] as const;

export interface Trial {
  nav: Nav;
  page: (typeof PAGES)[number];
  shift: number;
  blockMs: number;
  heroMs: number;
}

/** As `ShownFault` of the pages' own lib/page-faults.ts. */
interface Shown {
  page: string;
  kind: 'shift' | 'block' | 'hero';
  input: number;
  at: number;
  value?: number;
}

/** What came of one trial: by the page itself, and by the suite. */
export interface TrialOutcome extends Trial {
  /** ms from the navigation's start. */
  heroShown: number;
  shiftShown: number;
  /** ms from the click to the next frame. */
  blockShown: number;
  vitals: Partial<Record<VitalName, number>>;
}

/** Plays all trials, in sessions of some views each. `prefix` begins their ids. */
export async function played(stage: Stage, all: readonly Trial[], prefix: string): Promise<TrialOutcome[]> {
  const seen: Array<Omit<TrialOutcome, 'vitals'> & { view: string }> = [];
  for (let from = 0; from < all.length; from += VIEWS_A_SESSION) {
    const id = `${prefix} ${from}`;
    // Pages note input from their first document on, if that has any fault.
    await stage.setFaults([{ page: '/nowhere', lateHeroMs: 0 }]);
    await stage.inHand({ id, role: 'resident' }, async (hand) => {
      const { username, password } = accountOf(stage.scheduler, 'resident');
      await hand.app.login.open();
      await hand.app.login.signIn(username, password);
      for (const trial of all.slice(from, from + VIEWS_A_SESSION))
        seen.push(await viewed(stage, hand, trial));
    });
  }
  const vitals = ofKind(stage.samples(), 'vital').filter(({ session }) => session?.startsWith(`${prefix} `));
  return seen.map((one) => ({
    ...one,
    vitals: Object.fromEntries(
      vitals.filter(({ view }) => view === one.view).map(({ name, value }) => [name, value]),
    ),
  }));
}

/** One view: opened, looked at until element and shift have come, its button clicked. */
async function viewed(stage: Stage, hand: Hand, trial: Trial) {
  const { page, observer, step, screen, app } = hand;
  const { nav, shift, blockMs, heroMs } = trial;
  const { path, open } = trial.page;
  const fault = {
    page: path,
    layoutShift: shift,
    layoutShiftAfterMs: SHIFT_AFTER_MS,
    lateHeroMs: heroMs,
    blockOn: { name: BUTTON, ms: blockMs },
  };
  if (nav === 'hard') {
    await stage.setFaults([fault]);
    await step('load the page', () => screen.goto(path));
  } else {
    // From another page, which has to know of the fault before it is left: it notes the click that leads away.
    if (!app.dashboard.isOpen()) await step('return to the dashboard', () => app.dashboard.open());
    await page.evaluate(
      (faults) => {
        window.__pageFaults = faults;
        window.__pageFaultsShown = [];
      },
      [fault],
    );
    await step('open the page', () => open(hand));
  }
  const view = observer.views.current?.id ?? '';
  const hero = await shown(page, 'hero');
  const moved = await shown(page, 'shift');
  await page.getByRole('button', { name: BUTTON, exact: true }).click();
  const blocked = await shown(page, 'block');
  // Closes the menu; a key press is as short an interaction as there is.
  await page.keyboard.press('Escape');
  return {
    ...trial,
    view,
    heroShown: hero.at - (nav === 'hard' ? 0 : hero.input),
    shiftShown: moved.value ?? 0,
    blockShown: blocked.value ?? 0,
  };
}

/** What the page itself says of a fault, once it has been shown. */
async function shown(page: Hand['page'], kind: Shown['kind']): Promise<Shown> {
  const handle = await page.waitForFunction(
    (wanted) => window.__pageFaultsShown?.find((one) => one.kind === wanted),
    kind,
  );
  return (await handle.jsonValue()) as Shown;
}

declare global {
  interface Window {
    __pageFaults?: object[];
    __pageFaultsShown?: Shown[];
  }
}
