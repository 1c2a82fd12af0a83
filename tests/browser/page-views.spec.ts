/** Every page view, every vital that it can yield and what each is put down to, compared with what was injected. */
import type { VitalSample } from '../../measure/run/samples.ts';
import { BLOCK_MS, LATE_MS, SHIFT, SLOW_MS } from './app-page.ts';
import { expect, test } from './measured-page.ts';
import { follow, heading, views } from './measured-views.ts';

/** A task is long, and blocks, from here on: https://web.dev/articles/tbt */
const LONG_MS = 50;
/** Who holds the main thread up: named without the query of its address. */
const HOLD_UP = {
  script: '/app/assets/buttons.js',
  function: 'holdUp',
  invoker: expect.stringContaining('onclick'),
};
/** Of the sum of parts, each rounded to a tenth. */
const ROUNDING_MS = 0.3;
/** What two clocks' readings of one moment may differ by, both rounded to a tenth. */
const TIMER_MS = 0.2;

function expectParts(vital: VitalSample | undefined, parts: string[]): void {
  const values = parts.map((part) => Number(vital?.attribution?.[part]));
  expect(Math.min(...values), parts.join()).toBeGreaterThanOrEqual(0);
  const sum = values.reduce((total, value) => total + value, 0);
  expect(Math.abs(sum - (vital?.value ?? 0)), parts.join()).toBeLessThanOrEqual(ROUNDING_MS);
}

test('each view, hard and soft, yields every vital that it can, once', async ({ measured }) => {
  const { screen, page, of } = measured;
  await screen.goto('/app/home');
  await heading(measured, 'home');
  for (const [link, title] of [
    ['List', 'list'],
    ['Item', 'item'],
    ['List', 'list'],
  ] as const) {
    await follow(measured, link);
    await heading(measured, title);
  }
  await follow(measured, 'Sorted list'); // another query: no view of its own
  await expect(page).toHaveURL(/sort=name/);
  await screen.goto('/app/home');
  await heading(measured, 'home');

  const seen = await views(measured);
  expect(seen.map(({ page: name, nav, interacted, cold }) => [name, nav, interacted, cold])).toEqual([
    ['/app/home', 'hard', true, true],
    ['/app/list', 'soft', true, true],
    ['/app/item/[id]', 'soft', true, true],
    ['/app/list', 'soft', true, false],
    ['/app/home', 'hard', false, false],
  ]);
  for (const view of seen) {
    const expected = ['CLS', 'FCP', 'LCP', 'TBT'];
    if (view.interacted) expected.push('INP');
    if (view.nav === 'hard') expected.push('TTFB');
    expect(Object.keys(view.vitals).sort(), `${view.id} ${view.page}`).toEqual(expected.sort());
    expect(view.measurable).toBe(true);
    for (const vital of Object.values(view.vitals))
      expect(vital).toMatchObject({ nav: view.nav, session: 's1' });
  }
  const count = seen.reduce((sum, { vitals }) => sum + Object.keys(vitals).length, 0);
  expect(of('vital')).toHaveLength(count);
});

test('a view that is left before its first paint keeps its vitals', async ({ measured }) => {
  await measured.screen.goto('/late?after=600');
  await measured.screen.goto('/app/home'); // at once: the page had nothing to show yet
  await heading(measured, 'home');
  const seen = await views(measured);
  for (const { page, vitals } of seen) {
    expect(Object.keys(vitals).sort(), page).toEqual(['CLS', 'FCP', 'LCP', 'TBT', 'TTFB']);
  }
  expect(seen[0]?.vitals.FCP?.value).toBeGreaterThanOrEqual(600);
});

test('documents loaded quickly one after the other each have their own vitals', async ({ measured }) => {
  const { screen } = measured;
  const loads = 12;
  for (let n = 0; n < loads; n += 1) {
    await screen.goto(`/app/${n % 2 ? 'list' : 'home'}`);
    await heading(measured, n % 2 ? 'list' : 'home');
  }
  const seen = await views(measured);
  expect(seen).toHaveLength(loads);
  for (const { id, vitals } of seen) {
    expect(Object.keys(vitals).sort(), id).toEqual(['CLS', 'FCP', 'LCP', 'TBT', 'TTFB']);
  }
});

