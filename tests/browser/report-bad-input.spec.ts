/** Reports of runs that nobody would draw a picture of: nothing of them runs, is asked for or pushes the page out of its width. */
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { conclude } from '../../analysis/conclude.ts';
import { hostileRun } from '../analysis/hostile-run.ts';
import { healthySamples, runDirectory, runJson, START } from '../analysis/synthetic-run.ts';

const VIEWS = ['overview', 'load', 'browser', 'figures'];
const WIDTHS = [1440, 390];

const RUNS: Record<string, () => string> = {
  'hostile names and messages': () => hostileRun(),
  'words without an end': () => hostileRun('x'.repeat(300)),
  'names from right to left': () => hostileRun('\u05e9\u05dc\u05d5\u05dd 1 \u0645\u0631\u062d\u0628\u0627 2'),
  'nothing in it': () => runDirectory(runJson({ ended: 'target-died' }), []),
  'a single second': () => {
    const end = new Date(START + 1000).toISOString();
    return runDirectory(
      runJson({ end }),
      healthySamples().filter(({ t }) => t < START + 1000),
    );
  },
  'four hours and a phase for each five minutes': () => {
    const hours = 4;
    const end = new Date(START + hours * 3_600_000).toISOString();
    const phases = Array.from({ length: 12 * hours }, (_, at) => ({
      ...{ name: `part ${at + 1} of them`, duration: 300, arrivals: {} },
    }));
    const began = phases.map(({ name }, at) => ({
      ...{ t: START + at * 300_000, kind: 'event', name: 'phase-started', phase: name, data: {} },
    }));
    const run = runJson({ end, plan: { ...runJson().plan, phases } });
    return runDirectory(run, [...healthySamples(), ...began] as ReturnType<typeof healthySamples>);
  },
};

/** What happened that should not have. */
function watched(page: Page): string[] {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', ({ message }) => seen.push(message));
  page.on('request', (request) => {
    if (!/\/(index\.html|report\.css)(#|$)/.test(request.url())) seen.push(request.url());
  });
  return seen;
}

for (const [what, made] of Object.entries(RUNS))
  test(`a run with ${what}: each view within its width, and nothing of the run runs`, async ({ page }) => {
    const { reportPath } = await conclude(made());
    const seen = watched(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const id of VIEWS) {
        await page.goto(`${pathToFileURL(reportPath).href}#${id}`);
        const widest = await page.evaluate(() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
          return document.documentElement.scrollWidth;
        });
        expect(widest, `${id} at ${width} px`).toBeLessThanOrEqual(width);
      }
    }
    expect(seen).toEqual([]);
  });
