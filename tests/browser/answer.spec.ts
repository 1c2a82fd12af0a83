import type { Page } from '@playwright/test';
import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { expect, type Measured, test } from './measured-page.ts';

function open({ page }: Measured, path: string, method = 'POST'): Promise<unknown> {
  return page.goto(`/changes?call=${encodeURIComponent(JSON.stringify({ method, path }))}`);
}

function save({ page }: Measured): Promise<void> {
  return page.getByRole('button', { name: 'Save' }).click();
}

const ROUNDING_MS = 0.2;

/** From the click to where the page's script has read the answer, ms: on a busy machine long after the last byte came. */
async function knownAfter(page: Page): Promise<number> {
  await expect.poll(() => page.evaluate(() => window.truth.came)).toBeDefined();
  const { input = 0, came = 0 } = await page.evaluate(() => window.truth);
  return came - input;
}

test('a step that waits for an answer ends with its last byte, not with its first', async ({ measured }) => {
  const { page, steps, screen, site, of } = measured;
  await open(measured, '/api/v1/absences?wait=150&trickle=300&status=201');
  const response = await steps.step('submit', () =>
    screen.answer({ method: 'POST', path: '/absences', status: [201] }, () => save(measured)),
  );
  expect(response.status()).toBe(201);
  const known = await knownAfter(page);
  const [step] = of('step');
  expect(step).toMatchObject({ name: 'submit', ok: true, clock: 'page' });
  expect(step?.value).toBeGreaterThanOrEqual((site.served.at(-1)?.whole ?? 0) - 2);
  expect(step?.value).toBeLessThanOrEqual(known + ROUNDING_MS);
});

for (const [method, path, awaited, what] of [
  ['POST', '/api/v1/absences?status=500', { method: 'POST', path: '/absences' }, '500'],
  [
    'DELETE',
    '/api/v1/people/42?status=409&detail=On+call',
    { method: 'DELETE', path: '/people/*' },
    '409 On call',
  ],
] as const) {
  test(`${method} ${awaited.path} that answers ${what} fails the step, which says so`, async ({
    measured,
  }) => {
    const { steps, screen, of } = measured;
    await open(measured, path, method);
    const failed = steps.step(`send ${method}`, () => screen.answer(awaited, () => save(measured)));
    await expect(failed).rejects.toThrow(`send ${method}: ${method} ${awaited.path} answered ${what}`);
    expect(of('step')[0]).toMatchObject({ ok: false, error: `${method} ${awaited.path} answered ${what}` });
  });
}

test('a status that is not the expected one fails the step, one that is expected ends it', async ({
  measured,
}) => {
  const { steps, screen } = measured;
  await open(measured, '/api/v1/absences?status=200');
  const other = screen.answer({ method: 'POST', path: '/absences', status: [201] }, () => save(measured));
  await expect(other).rejects.toThrow('POST /absences answered 200');
  await open(measured, '/api/v1/swaps?status=409');
  const conflict = await steps.step('send twice', () =>
    screen.answer({ method: 'POST', path: '/swaps', status: [200, 409] }, () => save(measured)),
  );
  expect(conflict.status()).toBe(409);
});

test('an answer that the page does not read ends its step, by its status', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await page.goto('/changes');
  const awaited = { method: 'POST', path: '/absences' } as const;
  const send = (query: string) => {
    const path = `/api/v1/absences?wait=100&${query}`;
    return steps.step('send', () =>
      screen.answer(awaited, () => page.evaluate((url) => void fetch(url, { method: 'POST' }), path)),
    );
  };
  page.setDefaultTimeout(2000);
  for (const [query, status] of [
    ['status=204', 204],
    ['body=no', 200],
    ['status=201&body=no', 201],
  ] as const)
    expect((await send(query)).status()).toBe(status);
  await expect(send('status=500&body=no')).rejects.toThrow('POST /absences answered 500');
  expect(of('step').map(({ ok }) => ok)).toEqual([true, true, true, false]);
});

