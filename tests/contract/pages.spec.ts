/**
 * Holds every page of the embedded scheduler against what was seen on the real application (`aria/`). Each role, name
 * and state there must be here, and a hard load must ask the same things of the API. What differs is in
 * `differences.yml`; an unlisted difference fails, and so does a listed one that is gone.
 */
import { test as base, expect, type Page } from '@playwright/test';
import { ariaLines } from './aria-lines.ts';
import { type ContractFile, contractFiles } from './contract-files.ts';
import { knownDifferences } from './differences.ts';
import { HardLoad } from './hard-load.ts';
import { OPENINGS } from './openings.ts';
import { type Scheduler, startScheduler, TODAY } from './server.ts';

/** A page may take this long to come to what the contract shows. */
const SETTLE_MS = 12_000;
/** A hard load is over when nothing was asked for so long; longer than the second after which a query is retried. */
const QUIET_MS = 1_300;

const test = base.extend<{ baseURL: string }, { scheduler: Scheduler }>({
  scheduler: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's wants from it
    async ({}, use) => {
      const scheduler = await startScheduler();
      await use(scheduler);
      await scheduler.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ scheduler }, use) => use(scheduler.url),
});

test.use({ timezoneId: 'UTC', viewport: { width: 1440, height: 900 } });

/**
 * Over the API, as the sign-in page does it: tokens lie where its scripts keep them. That page has its own file in
 * `aria/`; the dashboard that it leads to need not be drawn before each of the others.
 */
async function signIn(page: Page, scheduler: Scheduler, role: string, username?: string) {
  const account = scheduler.accounts.find(
    (item) => item.role === role && (username === undefined || item.username === username),
  );
  if (!account)
    throw new Error(`The embedded scheduler has no account ${username ?? ''} of the role ${role}`);
  // The session cookie goes into the page's context with it.
  const answer = await page.request.post('/api/v1/auth/login', {
    form: { username: account.username, password: account.password },
  });
  expect(answer.status()).toBe(200);
  const { refresh_token } = (await answer.json()) as { refresh_token: string };
  await page.addInitScript((token) => {
    // Once for the tab: later ones are the page's own.
    if (sessionStorage.getItem('__rt') === null) sessionStorage.setItem('__rt', token);
  }, refresh_token);
}

const without = (a: Iterable<string>, b: Set<string>) => [...a].filter((line) => !b.has(line));

async function missingLines(page: Page, file: ContractFile): Promise<string[]> {
  const here = ariaLines(await page.locator('body').ariaSnapshot());
  return without(file.lines, here).map((line) => `missing: ${line}`);
}

function requestDifferences(file: ContractFile, load: HardLoad): string[] {
  if (!file.requests) return [];
  return [
    ...without(file.requests, load.seen).map((line) => `request missing: ${line}`),
    ...without(load.seen, file.requests).map((line) => `request too many: ${line}`),
  ];
}

const known = knownDifferences();

test.describe('pages against the contract', () => {
  for (const file of contractFiles()) {
    test(file.name, async ({ page, scheduler }) => {
      const opening = OPENINGS[file.name];
      const role = opening ? opening.role : file.role;
      await page.clock.setFixedTime(`${TODAY}T09:00:00Z`);
      if (role) await signIn(page, scheduler, role, opening?.username);
      const load = new HardLoad(page);
      await page.goto(file.path);
      await opening?.open?.(page);

      const expected = known
        .filter((item) => item.page === file.name)
        .map((item) => item.line)
        .sort();
      const end = Date.now() + SETTLE_MS;
      let missing = await missingLines(page, file);
      let found: string[];
      do {
        // The moment that comes nearest counts: some files show a page that was still loading. None needs to come nearer
        // than one in which nothing is missing but what is listed.
        if (missing.some((line) => !expected.includes(line))) {
          const now = await missingLines(page, file);
          if (now.length < missing.length) missing = now;
        }
        found = [...missing, ...requestDifferences(file, load)].sort();
        await page.waitForTimeout(150);
      } while (Date.now() < end && !(found.join() === expected.join() && load.quietFor(QUIET_MS)));
      expect(found, 'differences from the contract; those listed in differences.yml').toEqual(expected);
    });
  }

  test('the list of differences names files that exist', () => {
    const names = contractFiles().map((file) => file.name);
    expect(names.length).toBeGreaterThan(30);
    expect(known.filter((item) => !names.includes(item.page))).toEqual([]);
  });
});
