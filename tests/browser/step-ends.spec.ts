/** A step's end, in every way in which something can come or go: `npm run test:truth -- delays` has more delays. */
import { expect, type Measured, test } from './measured-page.ts';
import { type Hand, measureWay, WAYS, type Way, wrongWith } from './ways.ts';

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

test('every way in which something comes or goes is timed, or coarse and says so', async ({ measured }) => {
  expect(await wrongAmong(measured, WAYS)).toEqual([]);
});

test('so it is where nobody looked while it came or went', async ({ measured }) => {
  const ways = WAYS.filter(({ looks }) => looks).map((way) => ({
    ...way,
    wait: (hand: Hand, click: () => Promise<void>) =>
      way.wait(hand, async () => {
        await click();
        await hand.page.waitForTimeout(DELAY_MS + 150);
      }),
  }));
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
  const ways = ['inserted', 'its class', 'removed', 'its class, after an answer', 'an answer'];
  const chosen = WAYS.filter(({ name }) => ways.includes(name));
  expect(await wrongAmong(measured, [...chosen, ...chosen])).toEqual([]);
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