test('a link that loads a whole page ends the view it was in, without losing it', async ({ measured }) => {
  const { screen, page } = measured;
  await screen.goto('/app/list');
  await heading(measured, 'list');
  await page.getByRole('button', { name: 'Block' }).click();
  await page.waitForTimeout(100);
  await follow(measured, 'Whole page');
  await heading(measured, 'home');
  const seen = await views(measured);
  expect(seen.map(({ page: name, nav }) => [name, nav])).toEqual([
    ['/app/list', 'hard'],
    ['/app/home', 'hard'],
  ]);
  expect(Object.keys(seen[0]?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TBT', 'TTFB']);
  expect(Object.keys(seen[1]?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'LCP', 'TBT', 'TTFB']);
});

test('a late hero element is the LCP, of a loaded page and of a followed link', async ({ measured }) => {
  const { screen, page } = measured;
  /** A busy machine paints late; the browser itself says when. */
  const painted = async () => {
    await page.waitForFunction(() => window.injected.heroPainted);
    return page.evaluate(() => ({ hero: 0, left: 0, heroPainted: 0, ...window.injected }));
  };
  await screen.goto('/app/late');
  const first = await painted();
  await page.evaluate(() => {
    window.injected.heroPainted = undefined;
  });
  await follow(measured, 'Home');
  await heading(measured, 'home');
  await follow(measured, 'Late');
  const second = await painted();
  const [hard, , soft] = await views(measured);
  expect(first.hero).toBeGreaterThanOrEqual(LATE_MS);
  const lcp = (view = hard) => view?.vitals.LCP?.value ?? 0;
  expect(Math.abs(lcp() - first.heroPainted)).toBeLessThanOrEqual(TIMER_MS);
  expect(Math.abs(lcp(soft) - (second.heroPainted - second.left))).toBeLessThanOrEqual(TIMER_MS);
  expect(soft).toMatchObject({ page: '/app/late', nav: 'soft' });
  // It was not the first thing to be painted.
  expect(hard?.vitals.FCP?.value).toBeLessThan(first.hero);
  for (const { nav, vitals } of [hard, soft].filter((view) => view !== undefined)) {
    expect(vitals.LCP?.attribution?.element, nav).toMatch(/p\.hero$/);
    expectParts(vitals.LCP, [
      'timeToFirstByte',
      'resourceLoadDelay',
      'resourceLoadDuration',
      'elementRenderDelay',
    ]);
  }
  expect(soft?.vitals.LCP?.attribution?.timeToFirstByte).toBe(0);
});

test('a layout shift is counted in the view it happened in, and only there', async ({ measured }) => {
  const { screen, page } = measured;
  const shifted = () => page.waitForFunction(() => window.injected.shifted);
  await screen.goto('/app/shifting');
  await shifted();
  await follow(measured, 'List');
  await heading(measured, 'list');
  await page.evaluate(() => {
    window.injected.shifted = undefined;
  });
  await follow(measured, 'Shifting');
  await shifted();
  const seen = await views(measured);
  const cls = seen.map(({ page: name, vitals }) => [name, vitals.CLS?.value]);
  expect(cls).toEqual([
    ['/app/shifting', expect.closeTo(SHIFT, 3)],
    ['/app/list', 0],
    ['/app/shifting', expect.closeTo(SHIFT, 3)],
  ]);
  const moved = seen.map(({ vitals }) => [vitals.CLS?.attribution?.element, vitals.CLS?.attribution?.shift]);
  const main = ['html>body>main', expect.closeTo(SHIFT, 3)];
  expect(moved).toEqual([main, [undefined, undefined], main]);
});

test('a click that blocks the main thread is the INP, as the browser itself timed it, and the TBT', async ({
  measured,
}) => {
  const { screen, page } = measured;
  const click = async (name: string) => {
    const before = await page.evaluate(() => window.injected.events.length);
    await page.getByRole('button', { name }).click();
    await page.waitForFunction((count) => window.injected.events.length > count, before);
  };
  await screen.goto('/app/home');
  await heading(measured, 'home');
  await click('Block');
  await click('Block');
  await follow(measured, 'List');
  await heading(measured, 'list');
  await click('Vanish');
  await follow(measured, 'Home');
  await heading(measured, 'home');
  const events = await page.evaluate(() => window.injected.events);
  const worst = events.map(({ duration }) => duration).filter((duration) => duration >= BLOCK_MS);
  const seen = await views(measured);
  expect(seen.map(({ nav }) => nav)).toEqual(['hard', 'soft', 'soft']);

  const clicked = ['html>body>main>button', 'html>body>main>button.brief'];
  for (const [index, element] of clicked.entries()) {
    const { INP } = seen[index]?.vitals ?? {};
    expect(INP?.value, element).toBeGreaterThanOrEqual(BLOCK_MS);
    expect(worst, 'the browser has an event as long as that').toContain(INP?.value);
    // The second is gone from the page with the click.
    expect(INP?.attribution).toMatchObject({ element, type: 'pointer', ...HOLD_UP });
    expectParts(INP, ['inputDelay', 'processingDuration', 'presentationDelay']);
    for (const part of ['processingDuration', 'scriptDuration'])
      expect(INP?.attribution?.[part], part).toBeGreaterThanOrEqual(BLOCK_MS - 1);
  }
  for (const [index, clicks] of [2, 1, 0].entries()) {
    const { TBT } = seen[index]?.vitals ?? {};
    const blocked = clicks * (BLOCK_MS - LONG_MS);
    expect(TBT?.value, `${clicks} clicks`).toBeGreaterThanOrEqual(blocked);
    expect(TBT?.value, `${clicks} clicks`).toBeLessThan(blocked + 100);
    if (clicks === 0) continue;
    const { frames, worstFrame, blocking, scriptDuration, ...script } = TBT?.attribution ?? {};
    expect(script).toMatchObject(HOLD_UP);
    expect(frames).toBeGreaterThanOrEqual(clicks);
    expect(worstFrame).toBeGreaterThanOrEqual(BLOCK_MS);
    expect(blocking).toBeGreaterThanOrEqual(BLOCK_MS - LONG_MS - 1);
    expect(scriptDuration).toBeGreaterThanOrEqual(BLOCK_MS - 1);
  }
});

test('a link that leads on after more than five seconds is a view with vitals', async ({ measured }) => {
  const { screen, page } = measured;
  await screen.goto('/app/home');
  await heading(measured, 'home');
  await page.getByRole('link', { name: 'Waited' }).click();
  await page.waitForURL(/waited/);
  await heading(measured, 'waited');
  const [, waited] = await views(measured);
  expect(waited).toMatchObject({ page: '/app/waited', nav: 'soft', measurable: true });
  expect(Object.keys(waited?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'LCP', 'TBT']);
  expect(waited?.vitals.LCP?.value).toBeGreaterThan(SLOW_MS);
});

test('text that a driver fills in ends the search for the largest paint, and what it moves is no shift', async ({
  measured,
}) => {
  const { screen, page } = measured;
  const search = async () => {
    await page.waitForTimeout(LATE_MS); // long after any click
    await page.getByRole('textbox').fill('found');
    await page.waitForFunction(() => window.injected.found);
    await page.waitForTimeout(100); // until it is painted
    await page.evaluate(() => {
      window.injected.found = undefined;
    });
  };
  await screen.goto('/app/home');
  await heading(measured, 'home');
  await search();
  await follow(measured, 'List');
  await heading(measured, 'list');
  await search();
  for (const { nav, vitals } of await views(measured)) {
    expect(vitals.LCP?.value, nav).toBeLessThan(LATE_MS);
    expect(vitals.CLS?.value, nav).toBe(0);
  }
});

test('a router that sends on with an answer leads to one view, whose vitals are those of the last route', async ({
  measured,
}) => {
  await measured.screen.goto('/app/home');
  await heading(measured, 'home');
  await follow(measured, 'Checked');
  await heading(measured, 'list');
  const [, list, ...others] = await views(measured);
  expect(others).toEqual([]);
  expect(list).toMatchObject({ page: '/app/list', nav: 'soft', measurable: true });
  expect(Object.keys(list?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'LCP', 'TBT']);
  expect(list?.vitals.LCP?.value).toBeGreaterThan(200);
});

test('a redirect by script is a view that cannot be measured, and takes nobody else’s values', async ({
  measured,
}) => {
  const { screen } = measured;
  await screen.goto('/app/moved');
  await heading(measured, 'home');
  await follow(measured, 'List');
  await heading(measured, 'list');
  const seen = await views(measured);
  expect(seen.map(({ page, nav, measurable }) => [page, nav, measurable])).toEqual([
    ['/app/moved', 'hard', true],
    ['/app/home', 'soft', false],
    ['/app/list', 'soft', true],
  ]);
  expect(Object.keys(seen[0]?.vitals ?? {})).toEqual(expect.arrayContaining(['LCP', 'CLS', 'FCP', 'TTFB']));
  expect(Object.keys(seen[2]?.vitals ?? {})).toEqual(expect.arrayContaining(['LCP', 'CLS', 'FCP']));
});
