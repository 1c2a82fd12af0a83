import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { PageObserver } from '../../measure/browser/page-observer.ts';
import type { NameRequest } from '../../measure/browser/page-requests.ts';
import type { Sample, SampleKind } from '../../measure/run/samples.ts';
import { Screen } from '../../measure/steps/screen.ts';
import { Steps } from '../../measure/steps/steps.ts';
import { type PageServer, startPageServer } from './page-server.ts';

/** A page that is being measured, and what was measured of it. */
export interface Measured {
  page: Page;
  site: PageServer;
  observer: PageObserver;
  steps: Steps;
  screen: Screen;
  runDir: string;
  /** What the runner was given of failed checks. */
  failedChecks: string[];
  /** Ends the run for this session. */
  stopping: AbortController;
  /** Samples written so far, of one kind. */
  of<K extends SampleKind>(kind: K): Array<Extract<Sample, { kind: K }>>;
}

/** Every call of the API, by its method and path. */
export const nameRequest: NameRequest = (method, url) => {
  const [, path] = new URL(url).pathname.split('/api/v1/');
  return path ? { name: `${method} ${path}`, class: 'crud' } : undefined;
};

export const test = base.extend<{ measured: Measured; isApiElsewhere: boolean }, { site: PageServer }>({
  isApiElsewhere: [false, { option: true }],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on, none here
    async ({}, use) => {
      const site = await startPageServer();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  measured: async ({ page, site, isApiElsewhere }, use) => {
    const runDir = mkdtempSync(join(tmpdir(), 'measured-'));
    const samples: Sample[] = [];
    const write = (sample: Sample) => void samples.push(sample);
    const stopping = new AbortController();
    const about = { session: 's1', role: 'resident' } as const;
    const observer = await PageObserver.attach(page, about, write, nameRequest, { isApiElsewhere });
    // As in flows/session.ts: what a step writes goes the same way as what the page tells.
    const failedChecks: string[] = [];
    const steps = new Steps({
      write: (sample) => write({ ...about, ...sample } as Sample),
      observer,
      session: 's1',
      runDir,
      signal: stopping.signal,
      onFailedCheck: (what) => void failedChecks.push(what),
    });
    await use({
      failedChecks,
      page,
      site,
      observer,
      steps,
      screen: new Screen(page, steps, observer),
      runDir,
      stopping,
      of: (kind) => samples.filter((sample) => sample.kind === kind) as never,
    });
    rmSync(runDir, { recursive: true, force: true });
  },
});

export { expect } from '@playwright/test';