test('only the answer that was meant counts: method and whole path', async ({ measured }) => {
  const { page, screen } = measured;
  await open(measured, '/api/v1/people/42/absences?wait=200');
  const awaited = screen.answer({ method: 'POST', path: '/people/*/absences' }, async () => {
    await page.evaluate(() =>
      Promise.all(['/api/v1/people/42', '/api/v1/absences'].map((path) => fetch(path))),
    );
    await page.evaluate(() => fetch('/api/v1/people/42/absences')); // a GET
    await save(measured);
  });
  const response = await awaited;
  expect(response.request().method()).toBe('POST');
  expect(new URL(response.url()).pathname).toBe('/api/v1/people/42/absences');
});

test('a redirect is followed to the answer that it leads to', async ({ measured }) => {
  const { steps, screen, of } = measured;
  const to = (location: string) => `/api/v1/swaps?status=307&location=${encodeURIComponent(location)}`;
  const awaited = { method: 'POST', path: '/swaps' } as const;
  await open(measured, to('/api/v1/absences?wait=300'));
  const response = await steps.step('send', () => screen.answer(awaited, () => save(measured)));
  expect(response.status()).toBe(200);
  expect(of('step')[0]).toMatchObject({ ok: true, clock: 'page' });
  expect(of('step')[0]?.value).toBeGreaterThanOrEqual(299);
  await open(measured, to(to('/api/v1/absences?status=500')));
  const failed = steps.step('send', () => screen.answer(awaited, () => save(measured)));
  await expect(failed).rejects.toThrow('POST /swaps answered 500');
});

for (const [when, begin] of [
  ['was under way before', undefined],
  ['began between the call and the click', 'in the action'],
] as const) {
  test(`a request of the same kind that ${when} is not the one that the click causes`, async ({
    measured,
  }) => {
    const { page, steps, screen, of } = measured;
    const own = (path: string) => page.evaluate((url) => void fetch(url), path);
    const awaited = { method: 'GET', path: '/absences' } as const;
    const send = async (path: string) => {
      await open(measured, path, 'GET');
      if (!begin) await own('/api/v1/absences?wait=150');
      return steps.step('look', () =>
        screen.answer(awaited, async () => {
          if (begin) await own('/api/v1/absences?wait=20');
          await page.waitForTimeout(30);
          await save(measured);
        }),
      );
    };
    await send('/api/v1/absences?wait=400');
    const [step] = of('step');
    expect(step).toMatchObject({ ok: true, clock: 'page' });
    expect(step?.value).toBeGreaterThanOrEqual(399);
    expect(step?.value).toBeLessThanOrEqual((await knownAfter(page)) + ROUNDING_MS);
    await expect(send('/api/v1/absences?wait=200&status=500')).rejects.toThrow('GET /absences answered 500');
  });
}

test('a request that the page takes back and sends again is answered by the second', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await open(measured, '/api/v1/absences?wait=300');
  for (const first of ['/api/v1/absences?wait=5000', '/api/v1/absences?trickle=5000']) {
    await page.evaluate((url) => {
      addEventListener(
        'pointerdown',
        () => {
          const taken = new AbortController();
          const answer = fetch(url, { method: 'POST', signal: taken.signal }).then((response) =>
            response.text(),
          );
          answer.catch(() => undefined);
          setTimeout(() => taken.abort(), 100);
        },
        { once: true },
      );
      const [button] = [...document.querySelectorAll('button')].filter((one) => one.textContent === 'Save');
      window.sends ??= button?.onclick ?? null;
      if (button) button.onclick = (event) => setTimeout(() => window.sends?.call(button, event), 120);
    }, first);
    await steps.step('send', () =>
      screen.answer({ method: 'POST', path: '/absences' }, () => save(measured)),
    );
    const step = of('step').at(-1);
    expect(step).toMatchObject({ ok: true, clock: 'page' });
    expect(step?.value).toBeGreaterThanOrEqual(419);
    expect(step?.value).toBeLessThan(2500); // the first would have taken 5000
  }
});

test('the path is the whole path below the API', async ({ measured }) => {
  const { page, steps, screen } = measured;
  await open(measured, '/api/v1/absences?wait=200&status=500');
  const failed = steps.step('send', () =>
    screen.answer({ method: 'POST', path: '/absences' }, async () => {
      await save(measured);
      await page.evaluate(() => void fetch('/api/v1/people/42/absences', { method: 'POST' }));
    }),
  );
  await expect(failed).rejects.toThrow('POST /absences answered 500');
});

