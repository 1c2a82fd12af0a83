/** One element of each page object is renamed on its way to the browser: the journey fails, naming step and locator. */
import { expect } from '@playwright/test';
import { PASSWORD } from '../../fixtures/scheduler/server/seed.ts';
import { BREAKAGES } from './breakages.ts';
import { rename, type Seen, test } from './broken-page.ts';

/** An element that is not there when its step begins will not come: the time after which it is given up, ms. */
const SOON_MS = 600;
const SIGN_OUT = 'sign out';

function expectFailure({ outcome, of }: Seen, journey: string, step: string, locator: string): void {
  const steps = of('step');
  const at = steps.findIndex(({ ok }) => !ok);
  const failed = steps[at];
  expect(failed?.name, outcome.error ?? 'nothing failed').toBe(step);
  expect(failed?.error).toContain(`waiting for ${locator}`);
  expect(failed).toMatchObject({ ok: false, journey });
  // Before it all was well, and after it too: a visitor has nothing to sign out of.
  const after = steps.slice(at + 1).map(({ name, ok }) => [name, ok]);
  expect(after).toEqual(failed?.role === 'visitor' ? [] : [[SIGN_OUT, true]]);
  expect(of('journey')).toHaveLength(1);
  expect(of('journey')[0]).toMatchObject({ name: journey, ok: false, failedStep: step });
  expect(of('session')[0]).toMatchObject({ ok: false, error: outcome.error });
  expect(outcome.ok).toBe(false);
  expect(outcome.failures).toHaveLength(1);
  expect(outcome.failures[0]?.name).toBe('StepFailure');
  expect(outcome.error).toBe(`${step}: ${failed?.error}`);
}

for (const [name, breakage] of Object.entries(BREAKAGES)) {
  const { journey, step, locator, patience: ms = SOON_MS } = breakage;
  const [text, other] = breakage.rename;
  test(`app.${name}: "${text}" renamed fails "${step}"`, async ({ page, runOne }) => {
    const renamed = await rename(page, text, other);
    const seen = await runOne({ journey, hopeless: { step, ms } });
    expect(renamed.places, `no script has "${text}" any more: fix the row`).toBeGreaterThan(0);
    expectFailure(seen, journey, step, locator);
  });
}

test('what a journey looks for between two steps is named with the step before it', async ({
  page,
  runOne,
}) => {
  const renamed = await rename(page, 'Export to CSV', 'Save as CSV');
  const journey = 'export my schedule';
  const seen = await runOne({ journey, hopeless: { step: 'show one month', ms: 3000 } });
  expect(renamed.places).toBeGreaterThan(0);
  expectFailure(seen, journey, 'after "show one month"', "getByRole('button', { name: 'Export to CSV' })");
});

test('with nothing renamed, and as little time, the journey is green; a password in the console is hidden', async ({
  page,
  runOne,
}) => {
  await page.addInitScript(() =>
    addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'password')
        console.error(`typed ${target.value}`);
    }),
  );
  const { journey, step, rename: words } = BREAKAGES.resilienceHub;
  const delivered = await rename(page, words[0], words[0]);
  const { outcome, of } = await runOne({ journey, hopeless: { step, ms: 3000 } });
  expect(delivered.places).toBeGreaterThan(0);
  expect(outcome).toEqual({ ok: true, error: undefined, failures: [] });
  expect(of('journey')[0]).toMatchObject({ name: journey, ok: true });
  expect(of('error').map(({ error }) => error)).toEqual(['typed (hidden)']);
  expect(of('step').find(({ name }) => name === step)).toMatchObject({ ok: true });
});

test('a failed answer says in the failed step what it said, without the password', async ({
  page,
  runOne,
}) => {
  await page.route('**/api/v1/absences', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 409, json: { detail: `Blocked: ${PASSWORD} is no reason` } })
      : route.continue(),
  );
  const { outcome, of } = await runOne({ journey: 'request an absence' });
  const said = 'POST /absences answered 409 Blocked: (hidden) is no reason';
  expect(outcome.error).toBe(`submit the absence: ${said}`);
  expect(of('step').find(({ ok }) => !ok)?.error).toBe(said);
});

test('a draft that is made though its answer was cut off is found, and the defect counted by name', async ({
  page,
  runOne,
}) => {
  await page.route('**/api/v1/schedule/generate', async (route) => {
    await route.fetch();
    await route.fulfill({ status: 500, contentType: 'text/plain', body: 'Internal Server Error' });
  });
  const { outcome, of } = await runOne({ journey: 'generate a draft schedule' });
  expect(outcome).toEqual({ ok: true, error: undefined, failures: [] });
  const effects = of('event').flatMap(({ name, data }) => (name === 'defect-effect' ? [data] : []));
  expect(effects).toEqual([{ defect: 'generation given up by the proxy', found: true }]);
  expect(of('check').map(({ name, ok }) => [name, ok])).toEqual([['discarded draft is gone', true]]);
});

test('a generation that is refused though each resident is there fails, with the words of the refusal', async ({
  page,
  runOne,
}) => {
  const refusal = { status: 422, json: { detail: 'No residents found matching criteria' } };
  await page.route('**/api/v1/schedule/generate', (route) => route.fulfill(refusal));
  const { outcome, of } = await runOne({ journey: 'generate a draft schedule' });
  expect(outcome.error).toMatch(
    /^generate a draft: POST \/schedule\/generate answered 422 No residents found/,
  );
  expect(of('journey')[0]).toMatchObject({ ok: false, failedStep: 'generate a draft' });
});

test('the first click on People leads back to the dashboard: the journey clicks again and names the defect', async ({
  runOne,
}) => {
  const { outcome, of } = await runOne({ journey: 'search for a colleague' });
  expect(outcome).toEqual({ ok: true, error: undefined, failures: [] });
  const events = of('event').filter(({ name }) => name === 'known-defect');
  expect(events.map(({ data }) => data)).toEqual([{ defect: 'first click on People leads back' }]);
  // What the first click led through was never painted: no page view, and none without Web Vitals.
  const views = of('event').flatMap(({ name, page, data }) =>
    name === 'page-view' ? [{ page, ...data }] : [],
  );
  expect(views.map(({ page, painted }) => `${page} ${painted !== false}`)).toEqual([
    '/login true',
    '/ true',
    '/ false',
    '/people true',
    '/login true',
  ]);
});
