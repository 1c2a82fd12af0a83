import type { Page } from '@playwright/test';
import { type Throttle, throttleOf } from '../../config/throttle.ts';
import { PageObserver } from '../../measure/browser/page-observer.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { expect, nameRequest, test } from './measured-page.ts';

/** A page with an observer of its own, and what it has seen. */
async function slowed(page: Page, throttle: Throttle | undefined) {
  const samples: Sample[] = [];
  const write = (sample: Sample) => void samples.push(sample);
  const observer = await PageObserver.attach(page, { session: 's1' }, write, nameRequest, { throttle });
  await page.goto('/changes');
  return {
    /** ms of each of three calls, one after the other, as the samples have them. */
    calls: async (): Promise<number[]> => {
      for (const _ of [1, 2, 3])
        await page.evaluate(() => fetch('/api/v1/me').then((answer) => answer.text()));
      await observer.finish();
      return samples.flatMap((sample) => (sample.kind === 'request' ? [sample.value] : []));
    },
    /** ms of a fixed piece of work in the page: the quickest of three. */
    work: (): Promise<number> =>
      page.evaluate(() => {
        const once = () => {
          const begun = performance.now();
          let sum = 0;
          for (let index = 0; index < 20_000_000; index += 1) sum += index % 7;
          return sum > 0 ? performance.now() - begun : 0;
        };
        return Math.min(once(), once(), once());
      }),
  };
}

test('a slower network is in every request’s time, and in no other page', async ({ browser, site }) => {
  const pages = await Promise.all([1, 2].map(() => browser.newPage({ baseURL: site.url })));
  const [slow, plain] = pages as [Page, Page];
  const throttled = await (await slowed(slow, throttleOf('3g', 1))).calls();
  const free = await (await slowed(plain, undefined)).calls();
  expect(Math.min(...throttled)).toBeGreaterThanOrEqual(295);
  expect(Math.min(...free)).toBeLessThan(150);
  await Promise.all(pages.map((page) => page.close()));
});

test('a slower processor makes the page’s own work slower', async ({ browser, site }) => {
  const pages = await Promise.all([1, 2].map(() => browser.newPage({ baseURL: site.url })));
  const [slow, plain] = pages as [Page, Page];
  const free = await (await slowed(plain, undefined)).work();
  const throttled = await (await slowed(slow, throttleOf('off', 4))).work();
  // Four times as slow by itself; other work on the machine slows down both.
  expect(throttled / free).toBeGreaterThan(1.6);
  await Promise.all(pages.map((page) => page.close()));
});