test('an answer of the browser’s cache, or of a service worker, ends the step too', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  const awaited = { method: 'GET', path: '/absences' } as const;
  await open(measured, '/api/v1/absences?cache=max-age%3D60&wait=1000', 'GET');
  for (const least of [999, 0]) {
    await steps.step('look', () => screen.answer(awaited, () => save(measured)));
    expect(of('step').at(-1)?.ok).toBe(true);
    expect(of('step').at(-1)?.value).toBeGreaterThanOrEqual(least);
  }
  expect(of('step').at(-1)?.value).toBeLessThan(900);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js', { scope: '/' });
    await navigator.serviceWorker.ready;
  });
  await open(measured, '/api/v1/absences?wait=200', 'GET');
  await steps.step('look', () => screen.answer(awaited, () => save(measured)));
  expect(of('step').at(-1)?.ok).toBe(true);
  expect(of('step').at(-1)?.value).toBeGreaterThanOrEqual(100);
});

/** A click that works takes less on a busy machine too. */
const GIVEN_UP_MS = 1000;

test('what never comes is named: an answer, a saved file, a page', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await open(measured, '/api/v1/absences?wait=5000');
  page.setDefaultTimeout(GIVEN_UP_MS);
  const waits: Array<[step: string, wait: () => Promise<unknown>]> = [
    ['submit', () => screen.answer({ method: 'POST', path: '/absences/*' }, () => save(measured))],
    ['export', () => screen.download(() => save(measured))],
    ['be sent away', () => screen.arrive('/login')],
    ['open late', () => page.route('**/late', () => undefined).then(() => screen.goto('/late'))],
  ];
  for (const [step, wait] of waits) await expect(steps.step(step, wait)).rejects.toThrow(`${step}: `);
  expect(of('step').map(({ error }) => error)).toEqual([
    `page.waitForResponse: Timeout ${GIVEN_UP_MS}ms exceeded. (waiting for the answer to POST /absences/*)`,
    `page.waitForEvent: Timeout ${GIVEN_UP_MS}ms exceeded. (waiting for a file to be saved)`,
    `page.waitForURL: Timeout ${GIVEN_UP_MS}ms exceeded. (waiting for the page at /login)`,
    `page.goto: Timeout ${GIVEN_UP_MS}ms exceeded. (waiting for the page at /late)`,
  ]);
});

test('a select without a choice is named, one with choices gives what its user reads', async ({
  measured,
}) => {
  const { page, screen } = measured;
  await page.goto('/changes');
  await page.setContent(
    `<select id="none"><option value="0">Select a week...</option></select>
     <select id="two"><option value="none">-</option><option value="1"> Ann\n Lee </option>
     <option value="2" disabled>Bo Ek</option><option value="all">All Roles</option></select>`,
  );
  const two = page.locator('#two');
  expect(await screen.choices(two)).toEqual(['Ann Lee', 'All Roles']);
  expect(await screen.offered(page.locator('#none'))).toEqual([]);
  for (const wanted of ['All Roles', /^all/i, (texts: string[]) => texts[1] ?? '']) {
    await two.selectOption('none');
    expect(await screen.choose(two, wanted)).toBe('All Roles');
    expect(await two.inputValue()).toBe('all');
  }
  page.setDefaultTimeout(250);
  const failure = await screen.choices(page.locator('#none')).catch(firstLine);
  expect(failure).toContain("(waiting for locator('#none')");
});

test('a click that fails says what it failed of, not that no answer came', async ({ measured }) => {
  const { page, screen } = measured;
  await open(measured, '/api/v1/absences');
  const wrong = screen.answer({ method: 'POST', path: '/absences' }, () =>
    page.getByRole('button', { name: 'Sav it' }).click({ timeout: 200 }),
  );
  await expect(wrong).rejects.toThrow(/Sav it/);
});

declare global {
  interface Window {
    /** What the button does by itself. */
    sends?: ((event: PointerEvent) => unknown) | null;
  }
}
