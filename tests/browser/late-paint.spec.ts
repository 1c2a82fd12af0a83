/** A browser that reports each paint long after it: figures of a view are those of its last paint all the same. */
import { MARK, paintsReported } from '../../measure/browser/paints-reported.ts';
import { LATE_MS } from './app-page.ts';
import { expect, test } from './measured-page.ts';
import { follow, heading, views } from './measured-views.ts';

/** Less than the routes of `Checked` are apart: the first one is reported when the last one is there. */
const REPORTED_AFTER_MS = 150;

/** As on a machine whose graphics have no core: observers hear of everything late, and in order. */
const late = test.extend({
  page: async ({ page }, use) => {
    await page.addInitScript((after) => {
      const { PerformanceObserver: Observer } = window;
      window.PerformanceObserver = class extends Observer {
        constructor(hear: PerformanceObserverCallback) {
          super((list, observer) => {
            setTimeout(() => hear(list, observer), after);
          });
        }
      };
    }, REPORTED_AFTER_MS);
    await use(page); // what measures it comes after that
  },
});

late('a view ends with its last route, and its session with it', async ({ measured }) => {
  await measured.screen.goto('/app/home');
  await heading(measured, 'home');
  await follow(measured, 'Checked'); // by another route, 200 ms before
  await heading(measured, 'list');
  const [, list] = await views(measured);
  expect(list?.vitals.LCP?.value).toBeGreaterThan(200);
});

late('another address is typed as soon as the largest thing is there', async ({ measured }) => {
  const { screen, page } = measured;
  await screen.goto('/app/late');
  await screen.see(page.getByText('the largest thing'));
  await screen.goto('/app/home');
  await heading(measured, 'home');
  const [late] = await views(measured);
  expect(late?.vitals.LCP?.value).toBeGreaterThanOrEqual(LATE_MS);
});

late('a link to another page is followed as soon as the step is over', async ({ measured }) => {
  const { screen, page, steps } = measured;
  await steps.step('open it', async () => {
    await screen.goto('/app/late');
    await screen.see(page.getByText('the largest thing'));
  });
  await follow(measured, 'Whole page');
  await heading(measured, 'home');
  const [late] = await views(measured);
  expect(late?.vitals.LCP?.value).toBeGreaterThanOrEqual(LATE_MS);
});

test('what shows that all is painted is reported itself, and is no largest paint of a page without any', async ({
  measured,
}) => {
  const { screen, page } = measured;
  await screen.goto('/drawn');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const isReported = () => page.evaluate(paintsReported, MARK);
  await expect.poll(isReported).toBe(true);
  const [drawn] = await views(measured);
  expect(Object.keys(drawn?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'TBT', 'TTFB']);
  expect(await page.locator(`#${MARK}`).count()).toBe(0);
});
