/** A step's end, whatever comes or goes. `npm run test:truth -- delays` has every way, at several delays. */
import { expect, type Measured, test } from './measured-page.ts';
import { type Hand, lookedAtLate, measureWay, WAYS, type Way, wrongWith } from './ways.ts';

const DELAY_MS = 130;

async function wrongAmong(measured: Measured, ways: readonly Way[]): Promise<string[]> {
  const wrong: string[] = [];
  const hand: Hand = { ...measured, lastStep: () => measured.of('step').at(-1) };
  for (const way of ways) {
    const one = await measureWay(hand, way, DELAY_MS);
    const { value, clock, offByAtMost = 0 } = one.sample;
    const what = wrongWith(way, one);
    const found = `${way.name}: ${value} ms for ${one.truth.toFixed(1)} ms, ${clock}, off by ${offByAtMost} ms at most`;
    if (what) wrong.push(`${found}: ${what}`);
  }
  return wrong;
}

/** One of each mechanism by which the end is found. */
const CHOSEN = [
  ...[
    'inserted',
    'its text',
    'its class',
    'a class beside it',
    'details opened',
    'a modal dialog',
    'a rule changed',
  ],
  ...[
    'an animation',
    'an open shadow root',
    'a closed shadow root',
    'a closed shadow root of the markup',
    'a frame',
    'a frame of another origin',
  ],
  ...[
    'inserted, one of two',
    'removed',
    'hidden by a rule',
    'its class, after an answer',
    'an answer',
    'a saved file',
  ],
];
const chosen = WAYS.filter(({ name }) => CHOSEN.includes(name));

test('what comes or goes is timed, or coarse and says so', async ({ measured }) => {
  expect(chosen).toHaveLength(CHOSEN.length);
  expect(await wrongAmong(measured, chosen)).toEqual([]);
});

test('so it is where nobody looked while it came or went', async ({ measured }) => {
  const late = [
    'its text',
    'its class',
    'a rule changed',
    'a closed shadow root',
    'a closed shadow root of the markup',
    'removed',
    'hidden by a rule',
  ];
  const ways = WAYS.filter(({ name }) => late.includes(name)).map((way) => lookedAtLate(way, DELAY_MS));
  expect(ways).toHaveLength(late.length);
  expect(await wrongAmong(measured, ways)).toEqual([]);
});

const SKEWS_MS = [-250, -30, 3, 250];

test('the page’s clock is not the driver’s: neither begin nor end is moved by that', async ({ measured }) => {
  const { page } = measured;
  // Another one in each document, as after a step of the machine's clock.
  await page.addInitScript((skews) => {
    const real = performance.timeOrigin;
    const count = Number(sessionStorage.getItem('documents') ?? 0);
    sessionStorage.setItem('documents', String(count + 1));
    Object.defineProperty(performance, 'timeOrigin', { value: real + (skews[count % skews.length] ?? 0) });
    window.realOrigin = real;
  }, SKEWS_MS);
  const names = ['inserted', 'its class', 'removed', 'its class, after an answer', 'an answer'];
  const ways = WAYS.filter(({ name }) => names.includes(name));
  expect(await wrongAmong(measured, [...ways, ...ways])).toEqual([]);
});

test('nor is a step that leads from one document to another, each with a clock of its own', async ({
  measured,
}) => {
  const { page, steps, screen, of } = measured;
  await page.addInitScript(() => {
    const real = performance.timeOrigin;
    const skew = location.search.includes('second') ? 250 : -250;
    Object.defineProperty(performance, 'timeOrigin', { value: real + skew });
    window.realOrigin = real;
  });
  await page.goto('/leads?to=second');
  await steps.step('follow', async () => {
    await page.getByRole('button', { name: 'Go' }).click();
    await screen.see(page.getByText('It is here'));
  });
  const truth = await page.evaluate(
    () => window.realOrigin + (window.truth.came ?? 0) - Number(sessionStorage.getItem('pressed')),
  );
  const [step] = of('step');
  expect((step?.value ?? 0) - truth).toBeGreaterThan(-20);
  expect((step?.value ?? 0) - truth).toBeLessThan((step?.offByAtMost ?? 0) + 20);
  expect(truth).toBeGreaterThan(250);
});

declare global {
  interface Window {
    /** `performance.timeOrigin` before it was moved. */
    realOrigin: number;
  }
}
