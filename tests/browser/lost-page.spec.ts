/** A page that closes, crashes or goes away while its views are concluded: what had been reported is written, once. */
import type { Page } from '@playwright/test';
import { expect, type Measured, test } from './measured-page.ts';
import { follow, heading, views } from './measured-views.ts';

const HARD = ['CLS', 'FCP', 'LCP', 'TBT', 'TTFB'];
const SOFT = ['CLS', 'FCP', 'LCP', 'TBT'];

/** A hard and a soft view of which the browser has reported, and a call that is not answered in time. */
async function twoViews(measured: Measured): Promise<void> {
  const { screen, page, observer } = measured;
  await screen.goto('/app/home');
  await heading(measured, 'home');
  await follow(measured, 'List');
  await heading(measured, 'list');
  await expect.poll(() => observer.views.currentIsReported).toBe(true);
  await page.evaluate(() => void fetch('/api/v1/slow?wait=20000').catch(() => undefined));
}

async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined); // nobody is there to answer
  await crashed;
}

const ENDS: Array<[what: string, errors: string[], end: (measured: Measured) => Promise<void>]> = [
  [
    'closes while its views are concluded',
    [],
    async ({ page, observer }) => {
      await Promise.all([observer.concludeViews(), page.close()]);
    },
  ],
  ['crashes', ['page-crashed'], ({ page }) => crash(page)],
];

for (const [what, errors, end] of ENDS) {
  test(`a page that ${what} keeps what was reported, and its call under way is reported`, async ({
    measured,
  }) => {
    await twoViews(measured);
    await end(measured);
    const begun = Date.now();
    const seen = await views(measured);
    expect(Date.now() - begun, 'nobody waits for a page that is gone').toBeLessThan(4000);
    expect(seen.map(({ page }) => page)).toEqual(['/app/home', '/app/list']);
    expect(Object.keys(seen[0]?.vitals ?? {}).sort()).toEqual(expect.arrayContaining(HARD));
    expect(Object.keys(seen[1]?.vitals ?? {}).sort()).toEqual(SOFT);
    expect(measured.of('vital')).toHaveLength(
      seen.reduce((sum, { vitals }) => sum + Object.keys(vitals).length, 0),
    );
    expect(measured.of('error').map(({ errorKind }) => errorKind)).toEqual(errors);
    const failed = measured.of('request').map(({ name, ok }) => [name, ok]);
    const interrupted = measured.of('event').filter(({ name }) => name === 'request-interrupted');
    expect(failed.length + interrupted.length, 'reported once, one way or the other').toBe(1);
  });
}

test('a page that goes elsewhere by itself while its views are concluded keeps both', async ({
  measured,
}) => {
  const { page, observer } = measured;
  await twoViews(measured);
  const gone = page.evaluate(() => void requestAnimationFrame(() => location.assign('/app/item/7')));
  await Promise.all([observer.concludeViews(), gone.catch(() => undefined)]);
  await heading(measured, 'item');
  const seen = await views(measured);
  expect(seen.map(({ page: name, nav }) => [name, nav])).toEqual([
    ['/app/home', 'hard'],
    ['/app/list', 'soft'],
    ['/app/item/[id]', 'hard'],
  ]);
  for (const [index, expected] of [HARD, SOFT, HARD].entries())
    expect(Object.keys(seen[index]?.vitals ?? {})).toEqual(expect.arrayContaining(expected));
});
