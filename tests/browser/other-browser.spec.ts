/** What a browser without soft-navigation entries yields: simulated before the measuring script looks. */
import { test as base, expect } from './measured-page.ts';
import { follow, heading, views } from './measured-views.ts';

const test = base.extend<{ has: boolean }>({
  has: [true, { option: true }],
  page: async ({ page, has }, use) => {
    const hide = () => {
      const types = PerformanceObserver.supportedEntryTypes.filter((type) => type !== 'soft-navigation');
      Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { get: () => types });
    };
    if (!has) await page.addInitScript(hide);
    await use(page);
  },
});

for (const has of [true, false]) {
  test.describe(() => {
    test.use({ has });
    test(`a browser ${has ? 'with' : 'without'} soft-navigation entries`, async ({ measured }) => {
      await measured.screen.goto('/app/home');
      await heading(measured, 'home');
      await follow(measured, 'List');
      await heading(measured, 'list');
      const [hard, soft, ...more] = await views(measured);
      expect(more).toEqual([]);
      expect(Object.keys(hard?.vitals ?? {}).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TBT', 'TTFB']);
      expect(Object.keys(soft?.vitals ?? {}).sort()).toEqual(has ? ['CLS', 'FCP', 'LCP', 'TBT'] : []);
      expect(soft).toMatchObject({ page: '/app/list', nav: 'soft', measurable: has });
      const data = measured.of('event').filter(({ name }) => name === 'browser-entries');
      const entries = { softNavigation: has, longTask: true, longAnimationFrame: true };
      expect(data.map((event) => event.data)).toEqual([entries]);
    });
  });
}
