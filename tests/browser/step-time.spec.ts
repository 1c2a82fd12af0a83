/** A step's time is the user's: compared with what the page itself noted, not against a stopwatch around the wait. */
import { expect, type Measured, test } from './measured-page.ts';

const DELAYS = [37, 300, 700];
const WAYS = {
  inserted: 'Came by being inserted',
  changed: 'Came by its text',
  shown: 'Came by being shown',
};

/** Playwright's own waits return 50 to 510 ms late at these delays (docs/measuring.md). */
const WORST_MS = 20;
const MEDIAN_MS = 3;

/** By how much a step's time that says that it is exact is longer than the truth, ms. One that is coarse is not shorter. */
async function errorOfExact(measured: Measured, way: string, delay: number, text: string): Promise<number> {
  const { page, steps, screen, of } = measured;
  const name = `${way} after ${delay}`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    await page.goto(`/changes?way=${way}&delay=${delay}`);
    await steps.step(name, async () => {
      await page.getByRole('button', { name: 'Go' }).click();
      await screen.see(page.getByText(text));
    });
    const sample = of('step').at(-1);
    const truth = await trueTime(measured);
    expect(sample).toMatchObject({ name, ok: true, page: '/changes' });
    expect(truth, 'the page did wait').toBeGreaterThanOrEqual(delay);
    const error = (sample?.value ?? 0) - truth;
    if (sample?.clock === 'page') return error;
    expect(error, 'coarse, and never shorter than the truth').toBeGreaterThan(-1);
    expect(error).toBeLessThanOrEqual((sample?.offByAtMost ?? 0) + WORST_MS);
  }
  throw new Error(`${name}: not exact in any of ${TRIES} tries`);
}

/** The page's own account of how long it took, ms. */
async function trueTime({ page }: Measured): Promise<number> {
  const { input = 0, came = 0 } = await page.evaluate(() => window.truth);
  return came - input;
}

/** Tries of one way and delay: on a busy machine a look comes too late to be exact, and says so. */
const TRIES = 6;

test('exact to milliseconds, however something comes and whatever else goes on changing', async ({
  measured,
}) => {
  const errors: number[] = [];
  for (const delay of DELAYS)
    for (const [way, text] of Object.entries(WAYS))
      errors.push(await errorOfExact(measured, way, delay, text));
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  expect(sizes).toHaveLength(DELAYS.length * Object.keys(WAYS).length);
  expect(sizes.at(-1), `errors: ${errors.map((error) => error.toFixed(1))}`).toBeLessThanOrEqual(WORST_MS);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MEDIAN_MS);
});

test('a step that loads a page begins with the navigation', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await steps.step('open', async () => {
    await screen.goto('/changes');
    await screen.see(page.getByText('Always here'));
  });
  const [open] = of('step');
  const loaded = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return navigation?.domInteractive ?? 0;
  });
  expect(open).toMatchObject({ ok: true, page: '/changes', cold: true });
  // It may have come with one of the changes that this page makes all the time: the last before it was seen counts.
  expect((open?.value ?? 0) - loaded).toBeGreaterThan(-WORST_MS);
  expect((open?.value ?? 0) - loaded).toBeLessThan((open?.offByAtMost ?? 0) + WORST_MS);
});

test('of several awaited things the last decides', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  // Of what was there before, the page's last change is the latest moment at which it can have come.
  await page.goto('/changes?way=inserted&delay=200&calm');
  await steps.step('both', async () => {
    await page.getByRole('button', { name: 'Go' }).click();
    await screen.see(page.getByText('Came by being inserted'));
    await screen.see(page.getByText('Always here'));
  });
  expect(of('step')[0]).toMatchObject({ ok: true, clock: 'page' });
  expect(Math.abs((of('step')[0]?.value ?? 0) - (await trueTime(measured)))).toBeLessThan(WORST_MS);
});

test('which of several ends it was is reported, and timed as exactly', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await page.goto('/changes?way=changed&delay=250');
  const which = await steps.step('one of two', async () => {
    await page.getByRole('button', { name: 'Go' }).click();
    return screen.seeOneOf({
      inserted: page.getByText('Came by being inserted'),
      text: page.getByText('Came by its text'),
    });
  });
  expect(which).toBe('text');
  expect(Math.abs((of('step')[0]?.value ?? 0) - (await trueTime(measured)))).toBeLessThan(WORST_MS);
});

test('a step that only enters something lasts as long as the entering', async ({ measured }) => {
  const { page, steps, of } = measured;
  await page.goto('/changes');
  await steps.step('fill in', async () => {
    await page.getByRole('textbox', { name: 'From' }).fill('2026-11-23');
    await page.waitForTimeout(200);
    await page.getByRole('textbox', { name: 'Until' }).fill('2026-11-24');
    await page.waitForTimeout(300); // Playwright's own time after it is nobody's
  });
  const [filled] = of('step');
  const inputs = await page.evaluate(() => window.truth.inputs);
  expect(filled).toMatchObject({ ok: true, clock: 'page' });
  expect(inputs.length).toBeGreaterThanOrEqual(2);
  expect(Math.abs((filled?.value ?? 0) - ((inputs.at(-1) ?? 0) - (inputs[0] ?? 0)))).toBeLessThan(WORST_MS);
});

test('what was there before the step ends it at once', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await page.goto('/changes');
  await page.waitForTimeout(100); // the page's own parts must be older than the step
  await steps.step('there already', async () => {
    await page.getByRole('button', { name: 'Save' }).hover();
    await screen.see(page.getByText('Always here'));
  });
  const [there] = of('step');
  expect(there?.ok).toBe(true);
  // Something else on this page changes all the time, which may have been what brought it.
  expect(there?.value).toBeLessThan((there?.offByAtMost ?? 0) + WORST_MS);
});

test('on a still page what had come before it was looked for is timed by its own change', async ({
  measured,
}) => {
  const { page, steps, screen, of } = measured;
  await page.goto('/ways?way=inserted&delay=20');
  await steps.step('inserted', async () => {
    await page.getByRole('button', { name: 'Go' }).click();
    await page.waitForTimeout(300);
    await screen.see(page.getByText('It is here'));
  });
  expect(of('step')[0]).toMatchObject({ ok: true, clock: 'page' });
  expect(Math.abs((of('step')[0]?.value ?? 0) - (await trueTime(measured)))).toBeLessThan(WORST_MS);
});
