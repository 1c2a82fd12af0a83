/** Every way in which something comes into sight or goes, measured as a journey does, beside what the page itself noted. */
import { EXACT_WITHIN_MS } from '../../measure/browser/step-clock.ts';
import type { StepSample } from '../../measure/run/samples.ts';
import type { Measured } from './measured-page.ts';

export type Hand = Pick<Measured, 'page' | 'screen' | 'steps'> & { lastStep(): StepSample | undefined };

export interface Way {
  name: string;
  /** Where the page notes it; default `/ways?way=<name>`. */
  path?: string;
  wait(hand: Hand, click: () => Promise<void>): Promise<unknown>;
  /** It is looked for, by what the page's script can know: a late look finds when it was changed. */
  looks?: boolean;
  /** The page's script hears of it later than the browser, by this much at most on a busy machine, ms. */
  heardLate?: number;
  /** No clock of the page can time it. */
  coarse?: true;
}

const it = ({ page }: Hand) => page.getByText('It is here');
const note = ({ page }: Hand) => page.getByRole('note', { name: 'It is here' });

function comes(name: string, locator = it): Way {
  return {
    name,
    looks: true,
    wait: async (hand, click) => {
      await click();
      await hand.screen.see(locator(hand));
    },
  };
}

function goes(name: string): Way {
  return {
    name,
    looks: true,
    wait: async (hand, click) => {
      await click();
      await hand.screen.seeClosed(it(hand));
    },
  };
}

/** Comes long after an answer that is waited for as well. */
function comesAfterAnswer(name: string): Way {
  return {
    name: `${name}, after an answer`,
    path: `/ways?way=${encodeURIComponent(name)}&answer=20`,
    wait: async (hand, click) => {
      await hand.screen.answer({ method: 'POST', path: '/absences' }, click);
      await hand.screen.see(it(hand));
    },
  };
}

const oneOf = (name: string): Way => ({
  name: `${name}, one of two`,
  path: `/ways?way=${encodeURIComponent(name)}`,
  wait: async (hand, click) => {
    await click();
    await hand.screen.seeOneOf({ other: hand.page.getByText('It is elsewhere'), it: it(hand) });
  },
});

export const WAYS: readonly Way[] = [
  ...[
    'inserted',
    'inserted within others',
    'its text',
    'the text of a part of it',
    'hidden taken off',
    'hidden taken off around it',
    'its class',
    'a class around it',
    'a class beside it',
    'its style',
    'a style around it',
    'details opened',
    'a modal dialog',
    'a popover',
    'moved from where it was hidden',
    'a box checked by a script',
    'a rule put into a style sheet',
    'a style sheet adopted',
    'a rule changed',
    'a rule within a rule',
    'a style sheet replaced',
    'an animation cancelled',
    'a value set by a script',
    'drawn again and again',
    'an animation',
    'a transition',
    'an open shadow root',
  ].map((name) => comes(name)),
  comes('a part that gives it a size', ({ page }) => page.getByLabel('It is here')),
  comes('its role', note),
  comes('display: contents', note),
  comes('a closed shadow root', note),
  comes('a closed shadow root of the markup', note),
  comes('a frame', ({ page }) => page.frameLocator('iframe').getByText('It is here')),
  {
    ...comes('a frame of another origin', ({ page }) => page.frameLocator('iframe').getByText('It is here')),
    path: '/apart?',
    coarse: true,
  },
  oneOf('inserted'),
  oneOf('its class'),
  ...[
    'removed',
    'removed with what it is in',
    'hidden',
    'hidden by a class around it',
    'hidden by its style',
  ].map(goes),
  ...[
    'a dialog closed',
    'details closed',
    'its text changed',
    'hidden by a rule',
    'removed from a shadow root',
  ].map(goes),
  ...['its class', 'the text of a part of it', 'an open shadow root'].map(comesAfterAnswer),
  {
    name: 'an answer',
    path: '/changes?call={call}',
    heardLate: 100,
    wait: ({ screen }, click) => screen.answer({ method: 'POST', path: '/absences' }, click),
  },
  {
    name: 'an answer after a redirect',
    path: '/changes?call={redirected}',
    heardLate: 100,
    wait: ({ screen }, click) => screen.answer({ method: 'POST', path: '/swaps' }, click),
  },
  {
    name: 'a saved file',
    path: '/ways?way=none&save=1',
    wait: ({ screen }, click) => screen.download(click),
    coarse: true,
  },
];

export interface MeasuredWay {
  sample: StepSample;
  /** By the page's own clock, ms. */
  truth: number;
  /** The longest gap between two frames, ms. */
  gap: number;
}

export async function measureWay(hand: Hand, way: Way, delay: number): Promise<MeasuredWay> {
  const { page, steps } = hand;
  const path = (way.path ?? `/ways?way=${encodeURIComponent(way.name)}`)
    .replace('{call}', encodeURIComponent(call(`/api/v1/absences?wait=${delay}`)))
    .replace('{redirected}', encodeURIComponent(call(redirected(delay))));
  await page.goto(`${path}&delay=${delay}`);
  const button = path.startsWith('/changes') ? 'Save' : 'Go';
  await steps.step(`${way.name} after ${delay}`, () =>
    way.wait(hand, () => page.getByRole('button', { name: button }).click()),
  );
  await page.waitForFunction(() => window.truth.came !== undefined);
  const { input = 0, came = 0, gap = 0 } = await page.evaluate(() => window.truth);
  return { sample: hand.lastStep() as StepSample, truth: came - input, gap };
}

/** The same way, but nobody looks while it comes or goes. For ways that are looked for. */
export function lookedAtLate(way: Way, delay: number): Way {
  return {
    ...way,
    wait: (hand, click) =>
      way.wait(hand, async () => {
        await click();
        await hand.page.waitForTimeout(delay + 150);
      }),
  };
}

const call = (path: string) => JSON.stringify({ method: 'POST', path });
const redirected = (delay: number) =>
  `/api/v1/swaps?status=307&location=${encodeURIComponent(`/api/v1/absences?wait=${delay}`)}`;

/** What is wrong with it; undefined: nothing. */
export function wrongWith(way: Way, { sample, truth, gap }: MeasuredWay): string | undefined {
  const { value, clock, offByAtMost = 0 } = sample;
  const off = value - truth;
  const allowed = Math.max(gap, 1000 / 60) + 2;
  if (way.coarse && clock !== 'driver') return 'not coarse';
  if (clock === 'page' && (off > allowed || off < -allowed - (way.heardLate ?? 0)))
    return `exact, and ${off.toFixed(1)} ms off`;
  if (clock === 'driver' && off < -EXACT_WITHIN_MS) return `coarse, and ${-off.toFixed(1)} ms too short`;
  if (clock === 'driver' && off > offByAtMost + 2) return `coarse, and off by ${off.toFixed(1)} ms`;
  return undefined;
}
